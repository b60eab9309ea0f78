/**
 * The proof of `verify`: from a healthy pair, one fault → exactly the claims that it changes, by the real command's JSON;
 * and for every claim that a step converges, `fail` exactly where the real `setup --dry-run` plans a change at its paths.
 */
import { expect } from 'chai';
import type { Status } from '../../src/engine/check.ts';
import { CONVERGED, dryRun, setupCommand, verifyCommand } from '../helpers/pairCommands.ts';
import { argvOf, flagsOf, HEALTHY, healthyPair, KINDS, NAMED } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import type { Fault } from './faults/fault.ts';
import { OKTA_FAULTS } from './faults/okta.ts';
import { APP_FAULTS } from './faults/salesforceApp.ts';
import { ORG_FAULTS } from './faults/salesforceOrg.ts';

const exitCodeFor = (statuses: readonly Status[]): number =>
  statuses.includes('fail') ? 100 : statuses.includes('unknown') ? 69 : 0;

for (const kind of KINDS)
  describe(`verify of a pair, the app being of the kind ${kind}`, () => {
    // One pair for all rows, put back after each: to set one up costs more than what a row asks of it.
    let pair: Pair;
    let restore: () => Promise<void>;
    before(async () => {
      pair = await healthyPair(kind);
      restore = pair.capture();
    });
    afterEach(async () => restore());
    after(async () => pair.stop());

    const argv = (flags: Fault['flags'] = {}): string[] => argvOf({ ...flagsOf(kind), ...NAMED, ...flags });

    const proves = async ({ flags, finds, unplannable }: Omit<Fault, 'what' | 'make'>): Promise<void> => {
      const { exitCode, json } = await verifyCommand(pair, argv(flags));
      const found = Object.fromEntries(json.result.checks.map(({ id, status }) => [id, status]));
      expect(found).to.deep.equal({ ...HEALTHY, ...finds });
      expect(exitCode).to.equal(exitCodeFor(Object.values(found)));
      expect(json.status).to.equal(exitCode);
      const fails = CONVERGED.filter((id) => found[id] === 'fail');
      if (unplannable) {
        const plan = await setupCommand(pair, [...argv(flags), '--dry-run']);
        expect([plan.exitCode, fails]).to.deep.equal([1, []]);
        expect(plan.json.message).to.match(unplannable);
      } else expect(await dryRun(pair, argv(flags))).to.deep.equal(fails);
      for (const check of json.result.checks) {
        const quiet = check.status === 'pass' || check.status === 'skipped';
        expect(check.action === undefined, `the action of ${check.id}`).to.equal(quiet);
        if (check.status !== 'skipped')
          expect(check.evidence.length + (check.status === 'unknown' ? 1 : 0), check.id).to.be.greaterThan(0);
      }
    };

    it('finds nothing wrong with a healthy one, and writes nothing', async () => {
      const requests = await pair.requestsOf(async () => proves({ finds: {} }));
      expect(requests.filter(({ write }) => write)).to.deep.equal([]);
    });

    for (const { what, kinds, make, ...expected } of [...APP_FAULTS, ...ORG_FAULTS, ...OKTA_FAULTS])
      if (kinds === undefined || kinds.includes(kind))
        it(`with ${what} changes exactly ${Object.keys(expected.finds).join(', ') || 'nothing'}`, async () => {
          await make(pair, kind);
          await proves(expected);
        });

    it('fails secret access where the journal of this machine says that we left it on', async () => {
      for (const [key, found] of pair.sim.salesforce.store.components)
        if (found.type === 'ExternalClientAppSettings')
          pair.sim.salesforce.store.components.set(key, {
            ...found,
            fields: { ...found.fields, enableClientSecretInRestApiAccess: 'true' },
          });
      pair.journal.push({ type: 'borrowed', setting: 'salesforce.secret-access', was: false });
      const found = await pair.verify({ ...flagsOf(kind), ...NAMED });
      expect(found['salesforce.secret-access']?.status).to.equal('fail');
      pair.journal.push({ type: 'returned', setting: 'salesforce.secret-access' });
      expect((await pair.verify({ ...flagsOf(kind), ...NAMED }))['salesforce.secret-access']?.status).to.equal('warn');
    });
  });
