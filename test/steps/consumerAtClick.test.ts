/** Clicks for key and secret: how often access to secrets is switched, and that it is always as it was afterwards. */
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { consumerAtClick, type Consumer, type ConsumerAtClick } from '../../src/consumerAtClick.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { Secret } from '../../src/secret.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { Pair, type Flags } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';

const FIELD = 'enableClientSecretInRestApiAccess';
const SWITCH_OFF = /enableClientSecretInRestApiAccess>false/;
const READ_SECRET = /part=keyandsecret/;

describe('key and secret at a click', () => {
  let pair: Pair;
  let aborting: AbortController;
  beforeEach(async () => {
    aborting = new AbortController();
    const salesforce = documentedWorld();
    const settings = { ...salesforce.settings, ExternalClientAppSettings: { [FIELD]: 'false' } };
    pair = await Pair.start({ scenario: { salesforce: () => ({ ...salesforce, settings }), okta: oktaWorld } });
    await pair.setup();
  });
  afterEach(async () => pair.stop());

  const clicks = async (flags: Flags = {}, chosen?: Consumer): Promise<ConsumerAtClick> => {
    const world = await pair.world(flags);
    return consumerAtClick({
      world,
      journal: pair.journalOf(world),
      signal: aborting.signal,
      chosen: () => chosen,
      pause: async (milliseconds) => pair.sim.clock.advance(milliseconds),
    });
  };
  const isOn = (): boolean =>
    pair.sim.salesforce.store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields[FIELD] === 'true';
  const switches = (): number =>
    pair.sim.salesforce.requests.filter(
      ({ operation }) => operation === 'SOAP updateMetadata ExternalClientAppSettings'
    ).length;
  const stored = (): string[] => [...pair.sim.salesforce.store.consumers.values()].map(({ secret }) => secret);
  /** Holds an answer back until it is let go: that with the secret, unless told. */
  const held = (on = READ_SECRET): { reached: Promise<void>; letGo: () => void } => {
    let [letGo, reach] = [(): void => {}, (): void => {}];
    const reached = new Promise<void>((resolve) => void (reach = resolve));
    const gate = new Promise<void>((resolve) => void (letGo = resolve));
    const until = async (): Promise<void> => {
      reach();
      await gate;
    };
    pair.sim.salesforce.fail({ on, with: { until } });
    return { reached, letGo: () => letGo() };
  };

  it('are read with two switches of access for the first, however many come at once, and none for later ones', async () => {
    const { reveal, close } = await clicks();
    const given = await Promise.all([reveal(), reveal(), reveal()]);
    expect([new Set(given.map(({ secret }) => secret.reveal())), switches(), isOn()]).to.deep.equal([
      new Set(stored()),
      2,
      false,
    ]);
    const asked = pair.sim.salesforce.requests.length;
    expect((await reveal()).secret.reveal()).to.equal(stored()[0]);
    await close();
    expect(pair.sim.salesforce.requests).to.have.length(asked);
    await noSecrets(stored(), JSON.stringify(pair.journal), JSON.stringify(given));
  });

  it('touch nothing before the first click', async () => {
    const asked = pair.sim.salesforce.requests.length;
    const { offered, close } = await clicks();
    expect(offered()).to.equal(true);
    await close();
    expect([pair.sim.salesforce.requests.length, switches()]).to.deep.equal([asked, 0]);
  });

  it('are read again where the first reading failed', async () => {
    const { reveal } = await clicks();
    const mend = pair.sim.salesforce.fail({ on: READ_SECRET, with: 500, times: Infinity });
    await rejection(reveal());
    expect(isOn()).to.equal(false);
    mend();
    expect((await reveal()).secret.reveal()).to.equal(stored()[0]);
    expect(isOn()).to.equal(false);
  });

  it('leave access off when a signal comes meanwhile, and the run ends no earlier', async () => {
    const { reveal, close } = await clicks();
    const { reached, letGo } = held();
    const clicked = reveal().catch(() => undefined);
    await reached;
    expect(isOn()).to.equal(true);
    aborting.abort();
    const closed = close().then(isOn);
    letGo();
    expect(await closed).to.equal(false);
    await clicked;
    expect(await rejection(reveal())).to.have.property('name', 'InterruptedError');
  });

  it('are waited for when the run ends before anything was turned', async () => {
    const { reveal, close } = await clicks();
    const { reached, letGo } = held(/oauth\/credentials\/\w+(?![\w/])/);
    let given = false;
    const clicked = reveal().then(() => void (given = true));
    await reached;
    const closed = close().then(() => given);
    letGo();
    expect([await closed, isOn()]).to.deep.equal([true, false]);
    await clicked;
  });

  it('say so when access cannot be put back; the end of the run tries again, verify tells and the next run repairs', async () => {
    const { reveal, close } = await clicks();
    const mend = pair.sim.salesforce.fail({ on: SWITCH_OFF, with: 500, times: Infinity });
    expect(await rejection(reveal())).to.be.instanceOf(SfError);
    expect(isOn()).to.equal(true);
    await rejection(close());
    expect((await pair.verify())['salesforce.secret-access']?.status).to.equal('fail');
    mend();
    await pair.setup();
    expect([isOn(), (await pair.verify())['salesforce.secret-access']?.status]).to.deep.equal([false, 'pass']);
  });

  it('of a connected app that was made in this run are those chosen for it, and nothing is asked', async () => {
    const chosen = { key: 'chosenKey', secret: new Secret('S3CRET-chosen-here') };
    const { offered, reveal } = await clicks({ 'app-type': 'connected-app' }, chosen);
    const asked = pair.sim.salesforce.requests.length;
    expect([offered(), await reveal()]).to.deep.equal([true, chosen]);
    expect(pair.sim.salesforce.requests).to.have.length(asked);
  });

  it('of a connected app that was there already are not offered', async () => {
    expect((await clicks({ 'app-type': 'connected-app' })).offered()).to.equal(false);
  });
});
