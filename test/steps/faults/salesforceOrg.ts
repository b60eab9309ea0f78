/** What goes wrong with the target org, its integration user and the approvals. */
import { NEEDED, OKTA_PROFILE, OKTA_USER } from '../../helpers/healthy.ts';
import type { Pair } from '../../helpers/pair.ts';
import { all, fault, type Fault } from './fault.ts';
import { assigned, OF_OKTA_APP } from './okta.ts';

const DAY = 24 * 3_600_000;

const settings =
  (type: string, fields: Record<string, string>) =>
  ({ sim }: Pair): void => {
    for (const [key, found] of sim.salesforce.store.components)
      if (found.type === type)
        sim.salesforce.store.components.set(key, { ...found, fields: { ...found.fields, ...fields } });
  };

const trial =
  (days: number): Fault['make'] =>
  ({ sim }) => {
    const left = Date.now() + days * DAY + (days > 0 ? DAY / 2 : 0);
    Object.assign(sim.salesforce.store.organization, {
      OrganizationType: 'Enterprise Edition',
      TrialExpirationDate: new Date(left).toISOString().replace('Z', '+0000'),
    });
  };

const user = ({ sim }: Pair): NonNullable<ReturnType<Pair['sim']['salesforce']['store']['userByName']>> => {
  const found = sim.salesforce.store.userByName(OKTA_USER.username);
  if (!found) throw new Error('There is no integration user.');
  return found;
};

/** What the profile holds from now on. */
const profileHolds =
  (profile: string, held: (permissions: readonly string[]) => readonly string[]): Fault['make'] =>
  ({ sim }) => {
    const { profiles, permissionSets, permissions } = sim.salesforce.store;
    const id = [...profiles.values()].find(({ Name }) => Name === profile)?.Id;
    const own = [...permissionSets.values()].find(({ ProfileId }) => ProfileId === id);
    if (!own) throw new Error(`There is no profile ${profile}.`);
    permissions.set(own.Id, held(permissions.get(own.Id) ?? []));
  };
export const okta = (held: readonly string[]): Fault['make'] => profileHolds(OKTA_PROFILE, () => held);
export const adminWithout = (...names: readonly string[]): Fault['make'] =>
  profileHolds('System Administrator', (held) => held.filter((name) => !names.includes(name)));

const moreGrants =
  (more: number): Fault['make'] =>
  ({ sim }) => {
    const { grants, clock } = sim.salesforce.store;
    const [grant] = grants.values();
    if (!grant) throw new Error('There is no grant.');
    for (let number = 1; number <= more; number += 1)
      grants.set(`${grant.id}-${number}`, {
        ...grant,
        id: `${grant.id}-${number}`,
        spent: [],
        createdDate: clock.now(),
      });
  };

const exchange =
  (ErrorCode: string): Fault['make'] =>
  ({ sim }) => {
    const { idpEvents, clock, mint } = sim.salesforce.store;
    const [, last] = [...idpEvents.values()];
    if (!last) throw new Error('There is no event.');
    const Id = mint.id('0Y1');
    clock.advance(1000);
    idpEvents.set(Id, {
      ...last,
      Id,
      ErrorCode,
      InitiatedBy: 'OauthTokenExchange',
      Timestamp: new Date(clock.now()).toISOString().replace('Z', '+0000'),
    });
  };

const REASONS = [
  'InvalidClientCredentials',
  'InvalidCode',
  'CodeExpired',
  'ClientUnapproved',
  'AppBlocked',
  'AppAccessDenied',
  'InvalidScope',
  'OauthError',
  'UnknownError',
];

const USER_CLAIMS = ['active', 'not-frozen', 'license', 'permissions', 'least-privilege'].map(
  (claim) => `salesforce.user.${claim}`
);
const OWN_GRANTS = ['exists', 'slots', 'last-used'].map((claim) => `salesforce.grant.${claim}`);

export const ORG_FAULTS: readonly Fault[] = [
  fault('20 days of trial left', trial(20), { 'salesforce.org.trial': 'warn' }),
  fault('3 days of trial left', trial(3), { 'salesforce.org.trial': 'warn' }),
  fault('no day of trial left', trial(0), { 'salesforce.org.trial': 'fail' }),
  fault(
    'an org without API',
    (pair) => {
      pair.sim.salesforce.store.knobs.apiDisabled = true;
    },
    // The Metadata API is another door, and stays open here.
    {
      'salesforce.org.api': 'fail',
      ...all('unknown', 'salesforce.org.trial', 'salesforce.temporary-access', ...USER_CLAIMS, ...OWN_GRANTS),
      ...all('unknown', 'salesforce.grant.user', 'salesforce.grant.errors', 'okta.app.active', ...OF_OKTA_APP),
    },
    { unplannable: /API is not enabled/ }
  ),
  fault(
    'API access control on',
    (pair) => {
      pair.sim.salesforce.store.knobs.apiAccessControl = true;
    },
    { 'salesforce.org.api-access-control': 'fail' }
  ),
  fault(
    'secret access on by others',
    settings('ExternalClientAppSettings', { enableClientSecretInRestApiAccess: 'true' }),
    {
      'salesforce.secret-access': 'warn',
    }
  ),
  fault(
    'a temporary permission set left',
    ({ sim }) => {
      const set = [...sim.salesforce.store.permissionSets.values()][0];
      if (set)
        sim.salesforce.store.permissionSets.set('0PS000000000077AAA', {
          ...set,
          Id: '0PS000000000077AAA',
          Name: 'Okta_Provisioning_Temporary',
          IsOwnedByProfile: false,
          ProfileId: null,
        });
    },
    { 'salesforce.temporary-access': 'fail' }
  ),
  fault(
    'a frozen user',
    (pair) => {
      const login = pair.sim.salesforce.store.loginOf(user(pair).Id);
      if (login) login.IsFrozen = true;
    },
    { 'salesforce.user.not-frozen': 'fail' }
  ),
  fault(
    'an inactive user',
    (pair) => {
      user(pair).IsActive = false;
    },
    { 'salesforce.user.active': 'fail' }
  ),
  fault('an API-only user', okta([...NEEDED, 'ApiUserOnly']), { 'salesforce.user.license': 'fail' }),
  ...['ApiEnabled', 'ManageUsers'].map((name) =>
    fault(`a user without ${name}`, okta(NEEDED.filter((one) => one !== name)), {
      'salesforce.user.permissions': 'fail',
    })
  ),
  fault('a user who may modify all data', okta([...NEEDED, 'ModifyAllData']), {
    'salesforce.user.least-privilege': 'warn',
  }),
  fault(
    'a user who does not exist',
    () => {},
    {
      ...all('fail', ...USER_CLAIMS),
      ...all('unknown', ...OWN_GRANTS, 'salesforce.grant.user'),
    },
    { flags: { 'integration-user': 'nobody@simulated.example' } }
  ),
  fault('the grant revoked', ({ sim }) => sim.salesforce.store.grants.clear(), {
    'salesforce.grant.exists': 'fail',
    'salesforce.grant.last-used': 'skipped',
  }),
  fault('a grant of another user too', async (pair, kind) => pair.peopleConnect(undefined, undefined, kind), {
    'salesforce.grant.user': 'fail',
  }),
  fault(
    'a grant of another user only',
    async (pair, kind) => {
      pair.sim.salesforce.store.grants.clear();
      await pair.peopleConnect(undefined, undefined, kind);
    },
    { 'salesforce.grant.exists': 'fail', 'salesforce.grant.user': 'fail', 'salesforce.grant.last-used': 'skipped' }
  ),
  fault('three slots used', moreGrants(2), {}),
  fault('four slots used', moreGrants(3), { 'salesforce.grant.slots': 'warn' }),
  fault('five slots used', moreGrants(4), { 'salesforce.grant.slots': 'fail' }),
  fault(
    'a grant unused for 31 days',
    ({ sim }) => {
      for (const grant of sim.salesforce.store.grants.values()) grant.lastUsedDate = Date.now() - 31 * DAY;
    },
    { 'salesforce.grant.last-used': 'warn' }
  ),
  ...REASONS.map((reason) =>
    fault(`a token exchange that ended with ${reason}`, exchange(reason), { 'salesforce.grant.errors': 'fail' })
  ),
  fault(
    'the app blocked by an admin',
    async (pair) => {
      pair.sim.salesforce.store.knobs.blockedApps = ['Okta_Provisioning'];
      pair.sim.clock.advance(3 * 3_600_000);
      await assigned(pair);
    },
    { 'okta.log': 'fail', 'okta.assignments': 'warn' }
  ),
  fault(
    'the app switched off by its own policy',
    async (pair) => {
      settings('ExtlClntAppConfigurablePolicies', { isEnabled: 'false' })(pair);
      pair.sim.clock.advance(3 * 3_600_000);
      await assigned(pair);
    },
    { 'okta.log': 'fail', 'okta.assignments': 'warn' },
    { kinds: ['external-client-app'] }
  ),
  fault(
    'a failed token exchange with a later success',
    async (pair, kind) => {
      await exchange('InvalidClientCredentials')(pair, kind);
      await exchange('Success')(pair, kind);
    },
    {}
  ),
];
