/** The hook of `sf doctor` in the real `sf`: it is found, and the file that people attach to public issues holds no secret. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, oktaEnvironment, type Household, type SfResult } from '../helpers/sfCli.ts';

const HEADER = '{"version":1}\n';
const LENT = '{"type":"borrowed","setting":"salesforce.secret-access","was":false}\n';

interface Diagnosis {
  readonly pluginSpecificData: Record<string, [{ versions: object; credentials: object[]; pairs: object[] }]>;
  readonly diagnosticResults: Array<{ testName: string; status: string }>;
}

describe('sf doctor', () => {
  let sim: Simulator;
  let people: Household;
  let doctor: SfResult;
  let diagnosis: Diagnosis;
  let asked: number;
  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
    const [journals, output] = [join(people.home, '.sf', 'okta-provisioning'), join(people.home, 'output')];
    await Promise.all([journals, output].map(async (folder) => mkdir(folder, { recursive: true })));
    const { orgId } = (await people.sf(['org', 'list', 'auth', '--json'])).json<{ result: [{ orgId: string }] }>()
      .result[0];
    await writeFile(join(journals, `${orgId}_example.okta.com.jsonl`), HEADER + LENT);
    const requests = (): number => sim.okta.requests.length + sim.salesforce.requests.length;
    const before = requests();
    doctor = await people.sf(['doctor', '--plugin', 'sf-plugin-okta', '--output-dir', output]);
    asked = requests() - before;
    const [file = ''] = await readdir(output);
    expect(file, doctor.stdout + doctor.stderr).to.match(/diagnosis\.json$/);
    diagnosis = JSON.parse(await readFile(join(output, file), 'utf8')) as Diagnosis;
  });
  after(async () => sim.close());

  it('writes versions, sources of credentials and pairs into the diagnosis', () => {
    const [data] = diagnosis.pluginSpecificData['sf-plugin-okta'] ?? [];
    expect(data?.versions).to.have.all.keys('plugin', 'node', 'core');
    expect(data?.credentials).to.deep.equal([{ name: 'OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN', state: 'complete' }]);
    expect(data?.pairs).to.have.length(1);
    expect(diagnosis.diagnosticResults.map(({ status }) => status)).to.have.members(['pass', 'fail']);
  });

  it('suggests the command that puts back what a killed run left, with the name of the login', () => {
    expect(doctor.exitCode, doctor.stderr).to.equal(0);
    expect(doctor.stdout).to.match(/fail - .*left changed/);
    expect(doctor.stdout).to.include(
      `"sf okta provisioning setup --target-org ${sim.people.salesforceAdmin.username}"`
    );
  });

  it('asks neither org anything', () => {
    expect(asked).to.equal(0);
  });

  it('leaves the token in no output and no file', async () => {
    const folders = people.folders.map((folder) => ({ folder }));
    await noSecrets([sim.people.oktaApiToken], doctor.stdout, doctor.stderr, ...folders);
  });
});
