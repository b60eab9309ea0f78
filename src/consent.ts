/** What stands against a run → an agreement or an error, before the first write. product rule: what is in use is not touched. */
import type { Change, Obstacle } from './engine/change.ts';
import { InputError } from './errors.ts';

export interface Blocked {
  readonly step: string;
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
}

/**
 * `show` is told every change that needs an agreement, also where nobody can give it. `ask` puts one obstacle to a person and
 * tells whether they agree; undefined where there is nobody to ask.
 */
export const settleObstacles = async (
  blocked: readonly Blocked[],
  adopt: boolean,
  show: (changes: readonly Change[]) => void,
  ask: ((obstacle: Obstacle) => Promise<boolean>) | undefined
): Promise<void> => {
  const of = (kind: Obstacle['kind']): Array<{ obstacle: Obstacle; changes: readonly Change[] }> =>
    blocked.flatMap(({ obstacles, changes }) =>
      obstacles.filter((obstacle) => obstacle.kind === kind).map((obstacle) => ({ obstacle, changes }))
    );
  refuse(of('refused').map(({ obstacle }) => obstacle));
  if (adopt) return;
  const inUse = of('in-use');
  for (const { obstacle, changes } of inUse) {
    show(changes);
    if (ask && !(await ask(obstacle))) refuse([obstacle]);
  }
  if (!ask) refuse(inUse.map(({ obstacle }) => obstacle));
};

const refuse = (obstacles: readonly Obstacle[]): void => {
  if (obstacles.length === 0) return;
  throw new InputError(obstacles.map(({ reason }) => reason).join(' '), [
    ...new Set(obstacles.flatMap(({ actions }) => actions)),
  ]);
};
