/**
 * Who may use an app that asks for authorization beforehand: users with a permission set that opens the app, never an
 * admin profile. contracts/salesforce.md §2.5, §2.10, §7 SetupEntityAccess
 */
import type { PairResource } from './context.ts';
import { integrationIdentity } from './integrationUser.ts';
import { ownApp } from './ownApp.ts';

export interface AppAccess {
  /** Whether the integration user holds any permission set that opens the app. */
  readonly authorized: boolean;
  readonly userId: string;
  readonly appId: string;
  /** The permission set that is made for it, as far as it is there. */
  readonly own: { readonly name: string; readonly id?: string; readonly opensApp: boolean; readonly assigned: boolean };
}

/** API names of permission sets take 80 characters. */
export const madeFor = (appName: string, purpose: string): string =>
  `${appName.slice(0, 79 - purpose.length).replace(/_$/, '')}_${purpose}`;

/** Undefined where the app or the user is not there yet. */
export const appAccess: PairResource<AppAccess | undefined> = {
  id: 'salesforce.app-access',
  read: async ({ context: { salesforce, intent }, see }) => {
    const [app, user] = await Promise.all([see(ownApp), see(integrationIdentity)]);
    if (app?.id === undefined || user.kind !== 'found') return undefined;
    const name = madeFor(intent.oauthApp.name, 'Users');
    const [openers, assignments, id] = await Promise.all([
      salesforce.openers(app.id),
      salesforce.assignments(user.user.Id),
      salesforce.permissionSetId(name),
    ]);
    const held = assignments.map(({ permissionSetId }) => permissionSetId);
    return {
      authorized: openers.some((opener) => held.includes(opener)),
      userId: user.user.Id,
      appId: app.id,
      own: {
        name,
        ...(id && { id }),
        opensApp: id !== undefined && openers.includes(id),
        assigned: id !== undefined && held.includes(id),
      },
    };
  },
};
