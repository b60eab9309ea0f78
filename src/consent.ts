/** What stands against a run → an agreement or an error, before the first write. product rule: what is in use is not touched. */
import type { Change, Obstacle } from './engine/change.ts';
import { InputError } from './errors.ts';

export interface Blocked {
  readonly step: string;
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
}

/** `ask` shows one obstacle and its changes to a person and tells whether they agree; undefined where there is nobody to ask. */
export const settleObstacles = async (
  blocked: readonly Blocked[],
  adopt: boolean,
  ask: ((obstacle: Obstacle, changes: readonly Change[]) => Promise<boolean>) | undefined
): Promise<void> => {
  const of = (kind: Obstacle['kind']): Array<{ obstacle: Obstacle; changes: readonly Change[] }> =>
    blocked.flatMap(({ obstacles, changes }) =>
      obstacles.filter((obstacle) => obstacle.kind === kind).map((obstacle) => ({ obstacle, changes }))
    );
  refuse(of('refused').map(({ obstacle }) => obstacle));
  if (adopt) return;
  for (const { obstacle, changes } of of('in-use')) {
    if (!ask) refuse(of('in-use').map((one) => one.obstacle));
    else if (!(await ask(obstacle, changes))) refuse([obstacle]);
  }
};

const refuse = (obstacles: readonly Obstacle[]): void => {
  if (obstacles.length === 0) return;
  throw new InputError(obstacles.map(({ reason }) => reason).join(' '), [
    ...new Set(obstacles.flatMap(({ actions }) => actions)),
  ]);
};
