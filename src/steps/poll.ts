import { WaitingForPerson, type Instruction } from '../engine/step.ts';
import type { Patience } from '../resources/context.ts';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/** What is still to be done by a person, and how to look again. */
interface Open {
  readonly instruction: Instruction;
  readonly again: () => Promise<void>;
}

/** Looks until nothing is open, ever less often; when the time is up, ends with the instruction. */
export const poll = async (patience: Patience, look: () => Promise<Open | undefined>): Promise<void> => {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const open = await look();
    if (!open) return;
    if (!(await patience.pause(pause))) throw new WaitingForPerson(open.instruction);
    await open.again();
  }
};
