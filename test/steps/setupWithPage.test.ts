/** `setup` at a terminal with the companion page open: what the page is told when things do not go well. */
import { AuthInfo, Connection, Org } from '@salesforce/core';
import { captureOutput } from '@oclif/test';
import { expect } from 'chai';
import type { PageState } from '../../src/companion/state.ts';
import { authenticateOnTheConsoles } from '../../src/rehearsal/people.ts';
import { runSetup, type Surroundings } from '../../src/setup.ts';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { defaultFlags } from '../helpers/pair.ts';

const COMMAND = 'sf okta provisioning setup --companion-port 8765';
const LINK = /^ *(?:\d+\. )?(http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]+)$/;

describe('setup with the companion page open', () => {
  let sim: Simulator;
  let org: Org;
  beforeEach(async () => {
    sim = await startSimulator({ clock: runningClock() });
    const { url } = sim.salesforce;
    const accessTokenOptions = { ...sim.people.salesforceAdmin, instanceUrl: url, loginUrl: url };
    const connection = await Connection.create({
      authInfo: await AuthInfo.create({ accessTokenOptions }),
      connectionOptions: { version: '67.0' },
    });
    org = await Org.create({ connection });
    Object.assign(process.env, {
      OKTA_CLIENT_ORGURL: sim.okta.url,
      OKTA_CLIENT_TOKEN: sim.people.oktaApiToken,
      SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22', // no browser is started
    });
  });
  afterEach(async () => {
    for (const name of ['OKTA_CLIENT_ORGURL', 'OKTA_CLIENT_TOKEN', 'SSH_CONNECTION']) delete process.env[name];
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  interface Run {
    readonly exitCode: number;
    readonly lines: readonly string[];
    readonly warnings: readonly string[];
    /** What the page was told, from its opening to the end. */
    readonly states: readonly PageState[];
  }
  /** Runs it for twenty minutes of a clock that only its pauses move; in the first one with an open page `act` is done. */
  const run = async (more: object = {}, act: () => Promise<unknown> = async () => {}): Promise<Run> => {
    let [elapsed, acted] = [0, false];
    let page: { opened: Promise<Response>; all: Promise<string> } | undefined;
    const [logged, warnings]: [string[], string[]] = [[], []];
    const around: Surroundings = {
      signal: new AbortController().signal,
      interactive: true,
      command: COMMAND,
      elapsed: () => elapsed,
      pause: async (milliseconds) => {
        elapsed += milliseconds;
        await page?.opened;
        if (!page || acted) return;
        acted = true;
        await act();
      },
      log: (line) => {
        logged.push(line);
        const link = LINK.exec(line)?.[1];
        if (link === undefined || page) return;
        const opened = streamOf(link);
        page = { opened, all: opened.then(async (response) => response.text()) };
      },
      warn: (line) => void warnings.push(line),
      confirm: async () => false,
      choose: async () => {
        throw new Error('nothing is to be chosen');
      },
      agreeUntil: async () => false,
      askHidden: async () => undefined,
      nextLine: async () => undefined,
    };
    const flags = {
      ...{ ...defaultFlags(sim.callbackUrl), 'target-org': org, 'no-prompt': true, 'dry-run': false },
      ...{ handshake: 'auto', adopt: false, reauthenticate: false, 'companion-port': 0, ...more },
    };
    const { result, error } = await captureOutput<Awaited<ReturnType<typeof runSetup>>>(async () =>
      runSetup(flags, around)
    );
    if (!result) throw error ?? new Error('no result');
    const told = (await page?.all) ?? '';
    const states = [...told.matchAll(/(?<!event: offers\n)^data: (.*)$/gm)].map(
      ([, json = '']) => JSON.parse(json) as PageState
    );
    return { exitCode: result.exitCode, lines: [...logged, ...result.lines], warnings, states };
  };
  const streamOf = async (link: string): Promise<Response> => {
    const { headers } = await fetch(link, { redirect: 'manual' });
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return fetch(new URL(`${headers.get('location') ?? ''}events`, link), { headers: { cookie } });
  };

  it('ends with 69 when the time is up: page and terminal say what is left, and the command that goes on', async () => {
    const { exitCode, states, lines } = await run();
    const last = states.at(-1);
    expect([exitCode, last?.ended?.kind, last?.command]).to.deep.equal([69, 'waiting', COMMAND]);
    expect(last?.ended?.message).to.include('Connect Okta to Salesforce in the Okta Admin Console.');
    expect(last?.tasks.map(({ id, state }) => [id, state])).to.deep.equal(
      ['consumer', 'enter', 'authenticate', 'save', 'toApp'].map((id) => [id, 'open'])
    );
    expect(lines.slice(lines.indexOf('Next:')).join('\n')).to.include(COMMAND);
  });

  it("shows what Okta's log says went wrong at the task that it stopped, and so does the terminal", async () => {
    const { exitCode, states, lines } = await run({}, async () => {
      sim.salesforce.fail({ on: 'POST /services/oauth2/token', with: 403, times: Infinity });
      await authenticateOnTheConsoles(sim, () => {}).catch(() => undefined);
    });
    const task = states.at(-1)?.tasks.find(({ id }) => id === 'authenticate');
    expect([exitCode, task?.state]).to.deep.equal([69, 'problem']);
    expect(task?.seen).to.match(/^Okta says: Okta logged application\.configuration\.update: .+/);
    expect(lines.join('\n')).to.include('[!] Authenticate with Salesforce.com');
  });

  const WITHOUT_PAGE: Array<[string, object, boolean]> = [
    [
      'says in one line that the secret is not read where it was asked for and there is no page',
      { 'no-browser': true, 'companion-port': undefined },
      true,
    ],
    [
      'says no word of it where it was not asked for',
      { 'no-browser': true, 'companion-port': undefined, 'secret-access': undefined },
      false,
    ],
    ['says no word of it where the page is there', {}, false],
    ['says no word of it where no secret is needed', { 'dry-run': true }, false],
  ];
  for (const [what, flags, said] of WITHOUT_PAGE)
    it(what, async () => {
      const { warnings } = await run({ 'secret-access': 'temporary', ...flags });
      const found = warnings.filter((line) => line.includes('the secret is not read'));
      expect(found).to.have.length(said ? 1 : 0);
      if (said)
        expect(found[0]).to.include('External Client App Manager > Okta Provisioning > Settings > OAuth Settings');
    });
});
