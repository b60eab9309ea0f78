/** What each command advises when a service gives no answer: its own words, for what it does when it is run again. */
import { expect } from 'chai';
import type { Fault } from '../../src/simulator/index.ts';
import { healthyPair, NAMED, argvOf } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { setupCommand, testCommand, verifyCommand } from '../helpers/pairCommands.ts';

const ARGV = argvOf(NAMED);
const FAULTS: ReadonlyArray<Fault['with']> = ['drop', 503, 403, 429];

describe('advice after an answer that did not come', () => {
  let pair: Pair;
  before(async () => {
    pair = await healthyPair('external-client-app');
  });
  after(async () => pair.stop());

  const during = async <T>(fault: Omit<Fault, 'times'>, work: () => Promise<T>): Promise<T> => {
    const mend = [pair.sim.okta, pair.sim.salesforce].map((vendor) => vendor.fail({ ...fault, times: Infinity }));
    try {
      return await work();
    } finally {
      mend.forEach((end) => end());
    }
  };

  for (const fault of FAULTS)
    it(`is to run it again, in verify and test, which go on from nothing (${String(fault)})`, async () => {
      for (const on of [/GET \/api\/v1\/apps/, /FROM OauthToken|FROM User /, /./]) {
        const verified = (await during({ on, with: fault }, async () => verifyCommand(pair, ARGV))).json;
        const claims = (verified.result?.checks ?? []).filter(({ status }) => status === 'unknown');
        const advice = [...(verified.actions ?? []), ...claims.map(({ action }) => action ?? '')];
        expect(advice, String(on)).to.not.be.empty;
        expect(advice.filter((text) => text === '' || text.includes('goes on from'))).to.deep.equal([]);
        const tested = (await during({ on, with: fault }, async () => testCommand(pair, [...ARGV, '--no-prompt'])))
          .json;
        expect((tested.actions ?? []).filter((text) => text.includes('goes on from'))).to.deep.equal([]);
      }
    });

  it('is to run it again, in setup, which goes on from what is there once a step failed', async () => {
    const flags = [...ARGV, '--app-name', 'Another', '--app-label', 'Another'];
    const stop = pair.sim.salesforce.fail({ on: /createMetadata/, with: 'drop', times: Infinity });
    const { exitCode, json } = await setupCommand(pair, [...flags, '--okta-app-label', 'Another']);
    stop();
    expect(exitCode, json.message).to.equal(1);
    expect(json.actions?.join(' '))
      .to.include('Then run the same command again.')
      .and.include('the same command goes on from what is there');
  });
});
