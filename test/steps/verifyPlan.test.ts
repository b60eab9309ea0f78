/**
 * `verify` and `setup --dry-run` cannot disagree: in every simulated world, as it is found and after a setup, a claim that a
 * step converges fails exactly where the real dry run plans a change at one of its paths. The single faults have the same
 * proof in `verifyFaults.test.ts`.
 */
import { expect } from 'chai';
import { SCENARIO_NAMES, type ScenarioName } from '../../src/simulator/index.ts';
import { deterministicClock } from '../../src/simulator/clock.ts';
import { argvOf, thisSecond } from '../helpers/healthy.ts';
import { Pair, type Flags } from '../helpers/pair.ts';
import { CONVERGED, dryRun, verifyCommand } from '../helpers/pairCommands.ts';

/** What a person would say there, beside nothing at all. */
const MORE: Partial<Record<ScenarioName, readonly Flags[]>> = {
  documented: [{ pkce: false }, { 'permitted-users': 'pre-authorized' }, { 'app-type': 'connected-app' }],
  'in-use': [{ 'okta-app-label': 'Salesforce (another)' }, { 'app-name': 'Another' }, { 'instance-type': 'sandbox' }],
  'connected-apps-allowed': [{ 'app-type': 'connected-app' }],
  'pre-authorized': [{ 'permitted-users': 'pre-authorized' }],
  trial: [{ 'integration-user': 'admin@simulated.example' }],
  'frozen-user': [{ 'integration-user': 'okta@simulated.example' }],
  sandbox: [{ 'instance-type': 'production' }],
};

describe('verify fails exactly what setup --dry-run plans to change', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  const agree = async (flags: Flags): Promise<{ fails: string[]; plans: string[] }> => {
    const { json } = await verifyCommand(pair, argvOf(flags));
    const failed = json.result.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    const fails = CONVERGED.filter((id) => failed.includes(id));
    const plans = await dryRun(pair, argvOf(flags));
    expect(plans).to.deep.equal(fails);
    return { fails, plans };
  };

  for (const scenario of SCENARIO_NAMES)
    for (const flags of [{}, ...(MORE[scenario] ?? [])])
      it(`in the world ${scenario}${[''].concat(argvOf(flags)).join(' ')}, as it is found and after a setup`, async () => {
        pair = await Pair.start({ scenario, clock: deterministicClock(thisSecond()) });
        const before = await agree(flags);
        // Where it cannot be done, as far as it goes.
        await pair.connect({ ...flags, adopt: true }).catch(() => undefined);
        const after = await agree(flags);
        if (scenario === 'documented' && flags['app-type'] === undefined)
          expect([before.fails.length > 0, after.fails]).to.deep.equal([true, []]);
      });
});
