/** Events → stages on a terminal, plain lines elsewhere. */
import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { Emit, StepEvent } from '../engine/runner.ts';
import { titleOf } from './report.ts';
import { eventLines, numbered } from './text.ts';

export interface Progress {
  readonly emit: Emit;
  /** Leaves the screen in its last state; `aborted` where the run did not come to its end. */
  readonly stop: (how: 'completed' | 'aborted') => void;
}

/** Plain lines, each as soon as it is known. */
export const linesProgress = (log: (line: string) => void): Progress => ({
  emit: (event) => eventLines(event).forEach(log),
  stop: () => {},
});

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
  if (event.type === 'waiting' && !event.final)
    stages.updateData({
      instruction: ['', event.instruction.summary, ...numbered(event.instruction.details)].join('\n'),
    });
  if (event.type === 'failed') end('failed');
};
