/**
 * The table: (answer of Okta × command) → outcome, exit code, action. Each row is a world, tried by the real commands:
 * `setup --dry-run`, `setup`, `setup` again when people have done their part, and `verify`.
 */
import { expect } from 'chai';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import { loggedIn, runCommand } from '../helpers/command.ts';
import { Pair } from '../helpers/pair.ts';
import { describeRows } from '../steps/badWorlds/describeRows.ts';
import { apps } from './oktaAnswers/apps.ts';
import { connection, FOREIGN, people } from './oktaAnswers/connection.ts';
import { rights } from './oktaAnswers/rights.ts';
import { limits, trouble } from './oktaAnswers/trouble.ts';

describeRows({ apps, rights, connection, people, limits, trouble });

// With --json nobody is there to follow a link, so that none is judged.
for (const [what, { world, okta }, says] of FOREIGN)
  describe(`connection: a link ${what}, which somebody asked for`, () => {
    let pair: Pair;
    before(async () => {
      if (!world || !okta) throw new Error('The row is of two worlds.');
      pair = await Pair.start({ scenario: { salesforce: () => world, okta } });
    });
    after(async () => pair.stop());

    it('setup exits 1, names what is foreign and shows no link', async () => {
      const { flags, env } = await loggedIn(pair.sim);
      const { stdout, stderr, exitCode } = await runCommand(Setup, [...flags, '--show-link', '--wait', '1'], env);
      expect(stdout + stderr)
        .to.include(says)
        .and.include('--handshake console')
        .and.not.include('state=');
      expect(exitCode).to.equal(1);
      expect(pair.counts().grants).to.equal(0);
    });
  });
