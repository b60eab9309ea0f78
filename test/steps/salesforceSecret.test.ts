/** Key and secret of an external client app: read when asked for, and everything as it was afterwards. */
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld, type SalesforceKnobs } from '../../src/simulator/salesforce/index.ts';
import { TEMPORARY_PERMISSION_SET } from '../../src/resources/secretPermissions.ts';
import { SCENARIOS, type SalesforceWorld, type ScenarioName } from '../../src/simulator/index.ts';
import { readConsumer } from '../../src/steps/readConsumer.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { Pair, type Flags } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';

const FIELD = 'enableClientSecretInRestApiAccess';
const LEND: Flags = { 'grant-temporarily': true };

interface Setting {
  readonly isOn?: boolean;
  readonly knobs?: Partial<SalesforceKnobs>;
  /** The admin lacks the two permissions. */
  readonly lacking?: boolean;
}

const worldOf = ({ isOn = false, knobs, lacking = false }: Setting): SalesforceWorld => {
  const world = documentedWorld();
  const forbidden = lacking ? ['ViewClientSecret'] : [];
  return {
    ...world,
    knobs: { ...world.knobs, ...knobs },
    settings: { ...world.settings, ExternalClientAppSettings: { [FIELD]: String(isOn) } },
    profiles: world.profiles.map((profile) => ({
      ...profile,
      permissions: profile.permissions.filter((name) => !forbidden.includes(name)),
    })),
  };
};

let pair: Pair | undefined;
afterEach(async () => {
  await pair?.stop();
  pair = undefined;
});

const start = async (setting: Setting = {}): Promise<Pair> => {
  pair = await Pair.start({ scenario: { salesforce: () => worldOf(setting), okta: oktaWorld } });
  await pair.setup();
  return pair;
};

const isOn = ({ sim }: Pair): boolean =>
  sim.salesforce.store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields[FIELD] === 'true';
const temporarySets = ({ sim }: Pair): number =>
  [...sim.salesforce.store.permissionSets.values()].filter(({ Name }) => Name === TEMPORARY_PERMISSION_SET).length;
const switches = ({ sim }: Pair): number =>
  sim.salesforce.requests.filter(({ operation }) => operation === 'SOAP updateMetadata ExternalClientAppSettings')
    .length;

const read = async (from: Pair, flags: Flags = {}): ReturnType<typeof readConsumer> => {
  const world = await from.world(flags);
  const pause = async (milliseconds: number): Promise<void> => from.sim.clock.advance(milliseconds);
  return readConsumer({ ...world.context, journal: from.journalOf(world), pause });
};

const expectRead = async (from: Pair, flags?: Flags): Promise<void> => {
  const { key, secret } = await read(from, flags);
  const [consumer] = from.sim.salesforce.store.consumers.values();
  expect([key, secret.reveal()]).to.deep.equal([consumer?.key, consumer?.secret]);
  await noSecrets([secret.reveal()], JSON.stringify({ key, secret }), JSON.stringify(from.journal), String(secret));
};

describe('reading key and secret', () => {
  for (const secretRefusal of ['A', 'B'] as const)
    it(`switches access on and off again, where off is told in way ${secretRefusal}`, async () => {
      const one = await start({ knobs: { secretRefusal } });
      await expectRead(one);
      expect([isOn(one), switches(one)]).to.deep.equal([false, 2]);
      expect(one.journal.filter(({ type }) => type === 'borrowed' || type === 'returned')).to.have.length(2);
    });

  it('switches nothing where access is on already', async () => {
    const one = await start({ isOn: true });
    await expectRead(one);
    expect([isOn(one), switches(one)]).to.deep.equal([true, 0]);
  });

  for (const secretRefusal of ['A', 'B'] as const)
    it(`says that the secret is not shown, and puts back, where switching does not take (${secretRefusal})`, async () => {
      const one = await start({ knobs: { secretRefusal, ignoredFields: [`ExternalClientAppSettings.${FIELD}`] } });
      const error = await rejection(read(one));
      expect(error.message).to.include('is still off');
      expect(error instanceof SfError && error.actions?.join()).to.include('--secret-access manual');
      expect(isOn(one)).to.equal(false);
    });

  it('names the missing permission, where to grant it, and that it can be lent', async () => {
    const one = await start({ lacking: true });
    const error = await rejection(read(one));
    expect(error.message).to.include('"View Client Secret" (ViewClientSecret)');
    expect(error instanceof SfError && error.actions?.join())
      .to.include('Setup > Permission Sets')
      .and.include('--grant-temporarily');
    expect([isOn(one), switches(one), temporarySets(one)]).to.deep.equal([false, 0, 0]);
  });

  it('lends the missing permission by a permission set that says what for and when, and removes it', async () => {
    const one = await start({ lacking: true });
    const seen: Array<string | null> = [];
    const world = await one.world(LEND);
    const watched = {
      ...world.context.salesforce,
      consumerIds: async (appId: string): Promise<string[]> => {
        for (const { Name, Description } of one.sim.salesforce.store.permissionSets.values())
          if (Name === TEMPORARY_PERMISSION_SET) seen.push(Description);
        return world.context.salesforce.consumerIds(appId);
      },
    };
    const { secret } = await readConsumer({
      ...world.context,
      salesforce: watched,
      journal: one.journalOf(world),
      pause: async () => {},
    });
    expect(secret.reveal()).to.have.length(64);
    expect(seen.join())
      .to.match(/to read the secret of the app/)
      .and.match(/2026-09-01T/);
    expect([isOn(one), temporarySets(one)]).to.deep.equal([false, 0]);
  });

  it('puts back what it turned when a signal ends the run meanwhile', async () => {
    const one = await start({ lacking: true });
    const world = await one.world(LEND);
    const salesforce = {
      ...world.context.salesforce,
      consumer: async (): Promise<never> => {
        one.interrupt();
        throw new Error('Interrupted');
      },
    };
    await rejection(
      readConsumer({ ...world.context, salesforce, journal: one.journalOf(world), pause: async () => {} })
    );
    expect([isOn(one), temporarySets(one)]).to.deep.equal([false, 0]);
  });

  it('says which page to use for a connected app, whose secret no API returns', async () => {
    const one = await start();
    const error = await rejection(read(one, { 'app-type': 'connected-app' }));
    expect(error instanceof SfError && error.actions?.join())
      .to.include('App Manager')
      .and.include('--app-type external-client-app');
    expect(switches(one)).to.equal(0);
  });

  it('is put back by the next run after a kill', async () => {
    const one = await start({ lacking: true });
    const world = await one.world(LEND);
    const never = new Promise<never>(() => {});
    let asked = false;
    const consumer = async (): Promise<never> => {
      asked = true;
      return never;
    };
    const salesforce = { ...world.context.salesforce, consumer };
    void readConsumer({ ...world.context, salesforce, journal: one.journalOf(world), pause: async () => {} });
    while (!asked) await new Promise((resolve) => setImmediate(resolve));
    expect([isOn(one), temporarySets(one)]).to.deep.equal([true, 1]);
    await one.setup();
    expect([isOn(one), temporarySets(one)]).to.deep.equal([false, 0]);
  });
});

describe('runs that need no secret', () => {
  for (const name of Object.keys(SCENARIOS) as ScenarioName[])
    it(`never switch secret access, in the world ${name}`, async () => {
      pair = await Pair.start({ scenario: name });
      const before = isOn(pair);
      await pair.setup({ adopt: true }).catch(() => undefined);
      await pair.verify().catch(() => undefined);
      expect([isOn(pair), switches(pair), temporarySets(pair)]).to.deep.equal([before, 0, 0]);
    });
});
