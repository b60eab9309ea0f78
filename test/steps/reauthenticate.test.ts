/** `setup --reauthenticate` and what is said of an app that is in use: by our own approval, or by somebody else's credentials. */
import { expect } from 'chai';
import { healthyPair, NAMED, OKTA_USER } from '../helpers/healthy.ts';
import { Pair, type Flags } from '../helpers/pair.ts';
import { setupCommand } from '../helpers/pairCommands.ts';

const ANEW: Flags = { ...NAMED, reauthenticate: true };

describe('--reauthenticate', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  const reasons = async (flags: Flags): Promise<string> =>
    (await pair.obstacles(flags)).map(({ kind, reason }) => `${kind}: ${reason}`).join('\n');

  it('says of our own connected pair since when it is connected, and asks before that is replaced', async () => {
    pair = await healthyPair('external-client-app');
    const [grant] = pair.sim.salesforce.store.grants.values();
    const said = await reasons(ANEW);
    expect(said)
      .to.match(/^in-use: /)
      .and.include(
        `provisioning on, since an approval of ${new Date(grant?.createdDate ?? 0).toISOString().slice(0, 19)}`
      );
    expect(said).to.not.include('other credentials').and.not.include('overwrite');
    const { exitCode, json } = await setupCommand(pair, ['--reauthenticate', '--integration-user', OKTA_USER.username]);
    expect(exitCode, json.message).to.equal(2);
    expect(json.actions?.join()).to.include('--adopt').and.include('without --reauthenticate');
  });

  it('says of an app that others connected that it has other credentials', async () => {
    pair = await Pair.start({ scenario: 'already-connected' });
    expect(await reasons({ reauthenticate: true })).to.include('provisioning on, with other credentials');
  });

  it('says so too where only another user approved our app', async () => {
    pair = await healthyPair('external-client-app');
    const { username } = pair.sim.people.salesforceAdmin;
    expect(await reasons({ 'integration-user': username, reauthenticate: true })).to.include('with other credentials');
  });
});
