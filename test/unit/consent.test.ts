/** Who is asked what before the first write, and what ends the run instead. */
import { expect } from 'chai';
import { settleObstacles, type Blocked } from '../../src/consent.ts';
import type { Choice, Obstacle } from '../../src/engine/change.ts';
import { InputError } from '../../src/errors.ts';
import { rejection } from '../helpers/rejection.ts';

const WHICH: Obstacle = {
  kind: 'refused',
  reason: '2 apps: A (3 users); B (none).',
  actions: ['Say which by --okta-app-id.'],
  choice: {
    question: 'Which one?',
    sets: '--okta-app-id',
    options: [
      { value: 'A', facts: '3 users' },
      { value: 'B', facts: 'none' },
    ],
  },
};
const NEVER: Obstacle = { kind: 'refused', reason: 'The user is frozen.', actions: ['Unfreeze it.'] };
const USED: Obstacle = { kind: 'in-use', reason: 'The app is in use.', actions: ['Add --adopt.'] };
const blocked = (...obstacles: Obstacle[]): Blocked[] => [{ step: 'okta.app', changes: [], obstacles }];

describe('what stands against a run', () => {
  let asked: string[];
  beforeEach(() => (asked = []));
  const person = {
    show: (): void => {},
    ask: async ({ reason }: Obstacle): Promise<boolean> => asked.push(reason) > 0,
    choose: async ({ question, options }: Choice): Promise<string> => {
      asked.push(question);
      return options[1]?.value ?? '';
    },
  };

  it('is a question where a person can choose, and what they choose is as good as the flag', async () => {
    const chosen = await settleObstacles(blocked(WHICH), { ...person, adopt: false });
    expect(chosen).to.deep.equal({ flag: '--okta-app-id', value: 'B' });
    expect(asked).to.deep.equal(['Which one?']);
  });

  it('is chosen before anything is agreed to, since the agreement is about what is chosen', async () => {
    await settleObstacles(blocked(USED, WHICH), { ...person, adopt: false });
    expect(asked).to.deep.equal(['Which one?']);
  });

  it('is still a question with --adopt, which says nothing of which', async () => {
    const chosen = await settleObstacles(blocked(WHICH), { ...person, adopt: true });
    expect(chosen?.value).to.equal('B');
  });

  it('ends the run where nobody is there, with every candidate and the flag', async () => {
    const error = await rejection(settleObstacles(blocked(WHICH), { show: () => {}, adopt: true }));
    expect(error).to.be.instanceOf(InputError);
    expect((error as InputError).message).to.include('A (3 users); B (none)');
    expect((error as InputError).actions).to.deep.equal(['Say which by --okta-app-id.']);
  });

  it('asks nothing where the run would be refused all the same', async () => {
    const error = await rejection(settleObstacles(blocked(WHICH, NEVER), { ...person, adopt: false }));
    expect(error).to.be.instanceOf(InputError);
    expect((error as InputError).message)
      .to.include('frozen')
      .and.to.include('2 apps');
    expect(asked).to.deep.equal([]);
  });

  it('is nothing once all is agreed to', async () => {
    expect(await settleObstacles(blocked(USED), { ...person, adopt: false })).to.equal(undefined);
    expect(asked).to.deep.equal([USED.reason]);
  });
});
