/**
 * Okta does not show whether the app is connected, so no claim fails where nothing shows that it works; `verify` says which it
 * is all the same, in a terminal and in every result.
 */
import { expect } from 'chai';
import { argvOf, flagsOf, healthyPair, KINDS, NAMED, type Kind } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { verifyCommand } from '../helpers/pairCommands.ts';
import { logged } from './faults/okta.ts';

for (const kind of KINDS)
  describe(`what verify says of the connection, the app being of the kind ${kind}`, () => {
    let pair: Pair;
    let restore: () => Promise<void>;
    before(async () => {
      pair = await healthyPair(kind);
      restore = pair.capture();
    });
    afterEach(async () => restore());
    after(async () => pair.stop());

    /** No save, no login but that of the exchange. */
    const unprove = (): void => {
      const { loginHistory } = pair.sim.salesforce.store;
      pair.sim.okta.store.events.length = 0;
      for (const [id, { LoginSubType }] of loginHistory) if (LoginSubType !== 'OauthWebServer') loginHistory.delete(id);
    };

    const said = async (which: Kind, ...more: string[]): Promise<{ status?: string; actual: string; exit: number }> => {
      const { json, exitCode } = await verifyCommand(pair, [...argvOf({ ...flagsOf(which), ...NAMED }), ...more]);
      const claim = json.result.checks.find(({ id }) => id === 'okta.connection');
      return { ...(claim && { status: claim.status }), actual: String(claim?.actual), exit: exitCode };
    };

    it('names what shows that it works', async () => {
      const { status, actual, exit } = await said(kind);
      expect([status, exit]).to.deep.equal(['skipped', 0]);
      expect(actual).to.match(/shown by what came after the approval: (Okta|Salesforce) logged .* at 20\d\d-/);
    });

    for (const more of [[], ['--strict']])
      it(`says that it is unproven, and is healthy${more.map((flag) => ` with ${flag}`).join('')}`, async () => {
        unprove();
        const { status, actual, exit } = await said(kind, ...more);
        expect([status, exit]).to.deep.equal(['skipped', 0]);
        expect(actual).to.match(/unproven: .*"sf okta provisioning test" proves it/);
      });

    it('says that a failure came after the approval, which is a finding of its own', async () => {
      const reason = 'The credentials used to connect to the API were invalid';
      await logged('application.integration.authentication_failure', { reason })(pair, kind);
      const { events } = pair.sim.okta.store;
      const failure = events.slice(-1);
      unprove();
      events.push(...failure);
      const { actual, exit } = await said(kind);
      expect(exit).to.equal(100);
      expect(actual).to.match(/unproven: .*authentication_failure: The credentials/);
    });
  });
