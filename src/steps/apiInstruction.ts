/** What a person does for the handshake by API. The link itself is in no instruction: it holds Okta's `state`. */
import { Messages } from '@salesforce/core';
import type { Instruction, Task } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import type { Evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { wrongUser } from './consoleGuide.ts';
import { wrongUserDetails } from './consoleInstruction.ts';
import { namesOf, type Names } from './consoleNames.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'apiHandshake');
const handshakeMessages = Messages.loadMessages('sf-plugin-okta', 'handshake');

const CONNECTION = 'okta.connection';

export const apiInstruction = async (
  world: World<Context>,
  found: Evidence,
  stage: 'approve' | 'proof'
): Promise<Instruction> => {
  const names = await namesOf(world);
  const tasks = tasksOf(names, found);
  const tokens = stage === 'approve' ? [names.username] : [];
  if (found.state === 'wrong-user')
    return {
      summary: handshakeMessages.getMessage('wrongUser', [names.username]),
      details: [revoke(names), ...messages.getMessages('approve.details', [names.username])],
      tasks,
    };
  return {
    summary: messages.getMessage(stage, tokens),
    details: [...failureLines(found), ...messages.getMessages(`${stage}.details`, tokens)],
    tasks,
  };
};

/** Where there is nobody to approve: all that is left to say is how to go on. */
export const nobodyThere = async (world: World<Context>, found: Evidence): Promise<Instruction> => {
  const names = await namesOf(world);
  return {
    summary:
      found.state === 'wrong-user'
        ? handshakeMessages.getMessage('wrongUser', [names.username])
        : messages.getMessage('nobody', [names.username]),
    details: [
      ...(found.state === 'wrong-user' ? [revoke(names)] : []),
      ...failureLines(found),
      ...messages.getMessages('nobody.details'),
    ],
    tasks: tasksOf(names, found),
  };
};

const revoke = (names: Names): string => wrongUserDetails(names)[0] ?? '';

const failureLines = ({ failure }: Evidence): string[] =>
  failure ? handshakeMessages.getMessages('failure', [failure.what, failure.at]) : [];

const tasksOf = (names: Names, found: Evidence): Task[] => {
  const { username } = names;
  const common = { step: CONNECTION, values: [] };
  const failed = found.failure
    ? handshakeMessages.getMessage('task.failure', [found.failure.what, found.failure.at])
    : undefined;
  const wrong = found.state === 'wrong-user' ? wrongUser(names) : undefined;
  const approval = found.grant
    ? messages.getMessage('task.approve.seen', [username, found.grant.grantedAt ?? ''])
    : (wrong ?? failed);
  const proof = found.proof ? messages.getMessage('task.prove.seen', [found.proof.what, found.proof.at]) : failed;
  return [
    {
      ...common,
      id: 'approve',
      title: messages.getMessage('task.approve', [username]),
      state: stateOf(found.grant !== undefined, approval !== undefined),
      lines: messages.getMessages('task.approve.lines', [username]),
      ...(approval !== undefined && { seen: approval }),
    },
    {
      ...common,
      id: 'prove',
      title: messages.getMessage('task.prove'),
      state: stateOf(found.state === 'connected', found.grant !== undefined && failed !== undefined),
      lines: messages.getMessages('task.prove.lines'),
      ...(found.grant && proof !== undefined && { seen: proof }),
    },
  ];
};

const stateOf = (done: boolean, problem: boolean): Task['state'] => {
  if (done) return 'done';
  return problem ? 'problem' : 'open';
};
