/** What stands against a run → an agreement, a choice or an error, before the first write. What is in use is not touched. */
import type { Change, Choice, Obstacle } from './engine/change.ts';
import { InputError } from './errors.ts';

export interface Blocked {
  readonly step: string;
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
}

/** Whoever can be asked. Absent questions are those that nobody is there to answer. */
interface Consent {
  readonly adopt: boolean;
  /** Is told every change that needs an agreement, also where nobody can give it. */
  readonly show: (changes: readonly Change[]) => void;
  /** Whether a person agrees to what stands against a change. */
  readonly ask?: ((obstacle: Obstacle) => Promise<boolean>) | undefined;
  /** The value that a person chooses. */
  readonly choose?: ((choice: Choice) => Promise<string>) | undefined;
}

/** What a person has chosen: as if the flag had said so. All is to be read and settled again. */
export interface Chosen {
  readonly flag: string;
  readonly value: string;
}

/** Throws an InputError where something stands against the run for good. A question is asked only where nothing else does. */
export const settleObstacles = async (
  blocked: readonly Blocked[],
  { adopt, show, ask, choose }: Consent
): Promise<Chosen | undefined> => {
  const of = (kind: Obstacle['kind']): Array<{ obstacle: Obstacle; changes: readonly Change[] }> =>
    blocked.flatMap(({ obstacles, changes }) =>
      obstacles.filter((obstacle) => obstacle.kind === kind).map((obstacle) => ({ obstacle, changes }))
    );
  const refused = of('refused').map(({ obstacle }) => obstacle);
  const final = choose ? refused.filter(({ choice }) => !choice) : refused;
  if (final.length > 0) refuse(refused);
  const [open] = refused.flatMap(({ choice }) => choice ?? []);
  if (choose && open) return { flag: open.sets, value: await choose(open) };
  if (adopt) return undefined;
  const inUse = of('in-use');
  for (const { obstacle, changes } of inUse) {
    show(changes);
    if (ask && !(await ask(obstacle))) refuse([obstacle]);
  }
  if (!ask) refuse(inUse.map(({ obstacle }) => obstacle));
  return undefined;
};

const refuse = (obstacles: readonly Obstacle[]): void => {
  if (obstacles.length === 0) return;
  throw new InputError(obstacles.map(({ reason }) => reason).join(' '), [
    ...new Set(obstacles.flatMap(({ actions }) => actions)),
  ]);
};
