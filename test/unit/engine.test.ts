import { expect } from 'chai';
import { compare, differences } from '../../src/engine/comparison.ts';
import { World, type Resource } from '../../src/engine/world.ts';
import { inOrder } from '../../src/plan.ts';
import { STEPS } from '../../src/steps/index.ts';
import { CHECKS } from '../../src/checks/index.ts';
import { thrown } from '../helpers/rejection.ts';

describe('world', () => {
  const counting = (): { reads: string[]; base: Resource<number, null>; derived: Resource<number, null> } => {
    const reads: string[] = [];
    const base: Resource<number, null> = {
      id: 'base',
      read: async () => reads.push('base'),
    };
    const derived: Resource<number, null> = {
      id: 'derived',
      read: async ({ see }) => {
        reads.push('derived');
        return see(base);
      },
    };
    return { reads, base, derived };
  };

  it('reads a resource once, however many ask at a time', async () => {
    const { reads, base, derived } = counting();
    const world = new World(null);
    await Promise.all([world.see(base), world.see(derived), world.see(base)]);
    expect(reads.sort()).to.deep.equal(['base', 'derived']);
  });

  it('forgets what was derived from what it forgets', async () => {
    const { reads, base, derived } = counting();
    const world = new World(null);
    await world.see(derived);
    world.forget(base);
    await world.see(derived);
    expect(reads).to.deep.equal(['derived', 'base', 'derived', 'base']);
  });

  it('keeps what does not depend on what it forgets', async () => {
    const { reads, base, derived } = counting();
    const world = new World(null);
    await world.see(derived);
    world.forget(derived);
    await world.see(base);
    expect(reads).to.deep.equal(['derived', 'base']);
  });
});

describe('comparison', () => {
  it('does not mind the order of a list', () => {
    expect(compare('x', ['b', 'a'], ['a', 'b']).same).to.equal(true);
    expect(compare('x', ['a'], ['a', 'b']).same).to.equal(false);
  });

  it('tells nothing from a value', () => {
    expect(differences([compare('x', undefined, true), compare('y', false, false)])).to.deep.equal([
      { path: 'x', to: true },
    ]);
  });
});

describe('plan', () => {
  const step = (id: string, ...needs: string[]): (typeof STEPS)[number] =>
    ({ id, needs }) as unknown as (typeof STEPS)[number];

  it('puts each step behind what it needs, and keeps the order otherwise', () => {
    const ordered = inOrder([step('c', 'b'), step('a'), step('b', 'a')]);
    expect(ordered.map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
  });

  it('refuses a circle', () => {
    expect(thrown(() => inOrder([step('a', 'b'), step('b', 'a')])).message).to.include('No order');
  });

  it('leaves the registry in its reading order', () => {
    expect(inOrder(STEPS).map(({ id }) => id)).to.deep.equal(STEPS.map(({ id }) => id));
  });
});

describe('registry of claims', () => {
  it('names each claim once, and only steps that exist', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const steps = new Set(STEPS.map(({ id }) => id));
    for (const { convergedBy } of CHECKS) if (convergedBy !== undefined) expect(steps).to.include(convergedBy);
  });
});
