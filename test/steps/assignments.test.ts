/** Who was assigned before provisioning was on stays outside Salesforce: told by name, with what to do. contracts/okta.md §14 */
import { expect } from 'chai';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import type { OktaWorld } from '../../src/simulator/index.ts';
import { readNotes } from '../../src/resources/notes.ts';
import { readSummary } from '../../src/resources/summary.ts';
import { Pair } from '../helpers/pair.ts';

const logins = (count: number): string[] => Array.from({ length: count }, (_, index) => `user${index}@acme.example`);
const [USER] = oktaWorld().users;

describe('users who were assigned before', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  const start = async (count: number): Promise<void> => {
    const assigned = logins(count);
    const okta = (): OktaWorld => ({
      ...oktaWorld(),
      users: [...oktaWorld().users, ...assigned.map((login) => ({ ...USER, login }) as OktaWorld['users'][number])],
      apps: [{ label: 'Salesforce.com', features: [], assignments: assigned.map((login) => ({ login })) }],
    });
    pair = await Pair.start({ scenario: { salesforce: salesforceWorld, okta } });
  };
  const note = async (): Promise<string | undefined> => {
    const notes = await readNotes(await pair.world());
    return notes.map(({ text }) => text).find((text) => text.includes('Provision User'));
  };

  it('are nobody, and nothing is said', async () => {
    await start(0);
    expect(await note()).to.equal(undefined);
  });

  it('are counted and named in what is left to do, which is no reason to wait', async () => {
    await start(2);
    expect(await note()).to.match(/^2 of 2 users .*: user0@acme\.example, user1@acme\.example\. .*> Salesforce\.com >/);
    expect((await readNotes(await pair.world())).some(({ open }) => open)).to.equal(false);
    const { existingAssignments } = await readSummary(await pair.world());
    expect(existingAssignments).to.deep.equal({ total: 2, unprovisioned: 2 });
  });

  it('are ten by name, and a number', async () => {
    await start(13);
    expect(await note())
      .to.match(/user9@acme\.example and 3 more\./)
      .and.not.include('user10@');
    const { 'okta.assignments': claim } = await pair.verify();
    expect(claim?.status).to.equal('warn');
    const records = claim?.evidence.map(({ record }) => record) ?? [];
    expect(records).to.have.length(11);
    expect(records[0]).to.match(/^user0@acme\.example \(00u\w+\)$/);
    expect(records.at(-1)).to.equal('and 3 more');
  });

  it('are no longer told once they are provisioned', async () => {
    await start(1);
    for (const assignment of pair.sim.okta.store.assignments) assignment.externalId = '005000000000001AAA';
    expect(await note()).to.equal(undefined);
    expect((await pair.verify())['okta.assignments']?.status).to.equal('pass');
  });
});
