/**
 * What a person does on the two consoles, in the words and menu paths of the vendors' pages (contracts/okta.md §9.3, §10;
 * contracts/okta.md §9.1 for Salesforce's). Deep links change, so each stands beside its menu path.
 */
import { Messages } from '@salesforce/core';
import type { Instruction } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import type { Evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { integrationUser } from '../resources/integrationUser.ts';
import { oauthApp } from '../resources/oauthApp.ts';
import { oktaApp } from '../resources/oktaApp.ts';
import { oktaOrg } from '../resources/oktaOrg.ts';
import { propagation } from '../resources/propagation.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'handshake');

interface Names {
  readonly setupUrl: string;
  readonly oauthAppLabel: string;
  readonly consumerKey: string;
  readonly username: string;
  readonly provisioningUrl: string;
  readonly oktaAppLabel: string;
  readonly boxes: string;
}

const namesOf = async (world: World<Context>): Promise<Names> => {
  const { intent, salesforce } = world.context;
  const [{ app }, user, okta, org] = await Promise.all([
    world.see(oauthApp),
    world.see(integrationUser),
    world.see(oktaApp),
    world.see(oktaOrg),
  ]);
  return {
    setupUrl: salesforce.instanceUrl,
    oauthAppLabel: app?.label ?? intent.oauthApp.label,
    consumerKey: app?.consumerKey ?? '',
    username: user.kind === 'found' ? user.user.Username : '',
    provisioningUrl: `${org.adminUrl}/admin/app/salesforce/instance/${okta.kind === 'found' ? okta.app.id : ''}/`,
    oktaAppLabel: okta.kind === 'found' ? okta.app.label : '',
    boxes: intent.oktaApp.features.map((feature) => messages.getMessage(`box.${feature}`)).join(', '),
  };
};

export const consoleInstruction = async (world: World<Context>, found: Evidence): Promise<Instruction> => {
  const [names, known] = await Promise.all([namesOf(world), world.see(propagation)]);
  const failure = found.failure ? messages.getMessages('failure', [found.failure.what, found.failure.at]) : [];
  if (found.state === 'unproven')
    return {
      summary: messages.getMessage('unproven'),
      details: [...failure, ...messages.getMessages('unproven.details')],
    };
  if (found.state === 'wrong-user')
    return {
      summary: messages.getMessage('wrongUser', [names.username]),
      details: messages.getMessages('wrongUser.details', [names.oauthAppLabel, names.username]),
    };
  if (found.grant)
    return {
      summary: messages.getMessage('save'),
      details: [...failure, ...messages.getMessages('save.details', [names.provisioningUrl, names.oktaAppLabel])],
    };
  return {
    summary: messages.getMessage('connect'),
    details: [
      ...failure,
      ...messages.getMessages(`connect.salesforce.${world.context.intent.oauthApp.type}`, [
        names.setupUrl,
        names.oauthAppLabel,
      ]),
      ...messages.getMessages('connect.okta', [names.provisioningUrl, names.oktaAppLabel, names.consumerKey]),
      ...messages.getMessages('connect.authenticate', [names.username]),
      ...(known.state === 'not-yet' ? messages.getMessages('connect.notYet', [known.answer]) : []),
      ...messages.getMessages('toApp.details', [names.boxes]),
    ],
  };
};

export const toAppInstruction = async (world: World<Context>): Promise<Instruction> => {
  const names = await namesOf(world);
  return {
    summary: messages.getMessage('toApp', [names.boxes]),
    details: [
      ...messages.getMessages('toApp.open', [names.provisioningUrl, names.oktaAppLabel]),
      ...messages.getMessages('toApp.details', [names.boxes]),
    ],
  };
};
