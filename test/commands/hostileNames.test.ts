/** What a service calls things, on its way through the real commands: it is shown, and no terminal acts on it. */
import { expect } from 'chai';
import List, { type ListResult } from '../../src/commands/okta/list.ts';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import Verify from '../../src/commands/okta/provisioning/verify.ts';
import { logIn as logInToOkta, logOut } from '../../src/oktaLogins.ts';
import { Secret } from '../../src/secret.ts';
import { runCommand, type Ended } from '../helpers/command.ts';
import { argvOf, healthyPair, NAMED } from '../helpers/healthy.ts';
import { HOSTILE } from '../helpers/hostileReport.ts';
import type { Pair } from '../helpers/pair.ts';
import { logIn } from '../helpers/pairCommands.ts';
import { logged, oktaApp } from '../steps/faults/okta.ts';

// What the CLI sets when it finds a command by its file.
Setup.id = 'okta:provisioning:setup';
Verify.id = 'okta:provisioning:verify';
List.id = 'okta:list';

/** What a terminal acts on, except the ends of lines. Colours, which `sf` adds itself, are not captured. */
const acting = (text: string): string[] =>
  text.match(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu)?.filter((one) => one !== '\n') ?? [];

describe('a hostile name', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await healthyPair('external-client-app');
    await logIn(pair);
  });
  afterEach(async () => pair.stop());

  const run = async (command: Parameters<typeof runCommand>[0], ...flags: string[]): Promise<Ended> => {
    const { people, okta, callbackUrl } = pair.sim;
    const org = ['--target-org', people.salesforceAdmin.username, '--callback-url', callbackUrl, ...argvOf(NAMED)];
    return runCommand(command, [...org, ...flags], {
      OKTA_CLIENT_ORGURL: okta.url,
      OKTA_CLIENT_TOKEN: people.oktaApiToken,
    });
  };
  const harmless = ({ stdout, stderr }: Ended): string => {
    expect(acting(stdout), stdout).to.deep.equal([]);
    expect(acting(stderr), stderr).to.deep.equal([]);
    expect(stdout + stderr).to.include('reversed');
    return stdout + stderr;
  };
  const refusedBy = (summary: string): void => {
    const change = (): Response => Response.json({ errorCode: 'E0000001', errorSummary: summary }, { status: 400 });
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: { change }, times: Infinity });
  };

  it('in the lines of verify', async () => {
    await logged('application.integration.authentication_failure', { reason: HOSTILE })(pair, 'external-client-app');
    expect(harmless(await run(Verify))).to.include('Not healthy');
  });

  it('in the JSON of verify, which still says what it was', async () => {
    await logged('application.integration.authentication_failure', { reason: HOSTILE })(pair, 'external-client-app');
    const ended = await run(Verify, '--json');
    harmless(ended);
    expect(JSON.stringify(JSON.parse(ended.stdout))).to.include('\u202ereversed');
  });

  it('in the plan of setup', async () => {
    const app = oktaApp(pair);
    app.label = HOSTILE;
    expect(harmless(await run(Setup, '--dry-run', '--okta-app-id', app.id, '--instance-type', 'sandbox'))).to.include(
      'Dry run'
    );
  });

  it('in the error that ends a command, and in what it advises', async () => {
    refusedBy(HOSTILE);
    const ended = await run(Setup, '--no-prompt');
    expect(ended.exitCode).to.equal(1);
    expect(harmless(ended)).to.include('E0000001');
  });

  it('in the error as JSON', async () => {
    refusedBy(HOSTILE);
    const ended = await run(Setup, '--no-prompt', '--json');
    harmless(ended);
    expect((JSON.parse(ended.stdout) as { message: string }).message).to.include('\u202ereversed');
  });

  it('in a warning, and in a question', async () => {
    const asked: string[] = [];
    class Asks extends List {
      public override async run(): Promise<ListResult> {
        this.warn(`${HOSTILE}\nand more`);
        await this.agree(HOSTILE);
        return [];
      }

      public override async confirm({ message }: { message: string }): Promise<boolean> {
        asked.push(message);
        return true;
      }
    }
    expect(harmless(await runCommand(Asks, [], {}))).to.match(/\n.*and more/);
    expect([asked.length, acting(asked.join())]).to.deep.equal([1, []]);
  });

  it('in the list of logins', async () => {
    const { signal } = new AbortController();
    const credential = { mode: 'token', token: new Secret(pair.sim.people.oktaApiToken) } as const;
    await logInToOkta({ url: pair.sim.okta.url, alias: 'a', credential, isDefault: true, signal }, {});
    refusedBy(HOSTILE);
    const { stdout, stderr } = await runCommand(List, [], {});
    await logOut(undefined);
    harmless({ stdout, stderr, exitCode: 0 });
  });
});
