/** What goes wrong with the Okta app, its features, its users and its log. */
import type { OktaStore } from '../../../src/simulator/index.ts';
import type { Pair } from '../../helpers/pair.ts';
import { all, fault, type Fault } from './fault.ts';

type AppRecord = OktaStore['apps'] extends Map<string, infer App> ? App : never;
type EventRecord = OktaStore['events'][number];

export const oktaApp = ({ sim }: Pair): AppRecord => {
  const [app] = sim.okta.store.apps.values();
  if (!app) throw new Error('There is no Okta app.');
  return app;
};

const without =
  (feature: string): Fault['make'] =>
  (pair) => {
    const app = oktaApp(pair);
    app.features = app.features.filter((name) => name !== feature);
  };

/** Writes to Okta's log as Okta would. */
export const logged =
  (eventType: string, { reason, ofUser }: { readonly reason?: string; readonly ofUser?: string } = {}): Fault['make'] =>
  (pair) => {
    const { store } = pair.sim.okta;
    const app = oktaApp(pair);
    const last = store.events.at(-1);
    if (!last) throw new Error('There is no event.');
    pair.sim.clock.advance(1000);
    const target = (id: string, type: string): EventRecord['targets'][number] => ({
      id,
      type,
      alternateId: id,
      displayName: id,
      detailEntry: null,
    });
    const event: EventRecord = {
      ...last,
      sequence: last.sequence + 1,
      uuid: `simulated-${last.sequence + 1}`,
      published: pair.sim.clock.now(),
      eventType,
      result: reason === undefined ? 'SUCCESS' : 'FAILURE',
      reason: reason ?? null,
      targets: eventType.startsWith('system.')
        ? []
        : [target(app.id, 'AppInstance'), ...(ofUser ? [target(ofUser, 'User')] : [])],
    };
    store.events.push(event);
  };

const both =
  (...faults: ReadonlyArray<Fault['make']>): Fault['make'] =>
  async (pair, kind) => {
    for (const one of faults) await one(pair, kind);
  };

/** Somebody is assigned, and Okta does what it does of itself. */
export const assigned = async (pair: Pair): Promise<void> => {
  const app = oktaApp(pair);
  const ada = [...pair.sim.okta.store.users.values()].find(({ profile }) => profile.login.startsWith('ada'));
  const answer = await fetch(`${pair.sim.okta.url}/api/v1/apps/${app.id}/users`, {
    method: 'POST',
    headers: { authorization: `SSWS ${pair.sim.people.oktaApiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: ada?.id, scope: 'USER', profile: { profile: 'Standard User' } }),
  });
  if (answer.status !== 200) throw new Error(`Okta answered ${answer.status}.`);
  await pair.sim.okta.idle();
};

/** Assigned while nothing was pushed: stays outside Salesforce. */
const unprovisioned = async (pair: Pair): Promise<void> => {
  const app = oktaApp(pair);
  const { features } = app;
  app.features = [];
  await assigned(pair);
  app.features = features;
};

export const OF_OKTA_APP = [
  'okta.app.instance-type',
  'okta.connection',
  'okta.features',
  'okta.assignments',
  'okta.log',
];
const CREDENTIALS = { reason: 'The credentials used to connect to the API were invalid' };
const DUPLICATE = { reason: 'DUPLICATE_USERNAME', ofUser: '00uAda' };

const twin = (pair: Pair): void => {
  const app = oktaApp(pair);
  pair.sim.okta.store.apps.set('0oaTwin0000000000000', { ...app, id: '0oaTwin0000000000000' });
};

export const OKTA_FAULTS: readonly Fault[] = [
  fault('two Okta apps of that label', twin, { 'okta.app.active': 'unknown', ...all('skipped', ...OF_OKTA_APP) }),
  fault(
    'an id that no Okta app has',
    () => {},
    { 'okta.app.active': 'unknown', ...all('skipped', ...OF_OKTA_APP) },
    { flags: { 'okta-app-id': '0oaNobody00000000000' } }
  ),
  fault('no Okta app', ({ sim }) => sim.okta.store.apps.clear(), {
    'okta.app.active': 'fail',
    ...all('skipped', ...OF_OKTA_APP),
  }),
  fault(
    'an inactive Okta app',
    (pair) => {
      oktaApp(pair).status = 'INACTIVE';
    },
    { 'okta.app.active': 'fail' }
  ),
  fault(
    'another instance type',
    (pair) => {
      oktaApp(pair).appSettings['instanceType'] = 'SANDBOX';
    },
    { 'okta.app.instance-type': 'fail' }
  ),
  fault('Create off', without('PUSH_NEW_USERS'), { 'okta.features': 'fail' }),
  fault('Update off', without('PUSH_PROFILE_UPDATES'), { 'okta.features': 'fail' }),
  fault('Deactivate off', without('PUSH_USER_DEACTIVATION'), { 'okta.features': 'fail' }),
  fault('a box ticked that nobody asked for', (pair) => void oktaApp(pair).features.push('PUSH_PASSWORD_UPDATES'), {
    'okta.features': 'fail',
  }),
  fault('an assignment left unprovisioned', unprovisioned, { 'okta.assignments': 'warn' }),
  fault('a failed check of the credentials', logged('application.configuration.update', CREDENTIALS), {
    'okta.log': 'fail',
  }),
  fault('credentials that Salesforce refused', logged('application.integration.authentication_failure', CREDENTIALS), {
    'okta.log': 'fail',
  }),
  fault(
    'a general failure of the integration',
    logged('application.integration.general_failure', { reason: 'HTTP 500' }),
    { 'okta.log': 'fail' }
  ),
  fault('a user who could not be created', logged('application.provision.user.push', DUPLICATE), {
    'okta.log': 'fail',
  }),
  fault(
    'a user who could not be created, while another was',
    both(
      logged('application.provision.user.push', DUPLICATE),
      logged('application.provision.user.push', { ofUser: '00uBob' })
    ),
    { 'okta.log': 'fail' }
  ),
  fault(
    'a user who was created at the second try',
    both(
      logged('application.provision.user.push', DUPLICATE),
      logged('application.provision.user.push', { ofUser: '00uAda' })
    ),
    {}
  ),
  fault(
    'a user who could not be created and is not assigned any more',
    both(
      logged('application.provision.user.push', DUPLICATE),
      logged('application.user_membership.remove', { ofUser: '00uAda' })
    ),
    {}
  ),
  fault(
    'credentials that Salesforce refused, and the app saved since, as for a new label',
    both(logged('application.integration.authentication_failure', CREDENTIALS), logged('application.lifecycle.update')),
    { 'okta.log': 'fail' }
  ),
  fault(
    'credentials that Salesforce refused, approved anew and saved',
    async (pair, kind) => {
      await logged('application.integration.authentication_failure', CREDENTIALS)(pair, kind);
      pair.sim.clock.advance(1000);
      const [grant] = pair.sim.salesforce.store.grants.values();
      if (!grant) throw new Error('There is no grant.');
      pair.sim.salesforce.store.grants.set('again', { ...grant, id: 'again', createdDate: pair.sim.clock.now() });
      await logged('application.lifecycle.update')(pair, kind);
    },
    {}
  ),
  fault(
    'a check of the credentials that failed, and a save that did not',
    both(logged('application.configuration.update', CREDENTIALS), logged('application.lifecycle.update')),
    {}
  ),
  fault(
    'credentials that were mended',
    both(
      logged('application.integration.authentication_failure', CREDENTIALS),
      logged('application.provision.user.push_profile', { ofUser: '00uBob' })
    ),
    {}
  ),
  ...[
    'system.org.rate_limit.warning',
    'system.org.rate_limit.violation',
    'core.concurrency.org.limit.violation',
    'application.integration.rate_limit_exceeded',
  ].map((type) => fault(`a rate limit: ${type}`, logged(type), { 'okta.log': 'warn' })),
];
