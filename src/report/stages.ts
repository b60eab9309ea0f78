/** Events → stages on a terminal, plain lines elsewhere. */
import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { Instruction } from '../engine/step.ts';
import type { Emit, StepEvent } from '../engine/runner.ts';
import { titleOf } from './report.ts';
import { eventLines, numbered } from './text.ts';

export interface Progress {
  readonly emit: Emit;
  /** Leaves the screen in its last state; `aborted` where the run did not come to its end. */
  readonly stop: (how: 'completed' | 'aborted') => void;
}

/** Plain lines, each as soon as it is known. */
export const linesProgress = (log: (line: string) => void): Progress => {
  let said: string | undefined;
  return {
    emit: (event) => {
      // What is seen of a task changes more often than what is to be done.
      if (event.type === 'waiting' && !event.final && event.instruction.summary === said) return;
      if (event.type === 'waiting') said = event.instruction.summary;
      eventLines(event).forEach(log);
    },
    stop: () => {},
  };
};

/** One line a step, live; what a person must do stands below while it is open. */
export const stagesProgress = (title: string, steps: readonly string[]): Progress => {
  const stages = new MultiStageOutput<{ instruction: string }>({
    jsonEnabled: false,
    title,
    stages: steps.map(titleOf),
    postStagesBlock: [{ type: 'message', get: (data) => data?.instruction }],
  });
  let ended = false;
  const end = (how: 'completed' | 'failed' | 'paused' | 'aborted'): void => {
    if (!ended) stages.stop(how);
    ended = true;
  };
  return { emit: (event) => show(stages, event, end), stop: end };
};

const MARK = { done: '[x]', open: '[ ]', problem: '[!]' };

/** The checklist of the companion page, and below it the words of what is to be done now. */
const instructionText = ({ summary, details, tasks = [] }: Instruction): string =>
  [
    '',
    ...tasks.map(({ title, state, seen }) => `${MARK[state]} ${title}${seen ? `: ${seen}` : ''}`),
    ...(tasks.length > 0 ? [''] : []),
    summary,
    ...numbered(details),
  ].join('\n');

const show = (
  stages: MultiStageOutput<{ instruction: string }>,
  event: StepEvent,
  end: (how: 'failed' | 'paused') => void
): void => {
  if (event.type === 'started') stages.goto(titleOf(event.step), { instruction: '' });
  if (event.type === 'waiting' && event.final) {
    stages.updateData({ instruction: '' }); // it follows, in full, under "Next"
    end('paused');
  }
  if (event.type === 'waiting' && !event.final) stages.updateData({ instruction: instructionText(event.instruction) });
  if (event.type === 'failed') end('failed');
};
