/**
 * The handshake on the two consoles as tasks, each with its menu path, what is to be entered, and what the orgs say of it.
 * contracts/okta.md §9.3, §10
 */
import { Messages } from '@salesforce/core';
import type { Task } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import { evidence, type Evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { diffFeatures } from '../resources/features.ts';
import { oktaApp } from '../resources/oktaApp.ts';
import { propagation, type Propagation } from '../resources/propagation.ts';
import { namesOf, type Names } from './consoleNames.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'handshake');

const CONNECTION = 'okta.connection';

export const consoleGuide = async (world: World<Context>): Promise<Task[]> => {
  const [names, found, known, app] = await Promise.all([
    namesOf(world),
    world.see(evidence),
    world.see(propagation),
    world.see(oktaApp),
  ]);
  const ticked = app.kind === 'found' && diffFeatures(app, world.context.intent).length === 0;
  const tab = (anchor: string): string => `${names.provisioningUrl}#tab-user-management/${anchor}`;
  return [
    {
      ...task('consumer', CONNECTION, found.grant !== undefined),
      where: { path: names.consumerPath, url: names.consumerUrl },
      lines: messages.getMessages(`task.consumer.lines.${names.oauthAppType}`),
    },
    {
      ...task('enter', CONNECTION, found.grant !== undefined),
      where: { path: names.integrationPath, url: tab('api-credentials') },
      lines: messages.getMessages('task.enter.lines'),
      values: [
        { name: messages.getMessage('value.key'), value: names.consumerKey },
        { name: messages.getMessage('value.secret') },
      ],
    },
    { ...task('authenticate', CONNECTION, false, [names.username]), ...authentication(names, found, known) },
    {
      ...task('save', CONNECTION, found.state === 'connected'),
      lines: messages.getMessages('task.save.lines'),
      ...saved(found),
    },
    {
      ...task('toApp', 'okta.features', ticked),
      where: { path: names.toAppPath, url: tab('create-n-update') },
      lines: messages.getMessages('task.toApp.lines', [names.boxes]),
      ...(ticked && { seen: messages.getMessage('task.toApp.seen', [names.boxes]) }),
    },
  ];
};

const task = (id: string, step: string, done: boolean, tokens: string[] = []): Task => ({
  id,
  step,
  title: messages.getMessage(`task.${id}`, tokens),
  state: done ? 'done' : 'open',
  lines: [],
  values: [],
});

const authentication = (names: Names, found: Evidence, known: Propagation): Partial<Task> => {
  const { username } = names;
  const common = {
    lines: [
      ...messages.getMessages('task.authenticate.lines', [username]),
      ...(known.state === 'not-yet' ? messages.getMessages('task.authenticate.notYet', [known.answer]) : []),
    ],
    values: [{ name: messages.getMessage('value.username'), value: username }],
  };
  if (found.grant) {
    const seen = messages.getMessage('task.authenticate.seen', [username, found.grant.grantedAt ?? '']);
    return { ...common, state: 'done', seen };
  }
  if (found.state === 'wrong-user') return { ...common, state: 'problem', seen: wrongUser(names) };
  return { ...common, ...failure(found) };
};

export const wrongUser = ({ username, oauthAppLabel, usagePath }: Names): string =>
  messages.getMessage('task.authenticate.wrongUser', [username, oauthAppLabel, usagePath, username]);

const saved = (found: Evidence): Partial<Task> => {
  if (found.proof) return { seen: messages.getMessage('task.save.seen', [found.proof.what, found.proof.at]) };
  return found.grant ? failure(found) : {};
};

const failure = ({ failure: failed }: Evidence): Partial<Task> =>
  failed ? { state: 'problem', seen: messages.getMessage('task.failure', [failed.what, failed.at]) } : {};
