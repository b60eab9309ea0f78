/** The JUnit report against the rules that its readers have in common. */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { validateXML } from 'xmllint-wasm';
import { toJunit } from '../../src/report/junit.ts';
import { hostileReport } from '../helpers/hostileReport.ts';

const SCHEMA = new URL('../schemas/junit.xsd', import.meta.url);
const errorsIn = async (xml: string): Promise<string[]> => {
  const { errors } = await validateXML({ xml, schema: await readFile(SCHEMA, 'utf8') });
  return errors.map(({ message }) => message);
};

describe('the JUnit report', () => {
  const xml = toJunit(hostileReport, 'verify');

  it('is valid, whatever the services said', async () => {
    expect(await errorsIn(xml)).to.deep.equal([]);
  });

  it('holds each claim, its reason where it is skipped, and the warnings in system-out', () => {
    for (const { id } of hostileReport.checks) expect(xml).to.include(`classname="${id}"`);
    expect(xml).to.match(/classname="okta\.log"[^>]*><skipped message="cannot tell: /);
    expect(xml).to.match(/classname="salesforce\.app\.idle-limit"[^>]*><skipped message="not observable: /);
    expect(xml).to.match(/classname="salesforce\.secret-access"[^>]*\/>/);
    expect(xml).to.match(/<system-out>WARN salesforce\.secret-access/);
  });

  const broken: ReadonlyArray<[what: string, change: (valid: string) => string]> = [
    ['a time with its zone', (valid) => valid.replace(/timestamp="[^"]*/, '$&Z')],
    ['a suite without properties', (valid) => valid.replace(/<properties>[^]*?<\/properties>/, '')],
    ['an unknown attribute of a claim', (valid) => valid.replace('<testcase ', '<testcase status="run" ')],
    ['two outcomes of a claim', (valid) => valid.replace(/<skipped [^>]*\/>/, '$&$&')],
  ];
  for (const [what, change] of broken)
    it(`would not be valid with ${what}`, async () => {
      expect(await errorsIn(change(xml))).to.not.be.empty;
    });
});
