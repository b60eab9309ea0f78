/** What `sf doctor` is told: names and states, and not one value. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { forgetLogins, readLogins, storeLogin } from '../../src/credentials/storedLogins.ts';
import { diagnose, type Diagnosis } from '../../src/diagnosis.ts';
import type { JournalEntry } from '../../src/engine/journal.ts';
import { openJournalFile } from '../../src/engine/journalFile.ts';
import { secretAccess, temporaryAccess } from '../../src/steps/secretAccess.ts';
import type { SalesforceClient } from '../../src/clients/salesforce/client.ts';
import { Secret } from '../../src/secret.ts';
import { noSecrets } from '../helpers/noSecrets.ts';

const CANARY = 'T0KEN-canary-of-the-doctor';
const ENV = { OKTA_CLIENT_ORGURL: 'https://environment.okta.com', OKTA_CLIENT_TOKEN: CANARY };
const PAIR = { orgId: '00D000000000001EAA', oktaHost: 'example.okta.com' };
const LENT: JournalEntry = { type: 'borrowed', setting: 'salesforce.secret-access', was: false };
const BACK: JournalEntry = { type: 'returned', setting: 'salesforce.secret-access' };

describe('diagnosis for sf doctor', () => {
  let folders: { cwd: string; home: string; journals: string };
  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), 'okta-diagnosis-'));
    folders = { cwd: join(root, 'work'), home: join(root, 'home'), journals: join(root, 'journals') };
    await mkdir(folders.cwd);
    await mkdir(join(folders.home, '.okta'), { recursive: true });
  });
  afterEach(async () => {
    await forgetLogins((await readLogins()).map(({ alias }) => alias));
    await rm(join(folders.cwd, '..'), { recursive: true });
  });

  const journal = async (...entries: JournalEntry[]): Promise<() => Promise<void>> => {
    const store = await openJournalFile(folders.journals, PAIR);
    for (const entry of entries) await store.append(entry);
    return store.close;
  };
  const statuses = ({ results }: Diagnosis): string[] => results.map(({ status }) => status);
  const yaml = async (text: string): Promise<void> => writeFile(join(folders.home, '.okta', 'okta.yaml'), text);

  it('tells versions, and where nothing is set up it suggests to log in', async () => {
    const none = await diagnose({}, folders);
    expect(Object.values(none.data.versions).join(' ')).to.match(/^\d+\.\d+\.\d+ v\d+\.\d+\.\d+ \d+\.\d+\.\d+$/);
    expect(none.data).to.deep.include({ variables: [], credentials: [], pairs: [] });
    expect(statuses(none)).to.deep.equal(['warn', 'pass']);
    expect(none.suggestions.join()).to.include('sf okta login token');
  });

  it('names every source of credentials and its state, in the order in which they count', async () => {
    const token = new Secret(CANARY);
    for (const [alias, isDefault] of [['other', false] as const, ['usual', true] as const])
      await storeLogin({ alias, url: 'https://a.okta.com', credential: { mode: 'token', token }, isDefault });
    await yaml(`okta:\n  client:\n    orgUrl: https://file.okta.com\n    token: ${CANARY}\n`);
    await writeFile(join(folders.cwd, 'okta.yaml'), `okta:\n  client:\n    token: ${CANARY}\n`);
    const all = await diagnose({ ...ENV, OKTA_API_TOKEN: CANARY, CI: 'true' }, folders);
    expect(all.data.variables).to.have.members(['OKTA_CLIENT_ORGURL', 'OKTA_CLIENT_TOKEN', 'OKTA_API_TOKEN']);
    expect(all.data.credentials.map(({ name, state }) => [name, state])).to.deep.equal([
      ['OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN', 'complete'],
      ['OKTA_API_TOKEN', 'incomplete'],
      ['the default login "usual"', 'complete'],
      ['the login "other"', 'complete'],
      ['./okta.yaml', 'ignored'],
      [join(folders.home, '.okta', 'okta.yaml'), 'complete'],
    ]);
    expect(statuses(all)).to.deep.equal(['pass', 'pass']);
    await noSecrets([CANARY], JSON.stringify(all));
  });

  for (const [what, env, text] of [
    ['a variable with a wrong value', { ...ENV, OKTA_CLIENT_AUTHORIZATIONMODE: CANARY }, ''],
    [
      'two secrets where one can be meant',
      { ...ENV, OKTA_CLIENT_CLIENTID: CANARY, OKTA_CLIENT_PRIVATEKEY: CANARY },
      '',
    ],
    ['an okta.yaml that is none', {}, `okta: [${CANARY}\n`],
    ['an okta.yaml of another shape', {}, `okta:\n  client: ${CANARY}\n`],
  ] as const)
    it(`says what is wrong with ${what} without a value of it`, async () => {
      await yaml(text);
      const bad = await diagnose(env, folders);
      expect(bad.data.credentials.map(({ state }) => state)).to.deep.equal(['unusable']);
      expect(statuses(bad)).to.deep.equal(['fail', 'pass']);
      expect(bad.suggestions).to.have.length(1);
      expect(bad.suggestions[0]).to.match(/Set OKTA_CLIENT_AUTHOR|Unset OKTA_CLIENT_TOKEN|Correct .*okta\.yaml/);
      await noSecrets([CANARY], JSON.stringify(bad));
    });

  it('tells what a killed run left borrowed in any pair, and how to put it back', async () => {
    const other: JournalEntry = { type: 'borrowed', setting: 'salesforce.temporary-access', was: false };
    await (
      await journal(LENT, other)
    )();
    await writeFile(join(folders.journals, '00D000000000002EAA_127.0.0.1_8080.jsonl'), '{"version":1}\n');
    const left = await diagnose(ENV, folders);
    expect(left.data.pairs).to.have.deep.members([
      {
        ...{ ...PAIR, held: false },
        borrowed: [
          { setting: 'salesforce.secret-access', was: false },
          { setting: 'salesforce.temporary-access', was: false },
        ],
      },
      { orgId: '00D000000000002EAA', oktaHost: '127.0.0.1_8080', held: false, borrowed: [] },
    ]);
    expect(statuses(left)).to.deep.equal(['pass', 'fail']);
    expect(left.suggestions.join()).to.include('sf okta provisioning setup --target-org').and.include(PAIR.orgId);
    expect(left.suggestions.join()).to.include('secrets of external client apps').and.include('permission set');
    expect(left.results.map(({ testName }) => testName).join()).to.not.include(PAIR.orgId);
  });

  it('has words for every setting that is ever borrowed', async () => {
    const client = {} as SalesforceClient; // only the names are asked for
    for (const { name } of [secretAccess(client), temporaryAccess(client, Date.now)]) {
      const close = await journal({ type: 'borrowed', setting: name, was: false });
      await close();
    }
    expect((await diagnose(ENV, folders)).suggestions.join()).to.not.match(/salesforce\.[a-z]+-access/);
  });

  it('is content with what was returned, and with a run that is under way', async () => {
    const close = await journal(LENT);
    const during = await diagnose(ENV, folders);
    expect([during.data.pairs[0]?.held, ...statuses(during)]).to.deep.equal([true, 'pass', 'pass']);
    await close();
    await (
      await journal(BACK)
    )();
    expect(statuses(await diagnose(ENV, folders))).to.deep.equal(['pass', 'pass']);
  });

  it('says so where the journals cannot be read', async () => {
    await writeFile(folders.journals, 'a file where the folder should be');
    const unreadable = await diagnose(ENV, folders);
    expect(statuses(unreadable)).to.deep.equal(['pass', 'warn']);
    expect(unreadable.suggestions.join()).to.include('ENOTDIR');
  });
});
