/** A round trip as it goes: stages on a terminal, plain lines elsewhere; and what a person takes away from it. */
import { Messages } from '@salesforce/core';
import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { CheckResult } from '../engine/check.ts';
import { visible } from './characters.ts';
import { shown } from './text.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.test');

type HopEvent =
  { readonly type: 'started'; readonly id: string } | { readonly type: 'ended'; readonly result: CheckResult };

interface HopProgress {
  readonly emit: (event: HopEvent) => void;
  readonly stop: () => void;
}

const titleOf = (id: string): string => messages.getMessage(`hop.${id}`);

export const hopLines = (log: (line: string) => void): HopProgress => ({
  emit: (event) => {
    if (event.type === 'started') log(`${titleOf(event.id)} ...`);
    else log(`${event.result.status.padEnd(8)} ${titleOf(event.result.id)}: ${shown(event.result.actual)}`);
  },
  stop: () => {},
});

export const hopStages = (ids: readonly string[]): HopProgress => {
  const stages = new MultiStageOutput({
    jsonEnabled: false,
    title: messages.getMessage('title'),
    stages: ids.map(titleOf),
  });
  let worst: 'completed' | 'failed' = 'completed';
  return {
    emit: (event) => {
      if (event.type === 'started') stages.goto(titleOf(event.id));
      else if (event.result.status !== 'pass') worst = 'failed';
    },
    stop: () => stages.stop(worst),
  };
};

/** What will be done, before it is agreed to. */
export const planLines = ({
  traveller: { login, own, oktaUser },
  profileName,
  app,
  impossible,
}: {
  readonly traveller: { readonly login: string; readonly own: boolean; readonly oktaUser?: object };
  readonly profileName?: string;
  readonly app?: { readonly label: string };
  readonly impossible?: { readonly why: string };
}): string[] => {
  if (impossible) return [messages.getMessage('plan.impossible', [visible(impossible.why)])];
  const who = own ? (oktaUser ? 'again' : 'new') : 'smoke';
  return [
    messages.getMessage(`plan.${who}`, [visible(login)]),
    messages.getMessage('plan.app', [
      visible(app?.label ?? ''),
      profileName === undefined ? '' : ` ${messages.getMessage('plan.profile', [visible(profileName)])}`,
    ]),
    messages.getMessage('plan.after'),
  ];
};

/** Times, and what is left, where stages told neither: lines of passed claims show no more than their titles. */
export const tripLines = (checks: ReadonlyArray<Pick<CheckResult, 'id' | 'actual' | 'status'>>): string[] => [
  '',
  ...checks
    .filter(({ id, status }) => status === 'pass' && id !== 'test.attributes')
    .map(({ id, actual }) => `${titleOf(id)}: ${shown(actual)}`),
  '',
];
