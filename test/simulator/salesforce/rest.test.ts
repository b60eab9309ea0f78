import { expect } from 'chai';
import type { SalesforceSimulator } from '../../../src/simulator/salesforce/index.ts';
import { ADMIN, APP, closeOrg, get, person, query, records, send, startOrg, withApp } from './helpers.ts';

const errorCode = async (answer: Response): Promise<string> =>
  `${answer.status} ${((await answer.json()) as Array<{ errorCode: string }>)[0]?.errorCode ?? ''}`;

const profileId = (sim: SalesforceSimulator, name: string): string =>
  [...sim.store.profiles.values()].find(({ Name }) => Name === name)?.Id ?? '';

const newUser = (sim: SalesforceSimulator, change: object = {}): object => ({
  ...{ Username: 'okta@simulated.example', LastName: 'Okta', Alias: 'okta', Email: 'okta@simulated.example' },
  ...{
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    LocaleSidKey: 'en_US',
    TimeZoneSidKey: 'America/Los_Angeles',
  },
  ProfileId: profileId(sim, 'System Administrator'),
  ...change,
});

describe('sobjects/User', () => {
  let sim: SalesforceSimulator;
  beforeEach(async () => {
    sim = await startOrg();
  });
  afterEach(async () => closeOrg(sim));
  const create = async (change?: object): Promise<Response> =>
    send(sim, 'POST', '/sobjects/User', newUser(sim, change));

  it('makes a user who sets a password by the mailed link and then logs in', async () => {
    const answer = await create();
    expect(answer.status).to.equal(201);
    const { id } = (await answer.json()) as { id: string };
    expect(id).to.match(/^005\w{15}$/);
    const someone = { username: 'okta@simulated.example', password: 'S3CRET-okta' };
    expect(await person(sim, { action: 'set-password', ...someone })).to.have.property('error');
    await send(sim, 'DELETE', `/sobjects/User/${id}/password`);
    expect(await person(sim, { action: 'set-password', ...someone })).to.deep.equal({ username: someone.username });
    const login = await fetch(sim.url, {
      method: 'POST',
      body: new URLSearchParams({ username: someone.username, pw: someone.password }),
      redirect: 'manual',
    });
    expect(login.headers.get('set-cookie')).to.match(/^salesforce_sid=\w+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await person(sim, { action: 'set-password', ...someone })).to.have.property('error');
  });

  const refusals: ReadonlyArray<readonly [string, object, string]> = [
    ['a username that is taken, in any case', { Username: 'ADMIN@simulated.example' }, '400 DUPLICATE_USERNAME'],
    ['a missing name', { LastName: undefined }, '400 REQUIRED_FIELD_MISSING'],
    ['a field that users lack', { Nothing: 1 }, '400 INVALID_FIELD'],
    ['a field that cannot be written', { CreatedDate: '2026-01-01' }, '400 INVALID_FIELD'],
    ['another encoding', { EmailEncodingKey: 'latin' }, '400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    ['an alias of nine characters', { Alias: 'nineletter' }, '400 STRING_TOO_LONG'],
    ['a profile that does not exist', { ProfileId: '00e5j0000000000AAA' }, '400 INVALID_CROSS_REFERENCE_KEY'],
  ];
  for (const [of, change, expected] of refusals) {
    it(`refuses ${of}`, async () => {
      expect(await errorCode(await create(change))).to.equal(expected);
      expect(sim.store.users.size).to.equal(1);
    });
  }

  it('refuses a user too many, and one who comes back', async () => {
    const ids = [];
    for (const name of ['a', 'b'])
      ids.push(((await (await create({ Username: `${name}@x.example` })).json()) as { id: string }).id);
    expect(await errorCode(await create({ Username: 'c@x.example' }))).to.equal('400 LICENSE_LIMIT_EXCEEDED');
    expect((await send(sim, 'PATCH', `/sobjects/User/${ids[0] ?? ''}`, { IsActive: false })).status).to.equal(204);
    expect((await create({ Username: 'c@x.example' })).status).to.equal(201);
    expect(await errorCode(await send(sim, 'PATCH', `/sobjects/User/${ids[0] ?? ''}`, { IsActive: true }))).to.equal(
      '400 LICENSE_LIMIT_EXCEEDED'
    );
  });

  it('mails a link for the password on a reset, and on the creation of a user only where the org does', async () => {
    const { id } = (await (await create()).json()) as { id: string };
    expect(sim.store.mails).to.deep.equal([]);
    const answer = await send(sim, 'DELETE', `/sobjects/User/${id}/password`);
    expect([answer.status, Object.keys((await answer.json()) as object)]).to.deep.equal([200, ['NewPassword']]);
    expect(sim.store.mails.map(({ to }) => to)).to.deep.equal(['okta@simulated.example']);
    sim.store.knobs.mailsNewUsers = true;
    await create({ Username: 'other@simulated.example', Email: 'other@simulated.example' });
    expect(sim.store.mails.map(({ to }) => to)).to.deep.equal(['okta@simulated.example', 'other@simulated.example']);
    expect(await errorCode(await send(sim, 'DELETE', '/sobjects/User/nobody/password'))).to.equal('404 NOT_FOUND');
  });

  it('deletes no user', async () => {
    const id = [...sim.store.users.keys()][0] ?? '';
    expect(await errorCode(await send(sim, 'DELETE', `/sobjects/User/${id}`))).to.equal(
      '400 INSUFFICIENT_ACCESS_OR_READONLY'
    );
  });

  it('lets only those write who hold Manage Users', async () => {
    const other = await startOrg({}, (world) => ({
      ...world,
      users: world.users.map((user) => ({ ...user, profile: 'Standard User' })),
    }));
    expect(await errorCode(await send(other, 'POST', '/sobjects/User', newUser(other)))).to.equal(
      '403 INSUFFICIENT_ACCESS_OR_READONLY'
    );
    await closeOrg(other);
  });

  it('freezes a user by the login', async () => {
    const [login] = await records(sim, 'SELECT Id, IsFrozen FROM UserLogin');
    expect(
      (await send(sim, 'PATCH', `/sobjects/UserLogin/${String(login?.['Id'])}`, { IsFrozen: true })).status
    ).to.equal(204);
    expect((await query(sim, 'SELECT Id FROM Organization')).status).to.equal(401);
  });

  it('answers 401 in an array to an unknown token', async () => {
    expect(await errorCode(await get(sim, '/services/data/v67.0/sobjects/User/x', 'nonsense'))).to.equal(
      '401 INVALID_SESSION_ID'
    );
  });
});

describe('permissions by REST', () => {
  it('lends a permission by a permission set, and takes it back', async () => {
    const sim = await startOrg({}, (world) => ({
      ...withApp(world),
      profiles: world.profiles.map((profile) => ({
        ...profile,
        permissions: profile.permissions.filter((name) => name !== 'ViewClientSecret'),
      })),
    }));
    const holds = async (): Promise<unknown> =>
      (await records(sim, 'SELECT PermissionsViewClientSecret FROM UserPermissionAccess'))[0]?.[
        'PermissionsViewClientSecret'
      ];
    const create = async (object: string, values: object): Promise<string> =>
      ((await (await send(sim, 'POST', `/sobjects/${object}`, values)).json()) as { id: string }).id;
    expect(await holds()).to.equal(false);
    const set = await create('PermissionSet', { Name: 'Lent', Label: 'Lent', PermissionsViewClientSecret: true });
    const assignment = await create('PermissionSetAssignment', {
      AssigneeId: [...sim.store.users.keys()][0],
      PermissionSetId: set,
    });
    expect(await holds()).to.equal(true);
    expect((await send(sim, 'DELETE', `/sobjects/PermissionSet/${set}`)).status).to.equal(400);
    expect((await send(sim, 'DELETE', `/sobjects/PermissionSetAssignment/${assignment}`)).status).to.equal(204);
    expect((await send(sim, 'DELETE', `/sobjects/PermissionSet/${set}`)).status).to.equal(204);
    expect(await holds()).to.equal(false);
    await closeOrg(sim);
  });

  it('names the permissions that Manage Users depends on', async () => {
    const sim = await startOrg();
    const UserLicenseId = [...sim.store.licenses.keys()][0];
    const values = { Name: 'Okta', UserLicenseId, PermissionsApiEnabled: true, PermissionsManageUsers: true };
    const answer = await send(sim, 'POST', '/sobjects/Profile', values);
    expect(await answer.text()).to.contain('Permission ManageUsers depends on permission(s): AssignPermissionSets, ');
    await closeOrg(sim);
  });

  it('opens an external client app to a permission set', async () => {
    const sim = await startOrg({}, (world) => ({
      ...withApp(world),
      permissionSets: [{ name: 'Okta', label: 'Okta', permissions: [] }],
    }));
    const ParentId = [...sim.store.permissionSets.values()].find(({ Name }) => Name === 'Okta')?.Id;
    const SetupEntityId = sim.store.component('ExternalClientApplication', APP)?.id;
    expect((await send(sim, 'POST', '/sobjects/SetupEntityAccess', { ParentId, SetupEntityId })).status).to.equal(201);
    const rows = await records(
      sim,
      `SELECT SetupEntityType FROM SetupEntityAccess WHERE SetupEntityId = '${SetupEntityId ?? ''}'`
    );
    expect(rows[0]).to.have.property('SetupEntityType', 'ExternalClientApplication');
    await closeOrg(sim);
  });
});

describe('apps/oauth/credentials', () => {
  const path = (sim: SalesforceSimulator, part = ''): string => {
    const [consumer] = [...sim.store.consumers.values()];
    return `/services/data/v67.0/apps/oauth/credentials/${consumer?.appId ?? ''}/${consumer?.id ?? ''}${part}`;
  };
  const open = (sim: SalesforceSimulator): void => {
    const settings = sim.store.component('ExternalClientAppSettings', 'ExternalClientApp');
    if (settings) settings.fields = { ...settings.fields, enableClientSecretInRestApiAccess: 'true' };
  };

  it('lists the consumers of an app, by ids of 15 characters too', async () => {
    const sim = await startOrg({}, withApp);
    const [consumer] = [...sim.store.consumers.values()];
    const answer = await get(sim, `/services/data/v67.0/apps/oauth/credentials/${consumer?.appId.slice(0, 15) ?? ''}`);
    expect(await answer.json()).to.have.nested.property('consumers[0].id', consumer?.id);
    await closeOrg(sim);
  });

  it('refuses the secret while the org keeps it from REST (mode A)', async () => {
    const sim = await startOrg({}, withApp);
    const answer = await get(sim, path(sim, '?part=keyandsecret'));
    expect(answer.status).to.equal(403);
    expect(await answer.text()).to.contain('not currently enabled');
    await closeOrg(sim);
  });

  it('leaves the secret out while the org keeps it from REST (mode B)', async () => {
    const sim = await startOrg({ secretRefusal: 'B' }, withApp);
    const answer = await get(sim, path(sim, '?part=keyandsecret'));
    expect(answer.status).to.equal(200);
    expect(await answer.json())
      .to.have.property('key')
      .and.not.have.property('secret');
    await closeOrg(sim);
  });

  it('gives the secret to who asks for it, once the org allows it', async () => {
    const sim = await startOrg({}, withApp);
    open(sim);
    expect(await (await get(sim, path(sim))).json()).not.to.have.property('secret');
    expect(await (await get(sim, path(sim, '?part=keyandsecret'))).json()).to.include({
      key: '3MVG9seeded',
      secret: 'S3CRETseeded',
    });
    await closeOrg(sim);
  });

  for (const permission of ['ViewClientSecret', 'ExternalClientAppDeveloper']) {
    it(`refuses a user without ${permission}`, async () => {
      const sim = await startOrg({}, (world) => ({
        ...withApp(world),
        profiles: world.profiles.map((profile) => ({
          ...profile,
          permissions: profile.permissions.filter((name) => name !== permission),
        })),
      }));
      open(sim);
      expect(await errorCode(await get(sim, path(sim, '?part=secret')))).to.equal('403 INSUFFICIENT_ACCESS');
      await closeOrg(sim);
    });
  }
});

describe('the page Consumer Key and Secret', () => {
  const page = `/simulated/external-client-apps/${APP}/consumer`;

  it('shows both to an administrator who passes the identity check', async () => {
    const sim = await startOrg({}, withApp);
    const shown = await person(sim, { action: 'reveal-consumer', app: APP, ...ADMIN });
    expect(shown).to.deep.equal({ consumerKey: '3MVG9seeded', consumerSecret: 'S3CRETseeded' });
    await closeOrg(sim);
  });

  it('sends who is not logged in to the login page', async () => {
    const sim = await startOrg({}, withApp);
    const answer = await fetch(sim.url + page, { redirect: 'manual' });
    expect(answer.headers.get('location')).to.equal(`/?ec=302&startURL=${encodeURIComponent(page)}`);
    await closeOrg(sim);
  });

  it('shows nothing for a wrong code', async () => {
    const sim = await startOrg({}, withApp);
    const body = new URLSearchParams({ username: ADMIN.username, pw: ADMIN.password, startURL: page });
    const login = await fetch(sim.url, { method: 'POST', body, redirect: 'manual' });
    const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(sim.url + page, {
        method,
        headers: { cookie },
        ...(method === 'POST' && { body: new URLSearchParams({ code: 'WRONG' }) }),
      });
      expect(await answer.text())
        .to.contain('Verify Your Identity')
        .and.not.contain('S3CRETseeded');
      expect(answer.headers.get('cache-control')).to.equal('no-store');
    }
    await closeOrg(sim);
  });
});
