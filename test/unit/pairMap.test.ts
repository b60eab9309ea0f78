import { expect } from 'chai';
import type { Status } from '../../src/engine/check.ts';
import { stateOf } from '../../src/report/html/map.ts';

describe('a part on the map of the pair', () => {
  const state = (...checks: Array<[string, Status]>): Status | undefined =>
    stateOf(
      { checks: checks.map(([id, status]) => ({ id, status, title: id, expected: null, actual: null, evidence: [] })) },
      ['okta.connection', 'okta.log']
    );

  it('is not proven by a quiet log where the connection cannot be observed', () => {
    expect(state(['okta.connection', 'skipped'], ['okta.log', 'pass'])).to.equal('skipped');
  });

  it('has failed where its log tells of a failure', () => {
    expect(state(['okta.connection', 'skipped'], ['okta.log', 'fail'])).to.equal('fail');
  });

  it('is proven where all its claims are', () => {
    expect(state(['okta.connection', 'pass'], ['okta.log', 'pass'])).to.equal('pass');
  });

  it('has no state where none of its claims was looked at', () => {
    expect(state()).to.equal(undefined);
  });
});
