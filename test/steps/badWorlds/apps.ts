/** Names, callbacks and kinds of apps, and who may make them. contracts/salesforce.md §1.7, §2.7, §4.1, §5.4 */
import { CALLBACK, CONNECTED, CREATE, knobs, OURS, refused, works, world, type Row, type Rows } from './row.ts';

const OTHER = { ...OURS, name: 'Other', label: 'Other' };
const ABSENT = { 'salesforce.app.exists': 'fail' } as const;
const CALLED = { 'callback-url': CALLBACK };

const NO_CONNECTED_APPS: Pick<Row, 'dryRun' | 'setup' | 'verify'> = {
  dryRun: { exit: 0 },
  setup: {
    exit: 1,
    at: 'salesforce.app',
    says: 'can create no connected app',
    action:
      'Use an external client app: run the same command without --app-type connected-app. Or ask Salesforce Support',
  },
  verify: { exit: 100, finds: ABSENT },
};

export const apps: Rows = {
  'a name taken by a foreign app of the other kind that has our label': {
    world: world({ apps: [{ ...OURS, kind: 'connected-app', name: 'Foreign' }] }),
    ...refused('Another app, the connected app Foreign, has the label', '--app-label', ABSENT),
  },
  'our name at a foreign app that somebody approved': {
    world: world({
      apps: [{ ...OURS, callbackUrl: 'https://payroll.example/callback' }],
      grants: [{ app: OURS.name, username: 'admin@simulated.example', refreshToken: '5Aep861.T0KEN' }],
    }),
    ...refused('would change, and 1 user uses it', '--app-name', { 'salesforce.app.callback': 'fail' }),
  },
  'our callback under another name': {
    world: world({ apps: [OTHER] }),
    flags: CALLED,
    ...refused('external client app Other has the callback', '--app-name Other', ABSENT),
  },
  'our callback at a connected app': {
    world: world({ apps: [{ ...OTHER, kind: 'connected-app' }] }),
    flags: CALLED,
    ...refused('connected app Other has the callback', '--app-type connected-app --app-name Other', ABSENT),
  },
  'our callback under another name, and a name that was chosen': {
    world: world({ apps: [OTHER] }),
    flags: { ...CALLED, 'app-name': 'Mine' },
    dryRun: { exit: 0 },
    setup: { exit: 69, at: 'okta.connection' },
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.grant.exists': 'fail' } },
  },
  'an app with live grants': {
    world: world({
      apps: [{ ...OURS, global: { isPkceRequired: 'false' } }],
      grants: [{ app: OURS.name, username: 'admin@simulated.example', refreshToken: '5Aep861.T0KEN' }],
    }),
    flags: CALLED,
    ...refused('would change, and 1 user uses it', '--adopt', {
      'salesforce.app.pkce': 'fail',
      'salesforce.grant.exists': 'pass',
    }),
  },
  'connected apps refused': { world: world({}), flags: CONNECTED, ...NO_CONNECTED_APPS },
  'connected apps refused, with a user to make': {
    world: world({}),
    flags: { ...CONNECTED, ...CREATE },
    ...NO_CONNECTED_APPS,
  },
  'connected apps refused by deploy': {
    world: knobs({ crudRefusedTypes: ['ConnectedApp'] }),
    flags: CONNECTED,
    ...NO_CONNECTED_APPS,
  },
  'connected apps refused by deploy, the failure an object': {
    world: knobs({ crudRefusedTypes: ['ConnectedApp'], componentFailuresAsObject: true }),
    flags: CONNECTED,
    ...NO_CONNECTED_APPS,
  },
  'connected apps allowed': { world: knobs({ allowConnectedAppCreation: true }), flags: CONNECTED, ...works() },
  'connected apps allowed by deploy only': {
    world: knobs({ allowConnectedAppCreation: true, crudRefusedTypes: ['ConnectedApp'] }),
    flags: CONNECTED,
    ...works(),
  },
  'no type of external client apps but by deploy': {
    world: knobs({
      crudRefusedTypes: [
        'ExternalClientApplication',
        'ExtlClntAppOauthSettings',
        'ExtlClntAppGlobalOauthSettings',
        'ExtlClntAppOauthConfigurablePolicies',
      ],
    }),
    flags: { 'ip-relaxation': 'bypass' },
    ...works(),
  },
  'an answer by script': { world: knobs({ redirectByScript: true }), ...works() },
  'an answer by script that does not know the app yet': {
    world: knobs({ redirectByScript: true, propagationSeconds: 10_000_000 }),
    dryRun: { exit: 0 },
    setup: { exit: 69, at: 'okta.connection', says: 'client identifier invalid' },
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.grant.exists': 'fail' } },
  },
};
