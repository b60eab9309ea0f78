/** Events → stages on a terminal, plain lines elsewhere. */
import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { Emit } from '../engine/runner.ts';
import type { Task } from '../engine/step.ts';
import { titleOf } from './report.ts';
import { eventLines, indented } from './text.ts';

export interface Progress {
  readonly emit: Emit;
  /** Leaves the screen in its last state; `aborted` where the run did not come to its end. */
  readonly stop: (how: 'completed' | 'aborted') => void;
}

const TASK_MARK = { open: '[ ]', done: '[x]', problem: '[!]' };

/** Plain lines, each as soon as it is known, and nothing twice: what is seen of a task changes more often than what is to be done. */
export const linesProgress = (log: (line: string) => void): Progress => {
  let said: string | undefined;
  const seen = new Map<string, Task['state']>();
  const tellTask = ({ id, title, state, seen: what }: Task): void => {
    if ((seen.get(id) ?? 'open') !== state) log(indented(`${TASK_MARK[state]} ${title}${what ? `: ${what}` : ''}`));
    seen.set(id, state);
  };
  return {
    emit: (event) => {
      if (event.type !== 'waiting' || event.final) {
        eventLines(event).forEach(log);
        return;
      }
      event.instruction.tasks?.forEach(tellTask);
      if (event.instruction.summary !== said) eventLines(event).forEach(log);
      said = event.instruction.summary;
    },
    stop: () => {},
  };
};

/**
 * One line a step, live, until a person must act. From then on plain lines: the stages would squeeze an instruction out of
 * a low terminal and break what is to be copied.
 */
export const stagesProgress = (title: string, steps: readonly string[], log: (line: string) => void): Progress => {
  const stages = new MultiStageOutput({ jsonEnabled: false, title, stages: steps.map(titleOf) });
  const lines = linesProgress(log);
  let live = true;
  const end = (how: 'completed' | 'failed' | 'paused' | 'aborted'): void => {
    if (live) stages.stop(how);
    live = false;
  };
  return {
    emit: (event) => {
      if (!live) lines.emit(event);
      else if (event.type === 'started') stages.goto(titleOf(event.step));
      else if (event.type === 'failed') end('failed');
      else if (event.type === 'waiting') {
        end('paused');
        lines.emit(event);
      }
    },
    stop: end,
  };
};
