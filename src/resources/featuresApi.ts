/**
 * Whether Okta's API can tick the boxes of To App. contracts/okta.md §3: an app type that it does not know, and one that is not
 * connected, are refused; that it would take this app is UNCONFIRMED, and asked only where its connection can be seen.
 */
import type { Change, Obstacle } from '../engine/change.ts';
import { evidence, isRefused, probe, type Evidence } from './connection.ts';
import type { PairResource } from './context.ts';
import { FEATURE, isInUse, oktaApp, type OktaApp } from './oktaApp.ts';

export interface Boxes {
  readonly app: OktaApp;
  readonly found: Evidence;
  readonly byApi: boolean;
}

const featuresApi: PairResource<boolean> = {
  id: 'okta.features-api',
  read: async ({ context: { okta, intent }, see }) => {
    const [app, probed] = await Promise.all([see(oktaApp), see(probe)]);
    if (app.kind !== 'found' || probed.kind !== 'supported' || intent.handshake === 'console') return false;
    try {
      await okta.userProvisioning(app.app.id);
      return true;
    } catch (error) {
      if (!isRefused(error)) throw error;
      return false;
    }
  },
};

export const boxes: PairResource<Boxes> = {
  id: 'okta.boxes',
  read: async ({ see }) => {
    const [app, found, byApi] = await Promise.all([see(oktaApp), see(evidence), see(featuresApi)]);
    return { app, found, byApi };
  },
};

/** What would be ticked here, with nobody on the console to see whom it concerns, of an app that others use already. */
export const tickingObstacles = ({ app, found, byApi }: Boxes): Obstacle[] =>
  app.kind === 'found' && byApi && found.grant && isInUse(app) && app.users.length > 0
    ? [
        {
          kind: 'in-use',
          reason: `What Okta provisions through the app "${app.app.label}" would change, and it has ${app.users.length} assigned ${app.users.length === 1 ? 'user' : 'users'}.`,
          actions: [
            'Add --adopt to agree.',
            'Or name with --provisioning-feature what is on now, to leave it as it is.',
          ],
        },
      ]
    : [];

/** The capabilities that the changes of boxes come to; what is not in them is left as it is (§3: partial updates). */
export const capabilitiesOf = (changes: readonly Change[]): object => {
  const status = (feature: keyof typeof FEATURE): { status: string } | undefined => {
    const change = changes.find(({ path }) => path === `okta.features.${feature}`);
    return change && { status: change.to === 'on' ? 'ENABLED' : 'DISABLED' };
  };
  const [create, profile] = [status('create'), status('update')];
  const [lifecycleDeactivate, password] = [status('deactivate'), status('sync-password')];
  const update = {
    ...(profile && { profile }),
    ...(lifecycleDeactivate && { lifecycleDeactivate }),
    ...(password && { password }),
  };
  return {
    ...(create && { create: { lifecycleCreate: create } }),
    ...(Object.keys(update).length > 0 && { update }),
  };
};
