/**
 * The OAuth policy of the app. Where users must be authorized beforehand, the integration user is, before the app is
 * switched: the other way round it would be locked out (contracts/salesforce.md §2.5).
 */
import { SfError } from '@salesforce/core';
import { defineStep } from '../engine/step.ts';
import { appAccess, type AppAccess } from '../resources/appAccess.ts';
import type { Context } from '../resources/context.ts';
import { connectedApps } from '../resources/connectedApps.ts';
import { listedExternalClientApps, listedPolicies } from '../resources/externalClientApps.ts';
import { diffPolicy, policyObstacles, writablePolicy, type WritablePolicy } from '../resources/oauthPolicy.ts';
import { appRemedies } from '../resources/appRemedies.ts';
import { writerOf } from './appWriter.ts';

const ACCESS = 'salesforce.app.permitted-users.integration-user';

export const salesforceAppPolicy = defineStep<WritablePolicy, Context>({
  id: 'salesforce.app-policy',
  needs: ['salesforce.app', 'salesforce.user'],
  resource: writablePolicy,
  affects: [listedExternalClientApps, listedPolicies, connectedApps, appAccess],
  unknownUntil: ({ app }) => (app ? undefined : 'salesforce.app'),
  diff: (state, { intent }) => diffPolicy(state, intent),
  remedies: (change, { intent }) => appRemedies(change, intent.oauthApp),
  obstacles: policyObstacles,
  apply: async ({ state: { app, access }, changes, world }) => {
    if (!app) return;
    if (changes.some(({ path }) => path === ACCESS)) await authorize(world.context, access);
    if (changes.some(({ path }) => path !== ACCESS)) await writerOf(app.type).writePolicy(world, app);
  },
});

const authorize = async ({ salesforce, intent }: Context, access: AppAccess | undefined): Promise<void> => {
  if (!access) throw new AccessUnknownError();
  const { userId, appId, own } = access;
  const { label } = intent.oauthApp;
  const id =
    own.id ??
    (await salesforce.createPermissionSet({
      name: own.name,
      label: `${label} users`.slice(0, 80),
      description: `Opens the app ${label} to its users. Made by sf okta provisioning setup.`,
      permissions: [],
    }));
  if (!own.opensApp) await salesforce.openApp(id, appId);
  if (!own.assigned) await salesforce.assign(userId, id);
};

class AccessUnknownError extends SfError {
  public constructor() {
    super(
      'Whom to authorize for the app cannot be told: its id or the integration user is not known.',
      'AccessUnknownError',
      [
        'Run the same command again: it reads both anew.',
        'If it ends here again, use --permitted-users self-authorize.',
      ]
    );
  }
}
