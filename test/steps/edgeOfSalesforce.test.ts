/**
 * Answers that Salesforce's API never gives, to all calls of a run from each one on: a page, nothing, JSON of another
 * shape. Each ends as an error of ours with an action, never as the exit code of a bug, and the next call asks for nothing odd.
 */
import { expect } from 'chai';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld, type SalesforceKnobs } from '../../src/simulator/salesforce/index.ts';
import type { Fault } from '../../src/simulator/index.ts';
import { Pair } from '../helpers/pair.ts';
import { logIn, setupCommand } from '../helpers/pairCommands.ts';

const json = (text: string): Fault['with'] => ({
  change: () => new Response(text, { headers: { 'content-type': 'application/json' } }),
});
const ANSWERS: ReadonlyArray<readonly [what: string, answer: Fault['with']]> = [
  ['a page', 'html'],
  ['nothing', json('')],
  ['an object without what is documented', json('{"records": [{}]}')],
];
const OURS = /^(Salesforce\w*Error|ConnectedAppRefusedError|NotAcceptedError)$/;
/** What a library or the language would say. */
const NOT_OURS = /invalid_type|Unexpected (token|end)|TypeError|Cannot read|is not (a function|iterable)|\[object/;

const WORLDS: ReadonlyArray<readonly [what: string, flags: readonly string[], Partial<SalesforceKnobs>]> = [
  ['setup', [], {}],
  [
    'setup by deploy',
    ['--app-type', 'connected-app'],
    { allowConnectedAppCreation: true, crudRefusedTypes: ['ConnectedApp'] },
  ],
];

for (const [run, argv, knobs] of WORLDS)
  describe(`${run}, where something else than Salesforce answers from some call on`, () => {
    let pair: Pair;
    before(async () => {
      const world = documentedWorld();
      const salesforce = { ...world, knobs: { ...world.knobs, ...knobs } };
      pair = await Pair.start({ scenario: { salesforce: () => salesforce, okta: oktaWorld } });
      await logIn(pair);
    });
    after(async () => pair.stop());

    for (const [what, answer] of ANSWERS)
      it(`ends as an error of ours, whichever call is the first to get ${what}`, async function () {
        this.timeout(120_000);
        const ends = new Map<number, number>();
        for (let [number, struck] = [1, true]; struck; number += 1) {
          const restore = pair.capture();
          const asked = pair.sim.salesforce.requests.length;
          const mend = pair.sim.salesforce.fail({ on: number, with: answer, times: Infinity });
          const { exitCode, json: told } = await setupCommand(pair, argv);
          mend();
          struck = pair.sim.salesforce.requests.length - asked >= number;
          const where = `call ${number}, ${pair.sim.salesforce.requests[asked + number - 1]?.operation}: ${told.message}`;
          expect([1, 69], where).to.include(exitCode);
          if (exitCode === 1) {
            expect((told as { name?: string }).name, where).to.match(OURS);
            expect(told.message, where).to.not.match(NOT_OURS);
            expect(told.actions, where).to.not.be.empty;
          }
          ends.set(exitCode, (ends.get(exitCode) ?? 0) + 1);
          await restore(); // fails where the simulator was asked for what it does not know
        }
        expect(ends.get(1), 'runs that it ended').to.be.greaterThan(5);
      });
  });

describe('a deploy that a page answers', () => {
  it('is an error, and nobody asks what became of a deploy without an id', async () => {
    const pair = await Pair.start({ scenario: { salesforce: documentedWorld, okta: oktaWorld } });
    await logIn(pair);
    pair.sim.salesforce.fail({ on: /createMetadata|:?deploy[ >]/, with: 'html', times: Infinity });
    const { exitCode, json: told } = await setupCommand(pair);
    expect(exitCode).to.equal(1);
    expect(told.message).to.include('a proxy or a sign-in page may be in between');
    const { requests } = pair.sim.salesforce;
    expect(requests.filter(({ path }) => path.includes('deployRequest'))).to.deep.equal([]);
    await pair.stop();
  });
});
