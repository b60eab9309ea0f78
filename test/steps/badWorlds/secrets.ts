/**
 * Keys that are taken, and secrets that Salesforce does not show: met where setup has a companion page, which alone takes
 * either to a person. contracts/salesforce.md §1.7, §2.8, §3.3
 */
import type { Pair } from '../../helpers/pair.ts';
import { adminWithout, CONNECTED, knobs, works, world, type Row, type Rows } from './row.ts';

const FIELD = 'ExternalClientAppSettings.enableClientSecretInRestApiAccess';
const READ_SECRET = /part=keyandsecret/;
const MANUALLY = '--secret-access manual';

/** Key and secret are taken to the person at the page, who connects; all later commands find nothing to do or to blame. */
const CONNECTS: Pick<Row, 'dryRun' | 'atPage' | 'setup' | 'verify'> = {
  dryRun: { exit: 0 },
  atPage: { exit: 0, click: 'secret' },
  setup: { exit: 0 },
  verify: { exit: 0 },
};
/** The page and the terminal say why there is no secret and what to do; who then copies it by hand connects all the same. */
const byHand = (says: string, action: string): typeof CONNECTS => ({
  ...CONNECTS,
  atPage: { exit: 0, click: { says, action } },
});

const keys: Rows = {
  'a consumer key that some org has, and another that is free': {
    world: knobs({ allowConnectedAppCreation: true, consumerKeysTaken: 1 }),
    flags: CONNECTED,
    ...CONNECTS,
  },
  'consumer keys that some org has, whichever is chosen': {
    world: knobs({ allowConnectedAppCreation: true, consumerKeysTaken: Infinity }),
    flags: CONNECTED,
    atPage: {
      exit: 1,
      at: 'salesforce.app',
      says: 'taken in some org, twice in a row. Nothing was made',
      action: 'Run the same command again: it chooses another key',
    },
    // Without a page no key is chosen: Salesforce makes one.
    ...works(),
  },
};

const refusesTheSecret = ({ sim }: Pair): (() => void) =>
  sim.salesforce.fail({ on: READ_SECRET, with: 403, times: Infinity });

const leavesTheSecretOut = ({ sim }: Pair): (() => void) =>
  sim.salesforce.fail({
    on: READ_SECRET,
    with: {
      change: async (answer) => {
        const { secret, ...rest } = (await answer.json()) as { secret: string };
        return Response.json(rest);
      },
    },
    times: Infinity,
  });

const secrets: Rows = {
  'access to secrets off, told by an error': { world: knobs({ secretRefusal: 'A' }), ...CONNECTS },
  'access to secrets off, told by an answer without one': { world: knobs({ secretRefusal: 'B' }), ...CONNECTS },
  'an error instead of the secret, though access is on': {
    world: world({}),
    trouble: refusesTheSecret,
    ...byHand('Salesforce does not show the secret of Okta_Provisioning', MANUALLY),
  },
  'an answer without the secret, though access is on': {
    world: world({}),
    trouble: leavesTheSecretOut,
    ...byHand('Salesforce does not show the secret of Okta_Provisioning', MANUALLY),
  },
  'access to secrets that cannot be switched on, told by an error': {
    world: knobs({ secretRefusal: 'A', ignoredFields: [FIELD] }),
    ...byHand('and it is still off', MANUALLY),
  },
  'access to secrets that cannot be switched on, told by an answer without one': {
    world: knobs({ secretRefusal: 'B', ignoredFields: [FIELD] }),
    ...byHand('and it is still off', MANUALLY),
  },
  'access to secrets not ours to switch': {
    world: adminWithout('CustomizeApplication', 'ModifyAllData'),
    ...byHand('insufficient access', 'Customize Application'),
    // Whoever may not customize sees the approvals of no one but themselves.
    verify: { exit: 69, finds: { 'salesforce.grant.user': 'unknown' } },
  },
  'secrets not ours to see': {
    world: adminWithout('ViewClientSecret'),
    ...byHand('admin@simulated.example lacks the permission "View Client Secret" (ViewClientSecret)', MANUALLY),
  },
  'secrets not ours to see, the permission to be lent': {
    world: adminWithout('ViewClientSecret'),
    flags: { 'grant-temporarily': true },
    ...CONNECTS,
  },
};

export const secretRows: Rows = { ...keys, ...secrets };
