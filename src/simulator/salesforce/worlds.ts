/** Orgs that differ from the documented one in the ways that people meet. contracts/salesforce.md §4.1, §4.4, §6.6, §9 */
import { documentedWorld, type SalesforceKnobs, type SalesforceWorld } from './seed.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A user of its own for Okta, where a world has one. */
export const INTEGRATION_USER = { username: 'okta@simulated.example', password: 'S3CRET-simulated-okta-password' };

const withKnobs = (knobs: Partial<SalesforceKnobs>): SalesforceWorld => {
  const world = documentedWorld();
  return { ...world, knobs: { ...world.knobs, ...knobs } };
};

const ofKind = (organization: Partial<SalesforceWorld['organization']>): SalesforceWorld => {
  const world = documentedWorld();
  return { ...world, organization: { ...world.organization, ...organization } };
};

/** An app that only chosen users may use, and nobody was chosen. */
const preAuthorized = (): SalesforceWorld => ({
  ...documentedWorld(),
  apps: [
    {
      kind: 'external-client-app',
      name: 'Okta_Provisioning',
      label: 'Okta Provisioning',
      contactEmail: 'admin@simulated.example',
      callbackUrl: 'https://system-admin.okta.com/admin/app/generic/oauth20redirect',
      policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' },
    },
  ],
});

const frozenUser = (): SalesforceWorld => {
  const world = documentedWorld();
  const user = { ...INTEGRATION_USER, profile: 'System Administrator', firstName: 'Okta', lastName: 'Integration' };
  return { ...world, users: [...world.users, { ...user, isFrozen: true }] };
};

export const salesforceWorlds = {
  'connected-apps-allowed': (): SalesforceWorld => withKnobs({ allowConnectedAppCreation: true }),
  'locked-policies': (): SalesforceWorld => withKnobs({ pkceLocked: true, rotationLocked: true }),
  // A quarter of a minute, which is enough to see the waiting.
  'slow-propagation': (): SalesforceWorld => withKnobs({ propagationSeconds: 15 }),
  trial: (now: number): SalesforceWorld =>
    ofKind({
      OrganizationType: 'Enterprise Edition',
      TrialExpirationDate: new Date(now + 14.5 * DAY).toISOString().replace('Z', '+0000'),
    }),
  sandbox: (): SalesforceWorld => ofKind({ OrganizationType: 'Enterprise Edition', IsSandbox: true }),
  'pre-authorized': preAuthorized,
  'frozen-user': frozenUser,
} as const;
