/** What is read before the first write, shown by a dry run, and what a dry run must not hide. */
import { expect } from 'chai';
import { deterministicClock } from '../../src/simulator/clock.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld, type SalesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { Pair } from '../helpers/pair.ts';
import { logIn, setupCommand, verifyCommand } from '../helpers/pairCommands.ts';

const DAY = 24 * 3_600_000;
const USERNAME = 'okta@simulated.example';
const HOUR_AGO = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;

let pair: Pair;
afterEach(async () => pair.stop());

const start = async (change: Partial<SalesforceWorld>): Promise<void> => {
  pair = await Pair.start({
    clock: deterministicClock(HOUR_AGO),
    scenario: { salesforce: () => ({ ...documentedWorld(), ...change }), okta: oktaWorld },
  });
};

const adminWithout = (...lacking: string[]): Partial<SalesforceWorld> => ({
  profiles: documentedWorld().profiles.map((profile) => ({
    ...profile,
    permissions: profile.permissions.filter((name) => !lacking.includes(name)),
  })),
});

type Facts = Record<string, Record<string, unknown>>;
const dryRun = async (...argv: string[]): Promise<Facts> => {
  const { json } = await setupCommand(pair, ['--dry-run', ...argv]);
  return Object.fromEntries(
    json.result.steps.map(({ id, found = [] }) => [
      id,
      Object.fromEntries(found.map(({ name, value }) => [name, value])),
    ])
  );
};

const trial = (): Partial<SalesforceWorld> => ({
  organization: {
    ...documentedWorld().organization,
    OrganizationType: 'Enterprise Edition',
    TrialExpirationDate: new Date(Date.now() + 14.5 * DAY).toISOString().replace('Z', '+0000'),
  },
});

describe('a dry run shows', () => {
  it('API access, edition, kind, trial days, API access control, free seats and the running user', async () => {
    await start({
      ...trial(),
      ...adminWithout('ViewClientSecret'),
      knobs: { ...documentedWorld().knobs, apiAccessControl: true },
    });
    const { 'salesforce.org': org } = await dryRun('--integration-user', 'admin@simulated.example');
    expect(org).to.deep.equal({
      API: 'answers',
      edition: 'Enterprise Edition',
      'kind of org': 'trial',
      'days left of the trial': 14,
      'API access control': 'on',
      'client secrets readable through REST': 'off',
      'free Salesforce licences': '2 of 3',
      'logged in as': 'admin@simulated.example',
      'licence of this user': 'Salesforce',
      'profile of this user': 'System Administrator',
      'permissions of this user':
        'ApiEnabled, CustomizeApplication, ModifyMetadata, ExternalClientAppDeveloper, ExternalClientAppAdmin, ManageRemoteAccess, ManageUsers, ManageProfilesPermissionsets, AssignPermissionSets',
      'permissions this user lacks': 'ViewClientSecret',
    });
  });

  it('a sandbox as one, and seats as not shown to a user who may not see them', async () => {
    await start({
      ...adminWithout('ViewSetup'),
      organization: { ...documentedWorld().organization, IsSandbox: true },
    });
    expect((await dryRun())['salesforce.org']).to.include({
      'kind of org': 'sandbox',
      'free Salesforce licences': 'not shown',
    });
  });

  it('the apps that are there, by name and kind', async () => {
    const app = { label: 'x', contactEmail: 'a@b.example', callbackUrl: 'https://x.example' };
    await start({
      apps: [
        { ...app, kind: 'external-client-app', name: 'Okta_Provisioning' },
        { ...app, kind: 'external-client-app', name: 'Payroll', label: 'y' },
        { ...app, kind: 'connected-app', name: 'Legacy', label: 'z' },
      ],
    });
    expect((await dryRun())['salesforce.app']).to.deep.equal({
      'external client apps there': 'Okta_Provisioning, Payroll',
      'connected apps there': 'Legacy',
      'approvals of Okta_Provisioning': 0,
    });
  });

  it("the integration user's licence, state and permissions", async () => {
    const user = { username: USERNAME, password: 'S3CRET-okta', firstName: 'Ok', lastName: 'Ta', isFrozen: true };
    await start({ users: [...documentedWorld().users, { ...user, profile: 'Standard User' }] });
    expect((await dryRun('--integration-user', USERNAME))['salesforce.user']).to.deep.equal({
      'integration user': USERNAME,
      state: 'active',
      frozen: 'yes',
      licence: 'Salesforce',
      profile: 'Standard User',
      permissions: 'ApiEnabled',
      'permissions it lacks': 'ManageUsers',
      'last login': 'never',
    });
  });
});

describe('the real commands, once all is connected', () => {
  it('ask Salesforce at most four times one after the other, all else beside it', async () => {
    await start({});
    await logIn(pair);
    const measured = async (work: () => Promise<{ exitCode: number }>, exit: number): Promise<object> => {
      const { release, rounds } = pair.hold();
      const before = pair.sim.salesforce.requests.length;
      expect((await work()).exitCode).to.equal(exit);
      release();
      return { rounds: rounds(), requests: pair.sim.salesforce.requests.length - before };
    };
    const first = await measured(async () => setupCommand(pair), 69);
    await pair.peopleConnect();
    const setup = await measured(async () => setupCommand(pair), 0);
    const verify = await measured(async () => verifyCommand(pair), 0);
    // eslint-disable-next-line no-console -- numbers for whoever asks
    if (process.env['SHOW_NUMBERS']) console.log({ first, setup, verify });
    for (const one of [setup, verify]) expect(one).to.have.property('rounds').that.is.within(1, 4);
  });
});

describe('preflight', () => {
  it('reads all of it before the first write, in at most four round trips to Salesforce', async () => {
    await start({});
    const { release, rounds } = pair.hold();
    const requests = await pair.requestsOf(async () => pair.preview());
    release();
    expect(rounds()).to.be.within(1, 4);
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
  });

  it('does not hide what stands against a step whose object is not there yet', async () => {
    await start(adminWithout('ManageProfilesPermissionsets'));
    const before = pair.sim.salesforce.snapshot();
    const flags = ['--permitted-users', 'pre-authorized'];
    const { exitCode, json } = await setupCommand(pair, ['--dry-run', ...flags]);
    const policy = json.result.steps.find(({ id }) => id === 'salesforce.app-policy');
    expect([exitCode, policy?.outcome]).to.deep.equal([0, 'planned']);
    expect(policy?.reasons?.join())
      .to.include('lacks "Manage Profiles and Permission Sets"')
      .and.include('self-authorize');
    const real = await setupCommand(pair, flags);
    expect([real.exitCode, real.json.message]).to.satisfy(
      ([code, message]: [number, string]) =>
        code === 2 && message.includes('lacks "Manage Profiles and Permission Sets"')
    );
    expect(pair.sim.salesforce.snapshot()).to.equal(before);
  });
});
