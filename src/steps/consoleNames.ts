/**
 * What the words for a person on the consoles are filled in with. Deep links change, so each stands beside its menu path;
 * where each path is documented is in docs/sources.md.
 */
import { Messages } from '@salesforce/core';
import type { World } from '../engine/world.ts';
import type { AppType } from '../resources/app.ts';
import type { Context } from '../resources/context.ts';
import { integrationUser } from '../resources/integrationUser.ts';
import { oauthApp } from '../resources/oauthApp.ts';
import { oktaApp } from '../resources/oktaApp.ts';
import { oktaOrg } from '../resources/oktaOrg.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'handshake');

export interface Names {
  readonly setupUrl: string;
  /** The page of key and secret, as near as a link can lead. */
  readonly consumerUrl: string;
  readonly consumerPath: string;
  /** Where approvals of the app are revoked: the two kinds have pages of their own. */
  readonly usagePath: string;
  readonly oauthAppType: AppType;
  readonly oauthAppLabel: string;
  readonly consumerKey: string;
  readonly username: string;
  readonly provisioningUrl: string;
  readonly integrationPath: string;
  readonly toAppPath: string;
  readonly boxes: string;
}

/** The addresses that public tools use for the pages that list the apps; the menu path stands beside them. */
const MANAGERS = {
  'external-client-app': 'ManageExternalClientApplication',
  'connected-app': 'NavigationMenus',
} as const satisfies Record<AppType, string>;

/** The page of key and secret. */
export const consumerPath = ({ type, label }: { readonly type: AppType; readonly label: string }): string =>
  messages.getMessage(`where.consumer.${type}`, [label]);

export const namesOf = async (world: World<Context>): Promise<Names> => {
  const { intent, salesforce } = world.context;
  const [{ app }, user, okta, org] = await Promise.all([
    world.see(oauthApp),
    world.see(integrationUser),
    world.see(oktaApp),
    world.see(oktaOrg),
  ]);
  const { type } = intent.oauthApp;
  const oauthAppLabel = app?.label ?? intent.oauthApp.label;
  const oktaAppLabel = okta.kind === 'found' ? okta.app.label : '';
  return {
    setupUrl: salesforce.instanceUrl,
    consumerUrl: `${salesforce.instanceUrl}/lightning/setup/${MANAGERS[type]}/home`,
    consumerPath: consumerPath({ type, label: oauthAppLabel }),
    usagePath: messages.getMessage(`where.usage.${type}`),
    oauthAppType: type,
    oauthAppLabel,
    consumerKey: app?.consumerKey ?? '',
    username: user.kind === 'found' ? user.user.Username : '',
    provisioningUrl: `${org.adminUrl}/admin/app/salesforce/instance/${okta.kind === 'found' ? okta.app.id : ''}/`,
    integrationPath: messages.getMessage('where.integration', [oktaAppLabel]),
    toAppPath: messages.getMessage('where.toApp', [oktaAppLabel]),
    boxes: intent.oktaApp.features.map((feature) => messages.getMessage(`box.${feature}`)).join(', '),
  };
};
