/**
 * What a person does on the two consoles, in the words and menu paths of the vendors' pages (contracts/okta.md §9.3, §10;
 * contracts/okta.md §9.1 for Salesforce's; docs/sources.md).
 */
import { Messages } from '@salesforce/core';
import type { Instruction } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import type { Evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { propagation, type Propagation } from '../resources/propagation.ts';
import { consoleGuide } from './consoleGuide.ts';
import { namesOf, type Names } from './consoleNames.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'handshake');

export const consoleInstruction = async (world: World<Context>, found: Evidence): Promise<Instruction> => {
  const [names, known, tasks] = await Promise.all([namesOf(world), world.see(propagation), consoleGuide(world)]);
  return { ...wordsFor(names, found, known), tasks };
};

const wordsFor = (names: Names, found: Evidence, known: Propagation): Instruction => {
  const failure = found.failure ? messages.getMessages('failure', [found.failure.what, found.failure.at]) : [];
  if (found.state === 'unproven')
    return {
      summary: messages.getMessage('unproven'),
      details: [...failure, ...messages.getMessages('unproven.details')],
    };
  if (found.state === 'wrong-user')
    return {
      summary: messages.getMessage('wrongUser', [names.username]),
      details: wrongUserDetails(names),
    };
  if (found.grant)
    return {
      summary: messages.getMessage('save'),
      details: [...failure, ...messages.getMessages('save.details', [names.provisioningUrl, names.integrationPath])],
    };
  return {
    summary: messages.getMessage('connect'),
    details: [
      ...failure,
      ...messages.getMessages(`connect.salesforce.${names.oauthAppType}`, [names.setupUrl, names.consumerPath]),
      ...messages.getMessages('connect.okta', [names.provisioningUrl, names.integrationPath, names.consumerKey]),
      ...messages.getMessages('connect.authenticate', [names.username]),
      ...(known.state === 'not-yet' ? messages.getMessages('connect.notYet', [known.answer]) : []),
      ...messages.getMessages('toApp.details', [names.boxes]),
    ],
  };
};

export const wrongUserDetails = ({ username, oauthAppLabel, usagePath }: Names): string[] =>
  messages.getMessages('wrongUser.details', [oauthAppLabel, usagePath, username]);

export const toAppInstruction = async (world: World<Context>): Promise<Instruction> => {
  const [names, tasks] = await Promise.all([namesOf(world), consoleGuide(world)]);
  return {
    tasks,
    summary: messages.getMessage('toApp', [names.boxes]),
    details: [
      ...messages.getMessages('toApp.open', [names.provisioningUrl, names.toAppPath]),
      ...messages.getMessages('toApp.details', [names.boxes]),
    ],
  };
};
