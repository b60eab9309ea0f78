/** What the page shows: made of the step events alone, so that terminal and page cannot disagree. */
import type { StepEvent } from '../engine/runner.ts';
import type { Task } from '../engine/step.ts';

export interface PageState {
  readonly tasks: readonly Task[];
  /** What is to be done now, in a sentence. */
  readonly summary: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  /** The command that goes on from here. */
  readonly command: string;
  readonly ended?: Ending;
}

export interface Ending {
  readonly kind: 'connected' | 'waiting' | 'interrupted' | 'failed';
  readonly message: string;
}

/** The state after an event. */
export const after = (state: PageState, event: StepEvent): PageState => {
  if (event.type === 'waiting') {
    const { tasks = [], summary } = event.instruction;
    return { ...state, tasks: tasks.length > 0 ? tasks : state.tasks, summary };
  }
  if (event.type !== 'changed' && event.type !== 'unchanged') return state;
  const tasks = state.tasks.map((task) => (task.step === event.step ? { ...task, state: 'done' as const } : task));
  return { ...state, tasks };
};
