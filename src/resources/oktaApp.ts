/**
 * The Okta app that will own the users, found by id or label among the instances of `salesforce`. contracts/okta.md §1,
 * §9.4, §14 (an app with users or features is in use).
 */
import type { Change, Obstacle } from '../engine/change.ts';
import type { App, AppUser } from '../clients/okta/types.ts';
import type { Intent } from '../intent.ts';
import type { PairResource } from './context.ts';
import { isSandbox, targetOrg, type TargetOrg } from './targetOrg.ts';

/** Which it is, or why none is. */
export type OktaAppItself =
  | { readonly kind: 'absent'; readonly label: string }
  | { readonly kind: 'unknown-id'; readonly id: string }
  | { readonly kind: 'several'; readonly label: string; readonly apps: readonly App[] }
  | { readonly kind: 'found'; readonly app: App };

/** An app, and who is assigned to it. */
interface Used {
  readonly app: App;
  readonly users: readonly AppUser[];
}
/** With the instance type that fits the target org, and its users; of several, what tells one from another. */
export type OktaApp =
  | Extract<OktaAppItself, { kind: 'unknown-id' }>
  | { readonly kind: 'several'; readonly label: string; readonly candidates: readonly Used[] }
  | { readonly kind: 'absent'; readonly label: string; readonly instanceType: string }
  | { readonly kind: 'found'; readonly app: App; readonly users: readonly AppUser[]; readonly instanceType: string };

export const salesforceApps: PairResource<App[]> = {
  id: 'okta.apps',
  read: async ({ context: { okta } }) => okta.salesforceApps(),
};

export const oktaAppItself: PairResource<OktaAppItself> = {
  id: 'okta.app.itself',
  read: async ({ context: { intent }, see }) => {
    const { id, label: named } = intent.oktaApp;
    // Only the label that nobody chose depends on the target org.
    const [apps, org] = await Promise.all([
      see(salesforceApps),
      id === undefined && named === undefined ? see(targetOrg) : undefined,
    ]);
    const label = named ?? (org ? defaultLabel(org) : '');
    const matches = apps.filter((app) => (id === undefined ? app.label === label : app.id === id));
    const [app] = matches;
    if (matches.length > 1) return { kind: 'several', label, apps: matches };
    if (app) return { kind: 'found', app };
    return id === undefined ? { kind: 'absent', label } : { kind: 'unknown-id', id };
  },
};

/** What the instance type should be. */
export const wantedInstanceType: PairResource<string> = {
  id: 'okta.app.wanted-instance-type',
  read: async ({ context: { intent }, see }) => {
    const { instanceType } = intent.oktaApp;
    return (instanceType ?? (isSandbox((await see(targetOrg)).kind) ? 'sandbox' : 'production')).toUpperCase();
  },
};

export type AssignedUsers = readonly AppUser[];

/** Those who are assigned; nobody where there is no one app. */
export const assignedUsers: PairResource<AssignedUsers> = {
  id: 'okta.app.users',
  read: async ({ context: { okta }, see }) => {
    const found = await see(oktaAppItself);
    return found.kind === 'found' ? okta.appUsers(found.app.id) : [];
  },
};

export const oktaApp: PairResource<OktaApp> = {
  id: 'okta.app',
  read: async ({ context: { okta }, see }) => {
    const [found, users, instanceType] = await Promise.all([
      see(oktaAppItself),
      see(assignedUsers),
      see(wantedInstanceType),
    ]);
    if (found.kind === 'found') return { ...found, users, instanceType };
    if (found.kind === 'several') {
      const { kind, label, apps } = found;
      const used = async (app: App): Promise<Used> => ({ app, users: await okta.appUsers(app.id) });
      return { kind, label, candidates: await Promise.all(apps.map(used)) };
    }
    return found.kind === 'absent' ? { ...found, instanceType } : found;
  },
};

/** "Salesforce.com" is the usual label of a production app, so a sandbox gets one that tells which it is. */
const defaultLabel = ({ kind, instanceUrl, id }: TargetOrg): string => {
  if (!isSandbox(kind)) return 'Salesforce.com';
  // The My Domain of a sandbox: https://example--uat.sandbox.my.salesforce.com
  const sandboxName = /--([\w-]+)\.sandbox\.my\.salesforce\.com$/.exec(new URL(instanceUrl).hostname)?.[1];
  return `Salesforce.com (${sandboxName ?? id})`;
};

/** Okta's names of the To App boxes (contracts/okta.md §1.4). */
export const FEATURE = {
  create: 'PUSH_NEW_USERS',
  update: 'PUSH_PROFILE_UPDATES',
  deactivate: 'PUSH_USER_DEACTIVATION',
  'sync-password': 'PUSH_PASSWORD_UPDATES',
} as const satisfies Record<Intent['oktaApp']['features'][number], string>;

/** The path of the change of the instance type, which only an app that is not in use may see. */
export const INSTANCE_TYPE = 'okta.app.instance-type';

export const isInUse = ({ app, users }: Used): boolean => users.length > 0 || app.features.length > 0;

/** Assigned, but not in Salesforce: stays so until an admin clicks *Provision User* (contracts/okta.md §14). */
export const unprovisioned = (users: readonly AppUser[]): AppUser[] => users.filter(({ externalId }) => !externalId);

/** As many as a person reads. */
export const NAMED_USERS = 10;

/** The username in the app, which is how a person finds the assignment. */
export const usernameOf = ({ credentials, id }: AppUser): string => credentials?.userName ?? id;

export const namesOfUsers = (users: readonly AppUser[]): string => {
  const names = users.slice(0, NAMED_USERS).map(usernameOf).join(', ');
  return users.length > NAMED_USERS ? `${names} and ${users.length - NAMED_USERS} more` : names;
};

/** What Okta says the target org is. Only the values that we know are held against the org (§14). */
export const instanceTypeOf = ({ settings }: App): string | undefined => {
  const value = settings.app['instanceType'];
  return typeof value === 'string' ? value : undefined;
};

/** GOVERNMENT and values that Okta may add are kept and never inferred; they are wrong only where another was asked for. */
export const instanceTypeFits = (app: App, wanted: string, intent: Intent): boolean => {
  const actual = instanceTypeOf(app);
  const known = actual === 'PRODUCTION' || actual === 'SANDBOX';
  return actual === wanted || (!known && intent.oktaApp.instanceType === undefined);
};

export const diffOktaApp = (state: OktaApp, intent: Intent): Change[] => {
  if (state.kind === 'absent') {
    const { label, instanceType } = state;
    return [
      {
        path: 'okta.app.active',
        to: { label, 'instance-type': instanceType, 'sign-on-mode': 'SAML_2_0' },
        creates: true,
      },
    ];
  }
  if (state.kind !== 'found') return [];
  const { app, instanceType } = state;
  return [
    ...(app.status === 'ACTIVE' ? [] : [{ path: 'okta.app.active', from: app.status, to: 'ACTIVE' }]),
    ...(instanceTypeFits(app, instanceType, intent)
      ? []
      : [{ path: INSTANCE_TYPE, from: instanceTypeOf(app) ?? null, to: instanceType }]),
  ];
};

export const oktaAppObstacles = (state: OktaApp, intent: Intent): Obstacle[] => {
  if (state.kind === 'absent') return [];
  if (state.kind === 'unknown-id')
    return [
      {
        kind: 'refused',
        reason: `There is no Salesforce app with the id ${state.id} in the Okta org.`,
        actions: [
          'Correct --okta-app-id; the id is in the address of the app in Okta Admin Console > Applications > Applications.',
        ],
      },
    ];
  if (state.kind === 'several') return [whichOf(state)];
  return [...instanceTypeObstacles(state, intent), ...inactiveObstacles(state)];
};

/** A person at a terminal is asked; else the flag must say it. */
const whichOf = ({ label, candidates }: Extract<OktaApp, { kind: 'several' }>): Obstacle => {
  const heading = `${candidates.length} Okta apps are labelled "${label}"`;
  const options = candidates.map((one) => ({ value: one.app.id, facts: factsOf(one) }));
  return {
    kind: 'refused',
    reason: `${heading}: ${options.map(({ value, facts }) => `${value} (${facts})`).join('; ')}.`,
    actions: [`Say which by --okta-app-id, for example --okta-app-id ${options[0]?.value ?? ''}.`],
    choice: { question: `${heading}. Which one?`, sets: '--okta-app-id', options },
  };
};

const factsOf = ({ app, users }: Used): string =>
  [
    app.status,
    `${users.length} assigned ${users.length === 1 ? 'user' : 'users'}`,
    `features ${app.features.join(', ') || 'none'}`,
    `instance type ${instanceTypeOf(app) ?? 'none'}`,
  ].join(', ');

type Found = Extract<OktaApp, { kind: 'found' }>;

/** Of an app that nobody uses it is set right; the endpoint that others' users are sent to is never changed. */
const instanceTypeObstacles = (state: Found, intent: Intent): Obstacle[] => {
  const { app, instanceType } = state;
  return !isInUse(state) || instanceTypeFits(app, instanceType, intent)
    ? []
    : [
        {
          kind: 'refused',
          reason: `The Okta app "${app.label}" is in use and has the instance type ${instanceTypeOf(app) ?? 'none'}, and the target org needs ${instanceType}.`,
          actions: [
            'Add --okta-app-label with a new label to make an app of its own for this org, or --okta-app-id with the right one.',
          ],
        },
      ];
};

const inactiveObstacles = (state: Found): Obstacle[] =>
  state.app.status === 'ACTIVE' || !isInUse(state)
    ? []
    : [
        {
          kind: 'in-use',
          reason: `The Okta app "${state.app.label}" is ${state.app.status} and would be activated; it has ${state.users.length} assigned users.`,
          actions: ['Add --adopt to agree, or activate it in Okta Admin Console > Applications > Applications.'],
        },
      ];
