/**
 * The integration user: made where there is none and that was asked for, and given what Okta needs. A user that exists
 * gets a permission set; its profile, which others may share, is left alone. contracts/salesforce.md §8
 */
import { SfError } from '@salesforce/core';
import { SalesforceApiError } from '../clients/salesforce/errors.ts';
import { defineStep } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import { madeFor } from '../resources/appAccess.ts';
import type { Context } from '../resources/context.ts';
import { foundOfUser } from '../resources/found.ts';
import {
  diffIntegrationUser,
  integrationUser,
  integrationUserObstacles,
  LICENSE,
  missingPermissions,
  namedUser,
  runningUser,
  type IntegrationUser,
} from '../resources/integrationUser.ts';
import { targetOrg } from '../resources/targetOrg.ts';
import { userRemedies } from '../resources/userRemedies.ts';
import { OKTA_PERMISSIONS, withDependencies } from './oktaPermissions.ts';

export const salesforceUser = defineStep<IntegrationUser, Context>({
  id: 'salesforce.user',
  needs: ['salesforce.org', 'salesforce.app'],
  resource: integrationUser,
  affects: [runningUser, namedUser],
  diff: (state, { intent }) => diffIntegrationUser(state, intent),
  obstacles: (state, { intent }) => integrationUserObstacles(state, intent),
  remedies: (change, { intent, salesforce }) => userRemedies(change, intent.integrationUser ?? salesforce.username),
  found: foundOfUser,
  facts: (state): Record<string, string> => (state.kind === 'found' ? { 'salesforce.user.id': state.user.Id } : {}),
  apply: async ({ state, world }) => {
    if (state.kind === 'absent') await createUser(world, state.username);
    world.forget(runningUser, namedUser, integrationUser);
    const now = await world.see(integrationUser);
    if (now.kind !== 'found' || missingPermissions(now).length === 0) return;
    if (isFresh(now, world.context)) await mailPasswordLink(world.context, now.user.Id);
    if (isFresh(now, world.context) && world.context.intent.createIntegrationUser?.grant === 'profile')
      await giveProfile(world.context, now.user.Id);
    else await givePermissionSet(world.context, now.user.Id);
  },
});

/** The profile that a new user begins with: it gives next to nothing. */
const BEGINNING = 'Minimum Access - Salesforce';

/** Made by us, and used by nobody so far: only of such a user are the profile and the password ours to see to. */
const isFresh = ({ user }: Extract<IntegrationUser, { kind: 'found' }>, { intent }: Context): boolean =>
  intent.createIntegrationUser !== undefined && !user.LastLoginDate && user.Profile?.Name === BEGINNING;

/**
 * Before the permissions, whose lack brings the next run here again: a mail may come twice, the newest counts, but where an
 * answer was lost none would be missing. What Salesforce refuses is no end: an admin can do the same in Setup, as the step
 * that waits for the first login says.
 */
const mailPasswordLink = async ({ salesforce }: Context, userId: string): Promise<void> => {
  try {
    await salesforce.mailPasswordLink(userId);
  } catch (error) {
    if (!(error instanceof SalesforceApiError)) throw error;
  }
};

/** The user comes before its profile: where the username is taken in another org, which no read tells, nothing is left behind. */
const createUser = async ({ context, see }: World<Context>, username: string): Promise<void> => {
  const { salesforce, intent } = context;
  const [org, running, profileId] = await Promise.all([
    see(targetOrg),
    see(runningUser),
    salesforce.profileId(BEGINNING),
  ]);
  const email = intent.createIntegrationUser?.email ?? running?.Email ?? undefined;
  if (profileId === undefined) throw new NoProfileError();
  if (email === undefined) throw new NoEmailError();
  const { language, locale, timeZone } = org.defaults;
  await salesforce.createUser({ username, email, profileId, language, locale, timeZone });
};

const DESCRIPTION = 'What Okta needs to provision users. Made by sf okta provisioning setup.';

const giveProfile = async ({ salesforce, intent }: Context, userId: string): Promise<void> => {
  const name = madeFor(intent.oauthApp.name, 'User');
  const existing = await salesforce.profileId(name);
  const profileId = existing ?? (await createProfile(salesforce, name));
  await salesforce.moveToProfile(userId, profileId);
};

const createProfile = async (salesforce: Context['salesforce'], name: string): Promise<string> => {
  const license = await salesforce.license(LICENSE);
  return withDependencies(OKTA_PERMISSIONS, async (permissions) =>
    salesforce.createProfile({ name, description: DESCRIPTION, licenseId: license?.Id ?? '', permissions })
  );
};

const givePermissionSet = async ({ salesforce, intent }: Context, userId: string): Promise<void> => {
  const name = madeFor(intent.oauthApp.name, 'User');
  const [existing, held] = await Promise.all([salesforce.permissionSetId(name), salesforce.assignments(userId)]);
  const id =
    existing ??
    (await withDependencies(OKTA_PERMISSIONS, async (permissions) =>
      salesforce.createPermissionSet({
        name,
        label: `${intent.oauthApp.label} user`.slice(0, 80),
        description: DESCRIPTION,
        permissions,
      })
    ));
  if (existing !== undefined)
    await withDependencies(OKTA_PERMISSIONS, async (permissions) => salesforce.addPermissions(existing, permissions));
  if (!held.some(({ permissionSetId }) => permissionSetId === id)) await salesforce.assign(userId, id);
};

class NoProfileError extends SfError {
  public constructor() {
    super(`This org has no profile "${BEGINNING}" for a new user to begin with.`, 'NoProfileError', [
      'Create the integration user in Setup > Users, and run the same command again: it gives the user what Okta needs.',
    ]);
  }
}

class NoEmailError extends SfError {
  public constructor() {
    super('Nobody is known to whom Salesforce could mail the link that sets the password.', 'NoEmailError', [
      'Add --integration-user-email.',
    ]);
  }
}
