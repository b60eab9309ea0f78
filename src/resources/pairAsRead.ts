/** The pair as far as it could be read: what a report is about must be told even where a read failed. */
import type { Resource, World } from '../engine/world.ts';
import type { Context } from './context.ts';
import { integrationIdentity } from './integrationUser.ts';
import { oktaAppItself } from './oktaApp.ts';
import { oktaOrg } from './oktaOrg.ts';
import { targetOrg, type OrgKind } from './targetOrg.ts';

export interface PairAsRead {
  readonly targetOrg: {
    readonly username: string;
    readonly instanceUrl: string;
    readonly orgId?: string;
    readonly kind?: OrgKind;
  };
  readonly oktaOrg: { readonly url: string; readonly id?: string };
  readonly oauthApp: { readonly name: string };
  readonly integrationUser?: { readonly username: string };
  readonly oktaApp?: { readonly label: string; readonly id?: string };
}

export const readPair = async (world: World<Context>): Promise<PairAsRead> => {
  const { salesforce, okta, intent } = world.context;
  const see = async <T>(resource: Resource<T, Context>): Promise<T | undefined> =>
    world.see(resource).catch(() => undefined);
  const [org, tenant, user, app] = await Promise.all([
    see(targetOrg),
    see(oktaOrg),
    see(integrationIdentity),
    see(oktaAppItself),
  ]);
  const username = user?.kind === 'found' ? user.user.Username : intent.integrationUser;
  const label = app?.kind === 'found' ? app.app.label : app && 'label' in app ? app.label : intent.oktaApp.label;
  return {
    targetOrg: {
      username: salesforce.username,
      instanceUrl: salesforce.instanceUrl,
      ...(org && { orgId: org.id, kind: org.kind }),
    },
    oktaOrg: { url: okta.url, ...(tenant && { id: tenant.id }) },
    oauthApp: { name: intent.oauthApp.name },
    ...(username !== undefined && { integrationUser: { username } }),
    ...(label !== undefined && { oktaApp: { label, ...(app?.kind === 'found' && { id: app.app.id }) } }),
  };
};
