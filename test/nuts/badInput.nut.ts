/** Input that cannot be used is refused with exit code 2 and one line that says why, before either org is asked. */
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { household, oktaEnvironment, setup, verify, type Household, type SfResult } from '../helpers/sfCli.ts';

interface Case {
  readonly when: string;
  readonly args?: readonly string[];
  /** Beside what names the simulated org; undefined takes a variable away. */
  readonly env?: NodeJS.ProcessEnv;
  readonly says: RegExp;
}

const TOKEN = 'T0KEN-of-another-source';

const CASES: readonly Case[] = [
  {
    when: 'the Okta URL is malformed',
    env: { OKTA_CLIENT_ORGURL: 'example okta' },
    says: /"example okta".*is not a URL/,
  },
  {
    when: 'the Okta URL is http and not on this machine',
    env: { OKTA_CLIENT_ORGURL: 'http://example.okta.com' },
    says: /"http:\/\/example\.okta\.com".*must begin with https/,
  },
  {
    when: 'there are no Okta credentials',
    env: { OKTA_CLIENT_ORGURL: undefined, OKTA_CLIENT_TOKEN: undefined },
    says: /No Okta credentials.*OKTA_CLIENT_ORGURL.*OKTA_CLIENT_TOKEN.*OKTA_ORG_NAME.*OKTA_BASE_URL.*OKTA_API_TOKEN/,
  },
  {
    when: 'URL and token come from different sources',
    env: { OKTA_CLIENT_TOKEN: undefined, OKTA_API_TOKEN: TOKEN },
    says: /OKTA_CLIENT_ORGURL.*OKTA_API_TOKEN.*from one source/,
  },
  {
    when: '--okta-org is not the org that the token is for',
    args: ['--okta-org', 'https://other.okta.com'],
    says: /--okta-org is https:\/\/other\.okta\.com.*is for http:\/\/127\.0\.0\.1/,
  },
  {
    when: 'the app name has spaces',
    args: ['--app-name', 'Okta Provisioning'],
    says: /--app-name "Okta Provisioning"/,
  },
  { when: 'the app name is too long', args: ['--app-name', 'A'.repeat(81)], says: /--app-name "A+".*80 characters/ },
  {
    when: 'flags contradict each other',
    args: ['--reauthenticate', '--handshake', 'none'],
    says: /--reauthenticate and --handshake none contradict each other/,
  },
  { when: 'a flag is unknown', args: ['--colour'], says: /Nonexistent flag: --colour/ },
];

describe('sf okta provisioning setup, given what cannot be used', () => {
  let sim: Simulator;
  let people: Household;
  const results = new Map<string, SfResult>();
  const run = async ({ when, args = [], env = {} }: Case): Promise<void> => {
    results.set(when, await people.sf(setup(sim, ...args), { env: { ...oktaEnvironment(sim), ...env } }));
  };

  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household();
    await people.login(sim);
    sim.salesforce.requests.length = 0;
    // Two at a time: they only read, and most of their time is the start of sf.
    const left = [...CASES];
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) await run(next);
    };
    await Promise.all([worker(), worker()]);
  });
  after(async () => sim.close());

  for (const { when, says } of CASES)
    it(`ends with 2 and says so in one line when ${when}`, () => {
      const { exitCode, stdout = '', stderr = '' } = results.get(when) ?? {};
      expect(exitCode, stderr).to.equal(2);
      expect(stdout).to.equal('');
      const errors = stderr.split('\n').filter((line) => /error/i.test(line));
      expect(errors).to.have.length(1);
      expect(errors[0]).to.match(says);
      expect(stderr, 'no stack').to.not.match(/^\s+at /m);
      expect(stderr).to.not.include(TOKEN);
    });

  it('asks neither org anything', () => {
    expect(sim.okta.requests).to.deep.equal([]);
    expect(
      sim.salesforce.requests.map(({ path }) => path).filter((path) => !/^\/services\/data\/?$/.test(path))
    ).to.deep.equal([]);
  });

  it('says it in JSON with --json, and nothing else', async () => {
    const { exitCode, stderr, json } = await people.sf(verify(sim, '--json'));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 2, stderr: '' });
    const error = json<{ name: string; message: string; exitCode: number; status: number; actions: string[] }>();
    expect(error).to.include({ name: 'InputError', exitCode: 2, status: 2 });
    expect(error.message).to.include('OKTA_CLIENT_TOKEN');
    expect(error.actions.join('\n')).to.include('OKTA_CLIENT_ORGURL');
  });
});
