/**
 * A user made by `--create-integration-user` gets its password from the person whom Salesforce mails a link: none is set, sent
 * or printed here. contracts/salesforce.md §8.1
 */
import { join } from 'node:path';
import { Global } from '@salesforce/core';
import { expect } from 'chai';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { deterministicClock } from '../../src/simulator/clock.ts';
import { loggedIn, runCommand } from '../helpers/command.ts';
import { thisSecond } from '../helpers/healthy.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { Pair } from '../helpers/pair.ts';

const JOURNALS = join(Global.SF_DIR, 'okta-provisioning');
const CREATE = ['--create-integration-user', '--integration-user', 'okta@simulated.example'];
/** A field of that name in JSON or XML: not the permissions that have the word in theirs. */
const PASSWORD_FIELD = /["<:](new_?)?password\b["\s>/]/i;

describe('setup --create-integration-user', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await Pair.start({
      clock: deterministicClock(thisSecond()),
      scenario: { salesforce: documentedWorld, okta: oktaWorld },
    });
  });
  afterEach(async () => pair.stop());

  for (const grant of ['profile', 'permission-set'])
    for (const format of [[], ['--json']])
      it(`sets no password and prints none (${[grant, ...format].join(' ')})`, async () => {
        const { flags, env } = await loggedIn(pair.sim);
        const made: string[] = [];
        pair.sim.salesforce.fail({
          on: /^DELETE .*\/password/,
          with: {
            change: async (answer) => {
              made.push(((await answer.clone().json()) as { NewPassword: string }).NewPassword);
              return answer;
            },
          },
          times: Infinity,
        });
        let ended = { stdout: '', stderr: '', exitCode: -1 };
        const requests = await pair.requestsOf(async () => {
          ended = await runCommand(Setup, [...flags, ...CREATE, '--grant-permissions', grant, ...format], env);
        });
        expect(ended.exitCode, ended.stderr).to.equal(69);
        expect(made, 'what Salesforce makes up when it mails the link').to.deep.equal([passwordOf(pair)]);
        const bodies = requests.map(({ body = '' }) => body);
        expect(bodies.filter((body) => body.includes('"Username":"okta@simulated.example"'))).to.have.length(1);
        expect(bodies.filter((body) => PASSWORD_FIELD.test(body))).to.deep.equal([]);
        const calls = requests.filter(
          ({ path, operation }) => /password/i.test(path) || /setPassword/i.test(operation)
        );
        expect(calls.map(({ operation }) => operation)).to.deep.equal(['DELETE sobjects/User/password']);
        await noSecrets(made, ended.stdout, ended.stderr, { folder: JOURNALS });
        expect(`${ended.stdout}${ended.stderr}`).to.not.match(PASSWORD_FIELD);
      });
});

const passwordOf = ({ sim: { salesforce } }: Pair): string | undefined =>
  salesforce.store.passwords.get(salesforce.store.userByName('okta@simulated.example')?.Id ?? '');
