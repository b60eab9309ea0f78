/** Events → stages on a terminal, plain lines elsewhere. */
import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { Emit } from '../engine/runner.ts';
import { titleOf } from './report.ts';
import { eventLines } from './text.ts';

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

/**
 * One line a step, live, until a person must act. From then on plain lines: the stages would squeeze an instruction out of
 * a low terminal and break what is to be copied.
 */
export const stagesProgress = (title: string, steps: readonly string[], log: (line: string) => void): Progress => {
  const stages = new MultiStageOutput({ jsonEnabled: false, title, stages: steps.map(titleOf) });
  let live = true;
  const end = (how: 'completed' | 'failed' | 'paused' | 'aborted'): void => {
    if (live) stages.stop(how);
    live = false;
  };
  return {
    emit: (event) => {
      if (!live) eventLines(event).forEach(log);
      else if (event.type === 'started') stages.goto(titleOf(event.step));
      else if (event.type === 'failed') end('failed');
      else if (event.type === 'waiting') {
        end('paused');
        eventLines(event).forEach(log);
      }
    },
    stop: end,
  };
};
