import type { World } from '../engine/world.ts';
import type { AppType } from './app.ts';
import { evidence, handshakeState, isOauth, probe, type ConnectionState } from './connection.ts';
import type { Context } from './context.ts';
import { integrationUser } from './integrationUser.ts';
import { oauthApp } from './oauthApp.ts';
import { oktaApp, unprovisioned } from './oktaApp.ts';
import { oktaOrg } from './oktaOrg.ts';
import { targetOrg, type OrgKind } from './targetOrg.ts';

export type HandshakePath = 'api' | 'console' | 'none';

/** The pair as both orgs tell it: the part of every result that says what it is about. */
export interface PairSummary {
  readonly targetOrg: {
    readonly username: string;
    readonly orgId: string;
    readonly instanceUrl: string;
    readonly kind: OrgKind;
  };
  readonly oktaOrg: { readonly url: string; readonly id: string };
  readonly oauthApp?: {
    readonly type: AppType;
    readonly name: string;
    readonly id?: string;
    readonly consumerKey?: string;
  };
  readonly integrationUser?: { readonly username: string; readonly id: string };
  readonly oktaApp?: { readonly id: string; readonly label: string };
  readonly handshake: { readonly path: HandshakePath; readonly state: ConnectionState | 'skipped' };
  readonly existingAssignments: { readonly total: number; readonly unprovisioned: number };
}

export const readOrgs = async (world: World<Context>): Promise<Pick<PairSummary, 'targetOrg' | 'oktaOrg'>> => {
  const [salesforce, okta] = await Promise.all([world.see(targetOrg), world.see(oktaOrg)]);
  const { username, id: orgId, instanceUrl, kind } = salesforce;
  return { targetOrg: { username, orgId, instanceUrl, kind }, oktaOrg: { url: okta.url, id: okta.id } };
};

export const readSummary = async (world: World<Context>): Promise<PairSummary> => {
  const { intent } = world.context;
  const [orgs, { app }, user, okta, found] = await Promise.all([
    readOrgs(world),
    world.see(oauthApp),
    world.see(integrationUser),
    world.see(oktaApp),
    world.see(evidence),
  ]);
  const users = okta.kind === 'found' ? okta.users : [];
  return {
    ...orgs,
    ...(app && {
      oauthApp: {
        type: app.type,
        name: app.name,
        ...(app.id && { id: app.id }),
        ...(app.consumerKey && { consumerKey: app.consumerKey }),
      },
    }),
    ...(user.kind === 'found' && { integrationUser: { username: user.user.Username, id: user.user.Id } }),
    ...(okta.kind === 'found' && { oktaApp: { id: okta.app.id, label: okta.app.label } }),
    handshake: { path: await pathOf(world), state: handshakeState(found, intent) },
    existingAssignments: { total: users.length, unprovisioned: unprovisioned(users).length },
  };
};

/** The way that a handshake takes in this world; one that began and could not go on takes another. */
const pathOf = async ({ see, context: { intent } }: World<Context>): Promise<HandshakePath> => {
  if (intent.handshake !== 'auto') return intent.handshake;
  return isOauth(await see(probe)) ? 'api' : 'console';
};
