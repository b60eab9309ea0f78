/** What the words for a person on the consoles are filled in with. Deep links change, so each stands beside its menu path. */
import { Messages } from '@salesforce/core';
import type { World } from '../engine/world.ts';
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
  readonly oauthAppLabel: string;
  readonly consumerKey: string;
  readonly username: string;
  readonly provisioningUrl: string;
  readonly oktaAppLabel: string;
  readonly boxes: string;
}

export const namesOf = async (world: World<Context>): Promise<Names> => {
  const { intent, salesforce } = world.context;
  const [{ app }, user, okta, org] = await Promise.all([
    world.see(oauthApp),
    world.see(integrationUser),
    world.see(oktaApp),
    world.see(oktaOrg),
  ]);
  return {
    setupUrl: salesforce.instanceUrl,
    // The address that public tools use for the External Client App Manager; the menu path stands beside it.
    consumerUrl: `${salesforce.instanceUrl}/lightning/setup/ManageExternalClientApplication/home`,
    oauthAppLabel: app?.header.label ?? intent.oauthApp.label,
    consumerKey: app?.global?.consumerKey ?? '',
    username: user.kind === 'found' ? user.user.Username : '',
    provisioningUrl: `${org.adminUrl}/admin/app/salesforce/instance/${okta.kind === 'found' ? okta.app.id : ''}/`,
    oktaAppLabel: okta.kind === 'found' ? okta.app.label : '',
    boxes: intent.oktaApp.features.map((feature) => messages.getMessage(`box.${feature}`)).join(', '),
  };
};
