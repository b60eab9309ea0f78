/**
 * Access to secrets ends as it was: in every scenario, whatever becomes of each request on the way. What a refused put-back
 * or a kill leaves, the next run puts back, also one that itself is refused.
 */
import { join } from 'node:path';
import { Global } from '@salesforce/core';
import { expect } from 'chai';
import { openJournalFile } from '../../src/engine/journalFile.ts';
import { SCENARIOS, type Fault, type SalesforceWorld, type ScenarioName } from '../../src/simulator/index.ts';
import { SECRET_ACCESS, TEMPORARY_PERMISSION_SET } from '../../src/resources/secretPermissions.ts';
import { readConsumer } from '../../src/steps/readConsumer.ts';
import { Pair, type Flags } from '../helpers/pair.ts';
import { setupCommand, verifyCommand } from '../helpers/pairCommands.ts';
import { rejection } from '../helpers/rejection.ts';

const JOURNALS = join(Global.SF_DIR, 'okta-provisioning');
const FIELD = 'enableClientSecretInRestApiAccess';
/** So that both are borrowed: the setting, and the permission that the admin of this world lacks. */
const FLAGS: Flags = { 'grant-temporarily': true, 'integration-user': 'admin@simulated.example' };

const withoutPermission = (world: SalesforceWorld): SalesforceWorld => ({
  ...world,
  profiles: world.profiles.map((profile) => ({
    ...profile,
    permissions: profile.permissions.filter((name) => name !== 'ViewClientSecret'),
  })),
});

let pair: Pair | undefined;
afterEach(async () => {
  await pair?.stop();
  pair = undefined;
});

/** The scenario, with the app made. */
const start = async (name: ScenarioName): Promise<Pair> => {
  const { salesforce, okta } = SCENARIOS[name];
  pair = await Pair.start({ scenario: { okta, salesforce: (now) => withoutPermission(salesforce(now)) } });
  await pair.setup(FLAGS);
  expect(pair.sim.salesforce.store.componentsOf('ExternalClientApplication')).to.have.length(1);
  return pair;
};

const left = ({ sim: { salesforce } }: Pair): { on: boolean; temporary: number } => ({
  on: salesforce.store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields[FIELD] === 'true',
  temporary: [...salesforce.store.permissionSets.values()].filter(({ Name }) => Name === TEMPORARY_PERMISSION_SET)
    .length,
});
const NOTHING = { on: false, temporary: 0 };

const read = async (from: Pair): Promise<string> => {
  const world = await from.world(FLAGS);
  const pause = async (milliseconds: number): Promise<void> => from.sim.clock.advance(milliseconds);
  const { secret } = await readConsumer({ ...world.context, journal: from.journalOf(world), pause });
  return secret.reveal();
};

/** What every run that may write does first. */
const nextRun = async (of: Pair): Promise<void> => {
  await of.journalOf(await of.world(FLAGS)).returnBorrowed();
};

const AGENTS = ['undici', 'sfdx toolbelt'];
const MOST = 60;

/** Tries it with each request in turn, until there is none left that the fault could strike. */
const atEveryRequest = async (
  of: Pair,
  fault: (struck: () => void) => Fault['with'],
  attempt: (where: string, isStruck: () => boolean) => Promise<void>
): Promise<void> => {
  for (const by of AGENTS)
    for (let number = 1; ; number += 1) {
      let struck = false;
      const asked = of.sim.salesforce.requests.length;
      const disarm = of.sim.salesforce.fail({
        on: number,
        by,
        with: fault(() => {
          struck = true;
        }),
      });
      const seen = (): boolean =>
        struck || of.sim.salesforce.requests.slice(asked).some(({ status }) => status === 'dropped' || status === 500);
      await attempt(`request ${number} of ${by}`, seen);
      disarm();
      if (!seen()) break;
      expect(number).to.be.lessThan(MOST);
    }
};

/** Both in the first world; by turns in the others, which differ in what does not matter here, or should not. */
const faultsIn = (index: number): Array<'drop' | 500> =>
  index === 0 ? ['drop', 500] : [index % 2 === 0 ? 'drop' : 500];

for (const [index, name] of (Object.keys(SCENARIOS) as ScenarioName[]).entries())
  describe(`reading a secret in the world ${name}`, () => {
    for (const fault of faultsIn(index))
      it(`ends as it was, whichever request meets ${fault === 'drop' ? 'a lost answer' : 'a 500'}`, async () => {
        const one = await start(name);
        const before = one.sim.salesforce.setupSnapshot();
        expect(await read(one)).to.have.length(64);
        await atEveryRequest(
          one,
          () => fault,
          async (where) => {
            await read(one).catch(() => undefined);
            if (JSON.stringify(left(one)) !== JSON.stringify(NOTHING)) await nextRun(one);
            expect(left(one), where).to.deep.equal(NOTHING);
          }
        );
        expect(one.sim.salesforce.setupSnapshot()).to.equal(before);
      });

    it('ends as it was after the next run, whichever request it is killed at', async () => {
      const one = await start(name);
      const before = one.sim.salesforce.setupSnapshot();
      let mostLeft = 0;
      await atEveryRequest(
        one,
        (struck) => ({
          until: async () => {
            struck();
            return new Promise(() => {});
          },
        }),
        async (where, isStruck) => {
          let done = false;
          const ended = (): void => {
            done = true;
          };
          void read(one).then(ended, ended);
          while (!isStruck() && !done) await new Promise((resolve) => setImmediate(resolve));
          mostLeft = Math.max(mostLeft, Number(left(one).on) + left(one).temporary);
          await nextRun(one);
          expect(left(one), where).to.deep.equal(NOTHING);
        }
      );
      expect(mostLeft).to.equal(2);
      expect(one.sim.salesforce.setupSnapshot()).to.equal(before);
    });
  });

describe('what a run left of its loans', () => {
  const FROZEN = ['--integration-user', 'okta@simulated.example'];

  /** As a process that was killed leaves it: the setting on, and the journal of the pair saying so. */
  const killed = async (): Promise<Pair> => {
    const one = await start('frozen-user');
    const { store } = one.sim.salesforce;
    const settings = store.component('ExternalClientAppSettings', 'ExternalClientApp');
    if (settings) settings.fields = { ...settings.fields, [FIELD]: 'true' };
    const oktaHost = new URL(one.sim.okta.url).host;
    const journal = await openJournalFile(JOURNALS, { orgId: store.organization.Id, oktaHost });
    await journal.append({ type: 'borrowed', setting: SECRET_ACCESS, was: false });
    await journal.close();
    return one;
  };

  it('is put back by a run that is refused', async () => {
    const one = await killed();
    const { exitCode, json } = await setupCommand(one, FROZEN);
    expect([exitCode, left(one)]).to.deep.equal([2, NOTHING]);
    expect(json.message).to.include('is frozen');
  });

  it('is put back by a run that cannot read Okta', async () => {
    const one = await killed();
    one.sim.okta.fail({ on: /./, with: 500, times: Infinity });
    const { exitCode } = await setupCommand(one);
    expect([exitCode, left(one)]).to.deep.equal([1, NOTHING]);
  });

  it('stays in a dry run, which writes nothing, and is told by verify', async () => {
    const one = await killed();
    expect((await setupCommand(one, ['--dry-run'])).exitCode).to.equal(0);
    expect(left(one).on).to.equal(true);
    const { checks } = (await verifyCommand(one)).json.result;
    expect(checks.find(({ id }) => id === 'salesforce.secret-access')?.status).to.equal('fail');
  });

  it('is told where it could not be put back, and is put back by the next run', async () => {
    const one = await start('documented');
    const refuse = async (): Promise<() => void> => {
      while (!left(one).on) await new Promise((resolve) => setImmediate(resolve));
      return one.sim.salesforce.fail({ on: /updateMetadata.*ExternalClientAppSettings/s, with: 403, times: Infinity });
    };
    const [failure, allow] = await Promise.all([rejection(read(one)), refuse()]);
    expect(failure.message).to.include('ExternalClientAppSettings');
    expect(left(one).on).to.equal(true);
    allow();
    await nextRun(one);
    expect(left(one)).to.deep.equal(NOTHING);
  });
});
