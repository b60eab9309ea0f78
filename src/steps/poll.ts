import { WaitingForPerson, type Instruction, type Working } from '../engine/step.ts';
import type { Patience } from '../resources/context.ts';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/** What is still to be done by a person, and how to look again. */
interface Open {
  readonly instruction: Instruction;
  readonly again: () => Promise<void>;
  /** What makes the next look worth while at once. */
  readonly sooner?: Promise<void> | undefined;
}

/** Looks until nothing is open, ever less often, and says what is each time that it changes. Ends with it when the time is up. */
export const poll = async (
  patience: Patience,
  working: Working,
  look: () => Promise<Open | undefined>
): Promise<void> => {
  let said: string | undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const open = await look();
    if (!open) return;
    if (patience.over()) throw new WaitingForPerson(open.instruction);
    const now = JSON.stringify(open.instruction);
    if (now !== said) working.waiting(open.instruction);
    said = now;
    if (!(await patience.pause(pause, open.sooner))) throw new WaitingForPerson(open.instruction);
    await open.again();
  }
};
