/**
 * The Metadata API by SOAP, POST /services/Soap/m/NN.0. contracts/salesforce.md §5.1–5.3, §11.1
 * - a bad session is a fault INVALID_SESSION_ID, a user without ModifyMetadata and ModifyAllData INSUFFICIENT_ACCESS
 * - at most ten components in a call, all of one type, and at most three queries in a listMetadata
 * - one component's failure is its own result; the others are done
 * - writing external client apps takes ExternalClientAppDeveloper, their policies ExternalClientAppAdmin
 *   (read off the permissions' labels, §2.8; that the API enforces it is unconfirmed)
 * - a component that does not exist reads as a nil record
 * - a knob makes create, update and upsert refuse types that a deploy takes (§2.7); the wording is a guess
 * - deploy and retrieve are in metadata/deploy.ts and metadata/retrieve.ts
 * - not simulated: AllOrNoneHeader, JWT sessions, cancelDeploy
 */
import { Hono, type Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { ComponentError, NotSimulated, SoapFault } from '../errors.ts';
import { createComponent, deleteComponent, rulesOf, updateComponent } from '../metadata/components.ts';
import { asyncResult, deploy, deployResult } from '../metadata/deploy.ts';
import { asList, asMap, readCall, writeAnswer, type SoapCall } from '../metadata/envelope.ts';
import { readFields } from '../metadata/fieldTypes.ts';
import { properties } from '../metadata/properties.ts';
import { describeMetadata, retrieve, retrieveResult } from '../metadata/retrieve.ts';
import { refuseWriter } from '../metadata/writers.ts';
import type { FieldMap, FieldValue } from '../records.ts';
import { callerOf, holdsAny, type Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';

type Result = Readonly<Record<string, unknown>>;
/** Answers with what goes inside the response element. */
type Call = (store: SalesforceStore, body: FieldMap, caller: Caller) => Result | Promise<Result>;

export const soapRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>().post('/services/Soap/m/:version', async (c) => {
    const call = readCall(await c.req.text());
    const run = CALLS[call.name];
    label(c, call);
    if (!run) throw new NotSimulated(`SOAP ${call.name}`);
    const caller = callerOf(store, call.sessionId);
    if (!caller) {
      const text = 'INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session';
      throw new SoapFault('sf:INVALID_SESSION_ID', text);
    }
    if (!holdsAny(caller, ['ModifyMetadata', 'ModifyAllData'])) {
      throw new SoapFault(
        'sf:INSUFFICIENT_ACCESS',
        'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'
      );
    }
    return c.body(writeAnswer(call.name, await run(store, call.body, caller)), 200, {
      'content-type': 'text/xml;charset=UTF-8',
    });
  });

const READING = [
  'readMetadata',
  'listMetadata',
  'describeMetadata',
  'retrieve',
  'checkRetrieveStatus',
  'checkDeployStatus',
];

/** The log's words are set before anything can be refused, so that a refused call has them too. */
const label = (c: Context<SimulatorEnv>, { name, body }: SoapCall): void => {
  const [first] = asList(body['metadata'] ?? body['queries']);
  const type = body['type'] ?? asMap(first)['@type'] ?? asMap(first)['type'] ?? '';
  c.set('operation', `SOAP ${name} ${String(type)}`.trim());
  c.set('write', !READING.includes(name));
};

const MOST_COMPONENTS = 10;
const MOST_QUERIES = 3;

/** A write of each component by itself, the one's error kept from the others. */
const write =
  (
    one: (
      store: SalesforceStore,
      component: { type: string; fullName: string; fields: FieldMap },
      userId: string
    ) => Result
  ): Call =>
  (store, body, caller) => {
    const components = readComponents(body);
    const type = components[0]?.type ?? '';
    const results = components.map((component) => {
      try {
        refuseWriter(store, type, caller);
        refuseCrud(store, type);
        return { ...one(store, component, caller.user.Id), fullName: component.fullName, success: true };
      } catch (error) {
        if (!(error instanceof ComponentError)) throw error;
        const { message, statusCode } = error;
        return { errors: { message, statusCode }, fullName: component.fullName, success: false };
      }
    });
    return { result: results };
  };

const readComponents = (body: FieldMap): Array<{ type: string; fullName: string; fields: FieldMap }> => {
  const byName = asList(body['fullNames']).map((name) => ({
    type: text(body['type']),
    fullName: text(name),
    fields: {},
  }));
  const whole = asList(body['metadata']).map((value) => {
    const { fullName, '@type': xsiType, ...sent } = asMap(value);
    const type = text(xsiType).replace(/^.*:/, '');
    rulesOf(type);
    const elements = Object.entries(sent).filter(([name]) => !name.startsWith('@'));
    return { type, fullName: text(fullName), fields: readFields(type, Object.fromEntries(elements)) };
  });
  const components = [...byName, ...whole];
  if (components.length > MOST_COMPONENTS)
    throw new SoapFault(
      'sf:LIMIT_EXCEEDED',
      'LIMIT_EXCEEDED: Record limit reached. Cannot submit more than 10 records into this operation.'
    );
  if (new Set(components.map(({ type }) => type)).size > 1) {
    throw new SoapFault('sf:INVALID_TYPE', 'INVALID_TYPE: All components of a call are of one type.');
  }
  return components;
};

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

const refuseCrud = ({ knobs }: SalesforceStore, type: string): void => {
  if (!knobs.crudRefusedTypes.includes(type)) return;
  throw new ComponentError('INVALID_TYPE', `The entity type ${type} is not supported by this call.`);
};

const read: Call = (store, body) => {
  const records = readComponents(body).map(({ type, fullName }) => {
    const component = store.component(type, fullName);
    if (!component) return { '@xsi:nil': 'true' };
    const fields = rulesOf(type).view?.(store, component) ?? component.fields;
    return {
      '@xsi:type': type,
      fullName,
      ...Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  });
  return { result: { records } };
};

const list: Call = (store, body) => {
  const queries = asList(body['queries']).map(asMap);
  if (queries.length > MOST_QUERIES) throw new SoapFault('sf:LIMIT_EXCEEDED', 'LIMIT_EXCEEDED: at most three queries');
  const found = queries.flatMap((query) => {
    rulesOf(text(query['type']));
    return store.componentsOf(text(query['type']));
  });
  return { result: found.map((component) => properties(store, component)) };
};

const CALLS: Readonly<Record<string, Call>> = {
  createMetadata: write((store, component, userId) => {
    createComponent(store, { ...component, userId });
    return {};
  }),
  updateMetadata: write((store, component, userId) => {
    updateComponent(store, { ...component, userId });
    return {};
  }),
  upsertMetadata: write((store, component, userId) => {
    const created = !store.component(component.type, component.fullName);
    if (created) createComponent(store, { ...component, userId });
    else updateComponent(store, { ...component, userId });
    return { created };
  }),
  deleteMetadata: write((store, component, userId) => {
    deleteComponent(store, { ...component, userId });
    return {};
  }),
  readMetadata: read,
  listMetadata: list,
  describeMetadata: () => ({ result: describeMetadata() }),
  deploy: async (store, body, caller) => {
    const zip = Buffer.from(text(body['ZipFile']), 'base64');
    return { result: asyncResult(await deploy(store, zip, asMap(body['DeployOptions']), caller)) };
  },
  checkDeployStatus: (store, body) => ({ result: deployResult(store, text(body['asyncProcessId'])) }),
  // The WSDL says `retrieveRequest`; the library of `sf` says `request`, and is understood.
  retrieve: async (store, body, caller) => ({
    result: asyncResult(await retrieve(store, asMap(body['retrieveRequest'] ?? body['request']), caller)),
  }),
  checkRetrieveStatus: (store, body) => ({ result: retrieveResult(store, text(body['asyncProcessId'])) }),
};
