/** What goes wrong between us and a vendor ends with 1, never with 10 (a bug), or is settled, and shows no token. */
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, oktaEnvironment, setup, type Household, type SfResult } from '../helpers/sfCli.ts';

const WRONG_TOKEN = 'T0KEN-that-Okta-does-not-know';

interface ErrorJson {
  readonly name: string;
  readonly message: string;
  readonly exitCode: number;
  readonly actions: readonly string[];
}

describe('sf okta provisioning setup, when a vendor fails', () => {
  let sim: Simulator;
  let people: Household;
  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household({ ...oktaEnvironment(sim), SF_LOG_LEVEL: 'debug' });
    await people.login(sim);
  });
  after(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  /** Runs it with --json and looks for every secret in all that it leaves. */
  const failed = async (env: NodeJS.ProcessEnv = {}): Promise<ErrorJson> => {
    const result: SfResult = await people.sf(setup(sim, '--json'), { env });
    expect(result.exitCode, result.stdout).to.equal(1);
    expect(result.stderr).to.equal('');
    const printed = [result.stdout, ...result.commandLines];
    await noSecrets([...sim.secrets(), WRONG_TOKEN], ...printed, ...people.folders.map((folder) => ({ folder })));
    const error = result.json<ErrorJson>();
    expect(error.exitCode).to.equal(1);
    expect(error.actions, 'what to do').to.not.be.empty;
    return error;
  };

  /** All is prepared, once, and a person is awaited. */
  const waitsForAPerson = async (): Promise<void> => {
    const { exitCode, stderr } = await people.sf(setup(sim));
    expect(exitCode, stderr).to.equal(69);
    expect(sim.okta.store.apps.size).to.equal(1);
    expect(sim.salesforce.store.componentsOf('ExternalClientApplication')).to.have.length(1);
  };

  it('tells that Okta does not know the token', async () => {
    const { name, message } = await failed({ OKTA_CLIENT_TOKEN: WRONG_TOKEN });
    expect(name).to.equal('OktaApiError');
    expect(message).to.include('401');
  });

  it('tells that nothing answers at the address of the Okta org', async () => {
    const { name } = await failed({ OKTA_CLIENT_ORGURL: 'http://127.0.0.1:9' });
    expect(name).to.equal('OktaUnreachableError');
  });

  it('tells that the answer of Salesforce to a write was lost', async () => {
    sim.salesforce.fail({ on: 'SOAP createMetadata ExternalClientApplication', with: 'drop' });
    expect((await failed()).name).to.equal('SalesforceUnreachableError');
  });

  it('reads what became of a write whose answer of Okta was lost, and goes on', async () => {
    sim.okta.fail({ on: 'POST /api/v1/apps', with: 'drop' });
    await waitsForAPerson();
    expect(sim.okta.requests.map(({ status }) => status)).to.include('dropped');
  });

  it('ends with everything prepared once and nothing doubled when it is run again', waitsForAPerson);
});
