/** SOAP in and out, in the shape that jsforce sends and parses. contracts/salesforce.md §5.1–5.3 */
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { SoapFault } from '../errors.ts';
import type { FieldMap, FieldValue } from '../records.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressBooleanAttributes: false });

export interface SoapCall {
  readonly name: string;
  readonly body: FieldMap;
  readonly sessionId: string;
}

export const readCall = (xml: string): SoapCall => {
  const envelope = child(parse(xml), 'Envelope');
  const sessionId = child(child(envelope, 'Header'), 'SessionHeader')['sessionId'];
  const calls = Object.entries(child(envelope, 'Body')).filter(([name]) => !name.startsWith('@'));
  const [call] = calls;
  if (!call || calls.length > 1) throw new SoapFault('soapenv:Client', 'The SOAP body takes one element.');
  return { name: call[0], body: asMap(call[1]), sessionId: typeof sessionId === 'string' ? sessionId : '' };
};

const parse = (xml: string): FieldMap => {
  try {
    return parser.parse(xml, true) as FieldMap;
  } catch (error) {
    throw new SoapFault('soapenv:Client', `The content is not XML: ${(error as Error).message}`);
  }
};

/** Elements without content come as an empty text. */
export const asMap = (value: FieldValue | undefined): FieldMap =>
  typeof value === 'object' && !Array.isArray(value) ? (value as FieldMap) : {};

const child = (map: FieldMap, name: string): FieldMap => asMap(map[name]);

/** One element or several of the same name. */
export const asList = (value: FieldValue | undefined): readonly FieldValue[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
};

const envelope = (body: unknown): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${builder.build({
    'soapenv:Envelope': {
      '@xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@xmlns': 'http://soap.sforce.com/2006/04/metadata',
      '@xmlns:sf': 'http://soap.sforce.com/2006/04/metadata',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'soapenv:Body': body,
    },
  })}`;

export const writeAnswer = (call: string, content: unknown): string => envelope({ [`${call}Response`]: content });

export const writeFault = (faultcode: string, faultstring: string): string =>
  envelope({ 'soapenv:Fault': { faultcode, faultstring } });
