/** How a run waits: until the time is up, something is worth a look, or a signal ends it. */
import { expect } from 'chai';
import { sleepFor } from '../../src/clients/pause.ts';
import { patienceFor } from '../../src/session.ts';
import { rejection } from '../helpers/rejection.ts';

/** Longer than any test runs: a pause that is not cut short makes its test fail. */
const LONG = 30 * 60_000;

describe('patience', () => {
  it('ends a pause as soon as there is something to look at', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const pausing = patienceFor(60, new AbortController().signal, sleepFor).pause(LONG, promise);
    resolve();
    expect(await pausing).to.equal(true);
  });

  it('ends a pause by a signal, whatever else it waits for', async () => {
    const abort = new AbortController();
    const pausing = patienceFor(60, abort.signal, sleepFor).pause(LONG, new Promise(() => {}));
    abort.abort();
    expect(await rejection(pausing)).to.be.instanceOf(Error);
  });

  it('lets the whole pause pass where nothing comes', async () => {
    const asked: number[] = [];
    const pause = async (milliseconds: number): Promise<void> => void asked.push(milliseconds);
    expect(await patienceFor(60, new AbortController().signal, pause).pause(15_000)).to.equal(true);
    expect(asked).to.deep.equal([15_000]);
  });

  it('has none left when the time is up, and does not wait', async () => {
    const patience = patienceFor(0, new AbortController().signal, sleepFor);
    expect([patience.over(), await patience.pause(LONG)]).to.deep.equal([true, false]);
  });
});
