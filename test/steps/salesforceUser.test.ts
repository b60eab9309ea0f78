/** The integration user: what is made, what it may do, and that nothing of it is doubled. */
import { expect } from 'chai';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import type { SalesforceWorld, SalesforceStore } from '../../src/simulator/index.ts';
import { Pair, typesOf, type Flags } from '../helpers/pair.ts';

const USERNAME = 'okta-provisioning@simulated.example';
const PASSWORD = 'S3CRET-chosen-by-the-person';
const CREATE: Flags = {
  'integration-user': USERNAME,
  'create-integration-user': true,
  'integration-user-email': 'owner@simulated.example',
};

/** contracts/salesforce.md §8.3, to the letter. */
const LISTED = `ApiEnabled AssignPermissionSets DelegatedTwoFactor FreezeUsers ManageInternalUsers ManageIpAddresses
  ManageLoginAccessPolicies ManagePasswordPolicies ManageProfilesPermissionsets ManageRoles ManageSharing ManageUsers
  MonitorLoginHistory ResetPasswords ViewAllUsers ViewRoles ViewSetup`.split(/\s+/);

let pair: Pair;
afterEach(async () => pair?.stop());

const start = async (change: Partial<SalesforceWorld> = {}): Promise<SalesforceStore> => {
  pair = await Pair.start({ scenario: { salesforce: () => ({ ...documentedWorld(), ...change }), okta: oktaWorld } });
  return pair.sim.salesforce.store;
};
const heldBy = (store: SalesforceStore): string[] =>
  [...store.permissionsOf(store.userByName(USERNAME)?.Id ?? '')].sort();
const profileOf = (store: SalesforceStore): string | undefined =>
  store.profiles.get(store.userByName(USERNAME)?.ProfileId ?? '')?.Name;
const existing = (profile: string): Partial<SalesforceWorld> => ({
  users: [
    ...documentedWorld().users,
    { username: USERNAME, password: PASSWORD, profile, firstName: 'Ok', lastName: 'Ta' },
  ],
});

describe('--create-integration-user', () => {
  it('makes a user with the locale of the org, a profile of its own, and exactly the listed permissions', async () => {
    const store = await start({
      organization: {
        ...documentedWorld().organization,
        LanguageLocaleKey: 'de',
        DefaultLocaleSidKey: 'de_DE',
        TimeZoneSidKey: 'Europe/Berlin',
      },
    });
    await pair.setup(CREATE);
    expect(store.userByName(USERNAME)).to.include({
      LanguageLocaleKey: 'de',
      LocaleSidKey: 'de_DE',
      TimeZoneSidKey: 'Europe/Berlin',
      Email: 'owner@simulated.example',
      IsActive: true,
    });
    expect(profileOf(store)).to.equal('Okta_Provisioning_User');
    expect(heldBy(store)).to.deep.equal(LISTED);
    expect([...store.permissionSets.values()].filter(({ IsOwnedByProfile }) => !IsOwnedByProfile)).to.deep.equal([]);
  });

  it('puts the same permissions into a permission set with --grant-permissions permission-set', async () => {
    const store = await start();
    await pair.setup({ ...CREATE, 'grant-permissions': 'permission-set' });
    expect(profileOf(store)).to.equal('Minimum Access - Salesforce');
    expect(heldBy(store)).to.deep.equal(LISTED);
  });

  it('lets Salesforce mail the link for the password, and waits for the first login', async () => {
    const store = await start();
    const waiting = (await pair.setup(CREATE))['salesforce.user-login'];
    expect(waiting?.type === 'waiting' && waiting.instruction.details.join('\n')).to.include('owner@simulated.example');
    expect(store.mails.map(({ to }) => to)).to.deep.equal(['owner@simulated.example']);
    const events = await pair.setup(CREATE, [
      setPasswordAndLogIn,
      async () => pair.peopleConnect({ username: USERNAME, password: PASSWORD }),
    ]);
    expect(typesOf(events)).to.include({
      'salesforce.user': 'unchanged',
      'salesforce.user-login': 'changed',
      'okta.connection': 'changed',
    });
    expect([...store.passwords.values()]).to.include(PASSWORD);
  });

  it('works by the newest mail where Salesforce mails every new user by itself', async () => {
    const store = await start({ knobs: { ...documentedWorld().knobs, mailsNewUsers: true } });
    await pair.setup(CREATE);
    expect(store.mails).to.have.length(2);
    expect(typesOf(await pair.setup(CREATE, [setPasswordAndLogIn]))['salesforce.user-login']).to.equal('changed');
    expect(store.mails).to.have.length(2);
  });

  it('goes on where Salesforce refuses the mail, and says what an admin can do', async () => {
    const store = await start();
    pair.sim.salesforce.fail({ on: /^DELETE .*\/password/, with: 403 });
    const events = await pair.setup(CREATE);
    const waiting = events['salesforce.user-login'];
    expect(waiting?.type === 'waiting' && waiting.instruction.details.join('\n')).to.include('pressing Reset Password');
    expect([store.mails, heldBy(store)]).to.deep.equal([[], LISTED]);
  });

  it('mails no link to a user that was there already', async () => {
    const store = await start(existing('Standard User'));
    await pair.setup(CREATE);
    expect(store.mails).to.deep.equal([]);
  });

  it('adds what else a permission depends on, and tries once more', async () => {
    const store = await start({
      knobs: { ...documentedWorld().knobs, morePermissionDependencies: { ManageUsers: ['ViewUserPII'] } },
    });
    const requests = await pair.requestsOf(async () => pair.setup(CREATE));
    expect(heldBy(store)).to.deep.equal([...LISTED, 'ViewUserPII'].sort());
    expect(requests.filter(({ operation }) => operation === 'POST sobjects/Profile')).to.have.length(2);
  });

  it('adds what several permissions depend on, each told in an entry of its own, the same one twice', async () => {
    const morePermissionDependencies = {
      ManageUsers: ['ViewUserPII'],
      ResetPasswords: ['ViewUserPII', 'ViewAllProfiles'],
    };
    const store = await start({
      knobs: { ...documentedWorld().knobs, dependencyErrors: 'each', morePermissionDependencies },
    });
    const requests = await pair.requestsOf(async () => pair.setup(CREATE));
    expect(heldBy(store)).to.deep.equal([...LISTED, 'ViewAllProfiles', 'ViewUserPII'].sort());
    expect(requests.filter(({ operation }) => operation === 'POST sobjects/Profile')).to.have.length(2);
  });

  it('plans the user and its permissions in a dry run, and writes nothing', async () => {
    const store = await start();
    const planned = (await pair.preview(CREATE))['salesforce.user'];
    expect(planned?.type === 'planned' && planned.changes.map(({ path }) => path)).to.deep.equal([
      'salesforce.user.exists',
      'salesforce.user.permissions',
    ]);
    expect(store.userByName(USERNAME)).to.equal(undefined);
  });

  for (const grant of ['profile', 'permission-set'])
    it(`doubles nothing, whichever answer is lost (${grant})`, async function () {
      this.timeout(60_000);
      const flags = { ...CREATE, 'grant-permissions': grant };
      for (let number = 1, struck = true; struck; number += 1) {
        const store = await start();
        pair.sim.salesforce.fail({ on: number, by: 'sfdx toolbelt', with: 'drop' });
        await pair.setup(flags);
        struck = pair.sim.salesforce.requests.some(({ status }) => status === 'dropped');
        expect(Object.values(typesOf(await pair.setup(flags))), `answer ${number}`).to.not.include('failed');
        expect(store.users.size, `answer ${number}`).to.equal(2);
        expect(store.mails, `answer ${number}`).to.not.deep.equal([]);
        expect(heldBy(store), `answer ${number}`).to.deep.equal(LISTED);
        expect(
          [...store.profiles.values()].filter(({ Name }) => Name.startsWith('Okta')),
          `answer ${number}`
        ).to.have.length(grant === 'profile' ? 1 : 0);
        if (struck) await pair.stop();
      }
    });
});

const setPasswordAndLogIn = async (): Promise<void> => {
  const { url } = pair.sim.salesforce;
  const act = async (instruction: object): Promise<Response> =>
    fetch(`${url}/simulated/control`, { method: 'POST', body: JSON.stringify(instruction) });
  await act({ action: 'set-password', username: USERNAME, password: PASSWORD });
  await fetch(`${url}/`, {
    method: 'POST',
    body: new URLSearchParams({ username: USERNAME, pw: PASSWORD, startURL: '/simulated/home' }),
    redirect: 'manual',
  });
};

describe('a user that exists and lacks rights', () => {
  it('gets a permission set with exactly the listed permissions, and keeps its profile', async () => {
    const store = await start(existing('Standard User'));
    const profile = JSON.stringify([...store.profiles.values()]);
    await pair.setup({ 'integration-user': USERNAME });
    expect(profileOf(store)).to.equal('Standard User');
    expect(JSON.stringify([...store.profiles.values()])).to.equal(profile);
    expect(heldBy(store)).to.deep.equal(LISTED);
  });

  it('gets none where it has them', async () => {
    const store = await start(existing('System Administrator'));
    await pair.setup({ 'integration-user': USERNAME });
    expect([...store.permissionSets.values()].filter(({ IsOwnedByProfile }) => !IsOwnedByProfile)).to.deep.equal([]);
  });

  it('is given what a permission set of ours has lost meanwhile', async () => {
    const store = await start(existing('Standard User'));
    await pair.setup({ 'integration-user': USERNAME });
    const own = [...store.permissionSets.values()].find(({ Name }) => Name === 'Okta_Provisioning_User');
    store.permissions.set(own?.Id ?? '', []);
    expect((await pair.verify({ 'integration-user': USERNAME }))['salesforce.user.permissions']?.status).to.equal(
      'fail'
    );
    await pair.setup({ 'integration-user': USERNAME });
    expect(heldBy(store)).to.deep.equal(LISTED);
    expect([...store.permissionSets.values()].filter(({ Name }) => Name === 'Okta_Provisioning_User')).to.have.length(
      1
    );
  });
});
