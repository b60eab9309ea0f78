/** The approval by API on a terminal without a page: the link on demand, the answer in a prompt that shows nothing. contracts/okta.md §14 */
import { expect } from 'chai';
import { approveByLink } from '../../src/rehearsal/people.ts';
import { runningClock, startSimulator, type OktaWorld, type Simulator } from '../../src/simulator/index.ts';
import { apiSupportedOkta, apiSupportedSalesforce } from '../../src/simulator/oktaScenarios.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { onTerminal } from '../helpers/terminal.ts';

const OFFER = /Show it here\?/;
const LINK = /https?:\S+\/services\/oauth2\/authorize\?\S+/;
const PROMPT = /paste it here \(it is not shown\)/;

describe('sf okta provisioning setup, approved by API on a terminal', () => {
  let sim: Simulator;
  let people: Household;
  beforeEach(async () => {
    sim = await startSimulator({ scenario: 'api-supported', clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
  });
  afterEach(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('takes what is pasted without showing it, and ends connected', async () => {
    const terminal = onTerminal(people, setup(sim, '--no-browser', '--adopt'));
    await terminal.shows(OFFER);
    expect(terminal.text()).to.not.match(LINK);
    terminal.type('y');
    terminal.press('Enter');
    const link = await terminal.shows(LINK);
    await terminal.shows(PROMPT);
    const last = await approveByLink(sim, () => {}, link);
    const code = /code=([^&"]+)/.exec(last)?.[1] ?? '';
    expect(code).to.have.length.greaterThan(10);
    terminal.type(last);
    terminal.press('Enter');
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
    expect(terminal.text()).to.include('Connected and proven').and.not.include(code);
    // The link was asked for, and it holds Okta's `state`.
    const asked = new URL(link).searchParams.get('state');
    const secrets = [...sim.secrets().filter((secret) => secret !== asked), code];
    await noSecrets(secrets, terminal.text(), { folder: people.home });
  });

  it('is interrupted by Ctrl-C in that prompt, with 130', async () => {
    const terminal = onTerminal(people, setup(sim, '--no-browser', '--adopt', '--show-link'));
    await terminal.shows(PROMPT);
    terminal.press('Ctrl-C');
    expect(await terminal.exitCode, terminal.text()).to.equal(130);
    expect(terminal.text()).to.include('Interrupted');
    expect(sim.salesforce.store.grants.size).to.equal(0);
  });
});

describe("sf okta provisioning setup on a terminal, given a link of Okta's to a foreign host", () => {
  let sim: Simulator;
  let people: Household;
  beforeEach(async () => {
    const okta = (): OktaWorld => ({ ...apiSupportedOkta(), connection: 'foreign-host' });
    sim = await startSimulator({
      scenario: { salesforce: () => apiSupportedSalesforce(), okta },
      clock: runningClock(),
    });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
  });
  afterEach(async () => sim.close());

  for (const flags of [['--companion-port', String(20_000 + (process.pid % 20_000))], ['--no-browser']])
    it(`with ${flags.join(' ')} neither opens nor offers it, and says where it leads`, async () => {
      const terminal = onTerminal(people, setup(sim, '--adopt', ...flags));
      expect(await terminal.exitCode, terminal.text()).to.equal(1);
      const told = terminal.text().replace(/\s+/g, ' ');
      expect(told).to.include('was not opened: it leads to http://login.salesforce.example');
      expect(told)
        .to.not.match(OFFER)
        .and.not.match(PROMPT)
        .and.not.match(/oauth2\/authorize|state=/);
      expect(sim.salesforce.store.grants.size).to.equal(0);
    });
});
