/**
 * A link of Okta's for another host, client or callback than ours, and our own, which holds Okta's `state`: every command that
 * could follow or print one does neither. contracts/okta.md §2.2, §2.4, §14
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import Test from '../../src/commands/okta/provisioning/test.ts';
import Verify from '../../src/commands/okta/provisioning/verify.ts';
import type { OktaWorld } from '../../src/simulator/index.ts';
import { apiSupportedOkta, apiSupportedSalesforce } from '../../src/simulator/oktaScenarios.ts';
import { loggedIn, runCommand, type Ended } from '../helpers/command.ts';
import { Pair } from '../helpers/pair.ts';

const STATE = 'state-of-okta-that-nobody-may-see';
const FOREIGN: ReadonlyArray<[what: string, connection: NonNullable<OktaWorld['connection']>, says: string]> = [
  ['to a foreign host', 'foreign-host', 'it leads to http://login.salesforce.example'],
  ['for a foreign client', 'foreign-client', 'its client_id is 3MVG9.somebody.else, not our consumer key'],
  ['with a foreign callback', 'foreign-callback', "https://elsewhere.example/callback, not the app's callback"],
];

/** Nobody is there to follow a link, so that none is asked for. */
const SILENT: ReadonlyArray<[typeof Setup | typeof Verify | typeof Test, ...argv: string[]]> = [
  [Setup],
  [Setup, '--json'],
  [Setup, '--no-prompt'],
  [Setup, '--no-browser'],
  [Setup, '--companion-port', '8765'],
  [Setup, '--handshake', 'api'],
  [Setup, '--handshake', 'api', '--json'],
  [Setup, '--handshake', 'console'],
  [Setup, '--handshake', 'none'],
  [Setup, '--reauthenticate'],
  [Setup, '--dry-run'],
  [Setup, '--dry-run', '--json'],
  [Setup, '--dry-run', '--handshake', 'api', '--show-link', '--wait', '1'],
  [Setup, '--show-link', '--wait', '0'],
  [Verify],
  [Verify, '--json'],
  [Verify, '--strict', '--result-format', 'junit', '--result-format', 'markdown', '--result-format', 'html'],
  [Test, '--no-prompt', '--smoke-profile', 'Standard User'],
  [Test, '--no-prompt', '--smoke-profile', 'Standard User', '--json'],
];
/** Somebody asked for the link: it is judged, and not shown where it is not ours. */
const ASKING: ReadonlyArray<[typeof Setup, ...argv: string[]]> = [
  [Setup, '--show-link'],
  [Setup, '--show-link', '--no-browser', '--no-prompt'],
  [Setup, '--show-link', '--handshake', 'api'],
  [Setup, '--show-link', '--reauthenticate'],
];

for (const [what, connection, says] of [...FOREIGN, ['that is ours', 'api-supported', ''] as const])
  describe(`a link of Okta's ${what}`, () => {
    let pair: Pair;
    let folder: string;
    let putBack: () => Promise<void>;
    before(async () => {
      const okta = (): OktaWorld => ({ ...apiSupportedOkta(), connection });
      pair = await Pair.start({ scenario: { salesforce: () => apiSupportedSalesforce(), okta } });
      folder = await mkdtemp(join(tmpdir(), 'okta-links-'));
      // By the schema of the answer, a read may show the link as well.
      pair.sim.okta.fail({ on: /^GET .*\/connections\/default$/, with: { change: showing }, times: Infinity });
    });
    after(async () => {
      await rm(folder, { recursive: true });
      await pair.stop();
    });
    beforeEach(() => {
      putBack = pair.capture();
    });
    afterEach(async () => putBack());

    const showing = async (answer: Response): Promise<Response> => {
      const { _links: links, ...body } = (await answer.json()) as { _links?: object };
      const [consumer] = pair.sim.salesforce.store.consumers.values();
      const host = connection === 'foreign-host' ? 'http://login.salesforce.example' : pair.sim.salesforce.url;
      const href = new URL('/services/oauth2/authorize', host);
      const client = connection === 'foreign-client' ? '3MVG9.somebody.else' : (consumer?.key ?? '');
      const callback = connection === 'foreign-callback' ? 'https://elsewhere.example/callback' : pair.sim.callbackUrl;
      href.search = new URLSearchParams({ client_id: client, redirect_uri: callback, state: STATE }).toString();
      return Response.json({ ...body, _links: { ...links, authorize: { href: href.href } } });
    };

    const tried = async ([command, ...argv]: readonly [(typeof SILENT)[number][0], ...string[]]): Promise<Ended> => {
      const { flags, env } = await loggedIn(pair.sim);
      const requests = pair.sim.salesforce.requests.length;
      const reports = command === Setup ? [] : ['--output-dir', folder];
      const ended = await runCommand(command, [...flags, ...argv, ...reports], env);
      const written = await Promise.all(
        (await readdir(folder)).map(async (name) => readFile(join(folder, name), 'utf8'))
      );
      const states = [STATE, ...pair.sim.okta.store.pending.keys()];
      for (const text of [ended.stdout, ended.stderr, ...written]) {
        expect(text).to.not.match(/oauth2(\/|%2F)authorize|state=/);
        for (const state of states) expect(text).to.not.include(state);
      }
      const followed = pair.sim.salesforce.requests.slice(requests).filter(({ path }) => path.includes('/authorize'));
      // The login pages are asked whether they know the app: with our own client, and no state.
      expect(followed.filter(({ path }) => path.includes('state')).length).to.equal(0);
      expect(pair.counts().grants).to.equal(0);
      return ended;
    };

    for (const [command, ...argv] of SILENT)
      it(`is neither followed nor shown by ${command.name.toLowerCase()} ${argv.join(' ')}`, async () => {
        const { stdout, stderr, exitCode } = await tried([command, ...argv]);
        expect(exitCode, stderr).to.be.oneOf(command === Setup ? [0, 69] : [69, 100]);
        expect(stdout + stderr).to.not.match(/salesforce\.example|somebody\.else|elsewhere\.example/);
      });

    it('is refused to those who would have it in the JSON', async () => {
      const { stdout, exitCode } = await tried([Setup, '--show-link', '--json', '--wait', '1']);
      expect([exitCode, stdout.includes('--json=true cannot also be provided when using --show-link')]).to.deep.equal([
        2,
        true,
      ]);
    });

    if (says !== '')
      for (const [command, ...argv] of ASKING)
        it(`ends setup ${argv.join(' ')} with 1 and what is foreign, and is not shown`, async () => {
          const { stdout, stderr, exitCode } = await tried([command, ...argv, '--wait', '1']);
          const told = (stdout + stderr).replace(/\s+/g, ' ');
          expect(told).to.include(says).and.include('--handshake console');
          expect(exitCode).to.equal(1);
        });
  });
