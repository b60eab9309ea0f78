/** `test` on a pair in which something is wrong: the claim that it disproves, Okta's reason, and a clean end all the same. */
import { expect } from 'chai';
import { InputError } from '../../src/errors.ts';
import { healthyPair } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';
import { ALL_SCOPES, serviceApp } from '../helpers/serviceApp.ts';
import { ALL_PASS, CLEAN, remains, send, STANDARD } from '../helpers/roundTrip.ts';

const ADA = 'ada.lovelace@simulated.example';
const OKTA = 'Okta-Integrations';

describe('a round trip on a pair that is not as it should be', () => {
  let pair: Pair;
  let restore: () => Promise<void>;
  before(async () => {
    pair = await healthyPair('external-client-app');
    restore = pair.capture();
  });
  afterEach(async () => restore());
  after(async () => pair.stop());

  const app = (): { id: string; features: string[]; status: string } => {
    const [first] = pair.sim.okta.store.apps.values();
    if (!first) throw new Error('There is no Okta app.');
    return first;
  };
  const change = async (path: RegExp, changed: (answer: Record<string, unknown>) => object): Promise<void> => {
    pair.sim.okta.fail({
      on: path,
      by: 'sf-plugin-okta',
      with: {
        change: async (answer) =>
          answer.ok ? Response.json(changed((await answer.json()) as Record<string, unknown>)) : answer,
      },
      times: Infinity,
    });
  };
  const requested = async (work: () => Promise<unknown>): Promise<boolean> =>
    (await pair.requestsOf(work)).some(({ write }) => write);

  it("is disproven with Okta's reason when Salesforce refuses the user", async () => {
    pair.sim.salesforce.fail({ on: /^POST .*sobjects\/User/, by: OKTA, with: 500 });
    const { statuses, results } = await send(pair);
    expect(statuses).to.deep.equal({
      ...ALL_PASS,
      'test.provisioned': 'fail',
      'test.attributes': 'skipped',
      'test.deprovisioned': 'skipped',
    });
    expect(results['test.provisioned']?.actual).to.match(
      /no Salesforce user .*ERROR.*application\.provision\.user\.push: Automatic provisioning/
    );
    expect(remains(pair)).to.deep.equal({ ...CLEAN, salesforce: [] });
  });

  it('is disproven when the user does not appear in time, who is deactivated all the same', async () => {
    await change(/^GET \/api\/v1\/apps\/\w+\/users\/00u/, (answer) => ({
      ...answer,
      status: 'STAGED',
      syncState: 'SYNCING',
      externalId: null,
    }));
    const { statuses, results } = await send(pair);
    expect(statuses['test.provisioned']).to.equal('fail');
    expect(results['test.provisioned']?.actual).to.match(/no Salesforce user \(in Okta STAGED, SYNCING\) after/);
    expect(remains(pair)).to.deep.equal({ ...CLEAN });
  });

  it('is disproven where an attribute differs', async () => {
    await change(/^GET \/api\/v1\/apps\/\w+\/users\/00u/, (answer) => ({
      ...answer,
      profile: { ...(answer['profile'] as object), lastName: 'Other' },
    }));
    const { statuses, results } = await send(pair);
    expect(statuses).to.deep.equal({ ...ALL_PASS, 'test.attributes': 'fail' });
    expect(results['test.attributes']?.expected).to.include({ lastName: 'Other' });
    expect(results['test.attributes']?.actual).to.include({ lastName: 'Test' });
  });

  it("is disproven when Okta's deactivation fails, and deactivates the user itself", async () => {
    pair.sim.salesforce.fail({ on: /^PATCH .*"IsActive":false/, by: OKTA, with: 500 });
    const { statuses, results } = await send(pair);
    expect(statuses).to.deep.equal({ ...ALL_PASS, 'test.deprovisioned': 'fail' });
    expect(results['test.deprovisioned']?.actual).to.match(
      /still active after .*application\.provision\.user\.deactivate/
    );
    expect(results['test.cleaned-up']?.actual).to.include('deactivated by this command');
    expect(remains(pair)).to.deep.equal(CLEAN);
  });

  it('is disproven without waiting where Deactivate Users is off', async () => {
    app().features = app().features.filter((feature) => feature !== 'PUSH_USER_DEACTIVATION');
    expect((await send(pair)).statuses).to.deep.equal({ ...ALL_PASS, 'test.deprovisioned': 'fail' });
    expect(remains(pair)).to.deep.equal(CLEAN);
  });

  for (const { what, make, why } of [
    {
      what: 'no licence is free',
      make: () => pair.sim.salesforce.store.licenses.forEach((license) => Object.assign(license, { TotalLicenses: 2 })),
      why: /no Salesforce licence is free \(2 of 2 used\)/,
    },
    { what: 'the Okta app is inactive', make: () => Object.assign(app(), { status: 'INACTIVE' }), why: /is INACTIVE/ },
    { what: 'Create Users is off', make: () => Object.assign(app(), { features: [] }), why: /Create Users is off/ },
    {
      what: 'nobody has approved the app',
      make: () => pair.sim.salesforce.store.grants.clear(),
      why: /nobody has approved Okta_Provisioning/,
    },
  ])
    it(`is not tried, and disproven, when ${what}`, async () => {
      make();
      const wrote = await requested(async () => {
        const { statuses, results } = await send(pair);
        expect(statuses['test.provisioned']).to.equal('fail');
        expect(results['test.provisioned']?.actual).to.match(why);
      });
      expect(wrote, 'a write').to.equal(false);
    });

  describe('with a user of somebody', () => {
    const wishes = { ...STANDARD, smokeUser: ADA };

    it('sends it there and back, and leaves it active in Okta', async () => {
      expect((await send(pair, { wishes })).statuses).to.deep.equal(ALL_PASS);
      expect([...pair.sim.okta.store.users.values()].find(({ profile }) => profile.login === ADA)?.status).to.equal(
        'ACTIVE'
      );
      expect(remains(pair)).to.deep.equal({ okta: [], salesforce: [], assigned: 0 });
    });

    for (const { what, make, words } of [
      {
        what: 'not in Okta',
        make: () =>
          pair.sim.okta.store.users.forEach(
            ({ id, profile }) => profile.login === ADA && pair.sim.okta.store.users.delete(id)
          ),
        words: /There is no user/,
      },
      {
        what: 'not active in Okta',
        make: () =>
          pair.sim.okta.store.users.forEach(
            (user) => user.profile.login === ADA && Object.assign(user, { status: 'STAGED' })
          ),
        words: /is STAGED/,
      },
      { what: 'assigned already', make: async () => assign(), words: /is assigned to the Okta app already/ },
    ])
      it(`refuses one who is ${what}, before any write`, async () => {
        await Promise.resolve(make());
        const wrote = await requested(async () => {
          const error = await rejection(send(pair, { wishes }));
          expect(error).to.be.instanceOf(InputError);
          expect(error.message).to.match(words);
        });
        expect(wrote, 'a write').to.equal(false);
      });

    it('takes away the one whom a killed run left assigned, whoever is sent next', async () => {
      await assign();
      pair.journal.push({ type: 'learned', step: 'test.traveller', facts: { login: ADA, own: 'no', assigned: 'yes' } });
      expect((await send(pair)).statuses).to.deep.equal(ALL_PASS);
      expect(remains(pair)).to.deep.equal(CLEAN);
    });

    const assign = async (): Promise<void> => {
      const user = [...pair.sim.okta.store.users.values()].find(({ profile }) => profile.login === ADA);
      await fetch(`${pair.sim.okta.url}/api/v1/apps/${app().id}/users`, {
        method: 'POST',
        headers: { authorization: `SSWS ${pair.sim.people.oktaApiToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id: user?.id, scope: 'USER', profile: { profile: 'Standard User' } }),
      });
      await pair.sim.okta.idle();
    };
  });

  it('asks for a profile, with those that the app offers, where its schema does not settle one', async () => {
    const error = (await rejection(send(pair, { wishes: {} }))) as InputError;
    expect(error.message).to.match(/wants a Salesforce profile/);
    expect(error.actions?.join()).to.match(/Add --smoke-profile with one of: .*Standard User/);
  });

  for (const { path, what } of [
    { path: /^POST \/api\/v1\/apps\/\w+\/users\b/, what: 'assigning' },
    { path: /^GET \/api\/v1\/apps\/\w+\/users\/00u/, what: 'waiting' },
    { path: /^DELETE \/api\/v1\/apps\/\w+\/users\/00u/, what: 'unassigning' },
  ])
    it(`interrupted while ${what}, ends with what it began taken away`, async () => {
      const stop = new AbortController();
      const interrupted = new Error('Interrupted');
      pair.sim.okta.fail({ on: path, by: 'sf-plugin-okta', with: { until: async () => stop.abort(interrupted) } });
      expect(await rejection(send(pair, { signal: stop.signal }))).to.equal(interrupted);
      const { okta, salesforce, assigned } = remains(pair);
      expect({ okta, assigned }).to.deep.equal({ okta: ['DEPROVISIONED'], assigned: 0 });
      expect(salesforce).to.not.include('active');
    });
});

describe('a round trip asked for by a service app', () => {
  it('names the right that is missing, before any write', async () => {
    const app = serviceApp({ scopes: ALL_SCOPES.filter((scope) => scope !== 'okta.users.manage') });
    const pair = await healthyPair('external-client-app', {
      okta: (world) => ({ ...world, serviceApps: [app.record] }),
    });
    pair.oktaEnvironment = app.environment(pair.sim.okta.url);
    const requests = await pair.requestsOf(async () => {
      const error = await rejection(send(pair));
      expect(error.message).to.include('is not granted okta.users.manage');
    });
    expect(
      requests.filter(({ operation }) => /api\/v1\/(users|apps)/.test(operation)).some(({ write }) => write)
    ).to.equal(false);
    await pair.stop();
  });
});
