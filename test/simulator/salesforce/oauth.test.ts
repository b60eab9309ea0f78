import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { SalesforceSimulator, SalesforceWorld } from '../../../src/simulator/salesforce/index.ts';
import {
  ADMIN,
  APP,
  CALLBACK,
  closeOrg,
  person,
  query,
  records,
  startOrg,
  token,
  VERIFIER,
  withApp,
} from './helpers.ts';

const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const KEY = '3MVG9seeded';
const SECRET = 'S3CRETseeded';
const CLIENT = { client_id: KEY, client_secret: SECRET };

const authorizePath = (change: Readonly<Record<string, string | undefined>> = {}): string => {
  const parameters = {
    ...{ response_type: 'code', client_id: KEY, redirect_uri: CALLBACK, state: 'a b&c' },
    ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256', ...change },
  };
  const sent = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/services/oauth2/authorize?${new URLSearchParams(sent).toString()}`;
};

const approve = async (
  sim: SalesforceSimulator,
  change: Readonly<Record<string, string | undefined>> = {},
  instruction: object = {}
): Promise<URLSearchParams> => {
  const told = { action: 'authorize', url: authorizePath(change), ...ADMIN, ...instruction };
  const { location = '', error } = await person(sim, told);
  expect(error).to.equal(undefined);
  expect(location.startsWith(CALLBACK), location).to.equal(true);
  return new URL(location).searchParams;
};

type Tokens = Record<'access_token' | 'refresh_token' | 'scope', string>;
const exchange = async (
  sim: SalesforceSimulator,
  code: string,
  change: Readonly<Record<string, string>> = {}
): Promise<Response> =>
  token(sim, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    ...CLIENT,
    ...change,
  });
const connect = async (sim: SalesforceSimulator): Promise<Tokens> =>
  (await (await exchange(sim, (await approve(sim)).get('code') ?? '')).json()) as Tokens;
const refresh = async (
  sim: SalesforceSimulator,
  refreshToken: string,
  client: Readonly<Record<string, string>> = CLIENT
): Promise<Response> => token(sim, { grant_type: 'refresh_token', refresh_token: refreshToken, ...client });
const errorOf = async (answer: Response): Promise<string> => {
  const { error, error_description: description } = (await answer.json()) as Record<string, string>;
  return `${answer.status} ${error ?? ''}: ${description ?? ''}`;
};

describe('OAuth code flow', () => {
  let sim: SalesforceSimulator;
  const start = async (...args: Parameters<typeof startOrg>): Promise<void> => {
    sim = await startOrg(args[0], args[1] ?? withApp);
  };
  afterEach(async () => closeOrg(sim));

  it('leads over login and consent to tokens, and leaves the rows that prove it', async () => {
    await start();
    const answer = await approve(sim);
    expect(answer.get('state')).to.equal('a b&c');
    const tokens = (await (await exchange(sim, answer.get('code') ?? '')).json()) as Tokens;
    expect(tokens).to.have.property('scope', 'api refresh_token');
    expect(tokens.access_token).to.match(/^00D\w{12}![.\w]+$/);
    expect((await query(sim, 'SELECT Id FROM Organization', tokens.access_token)).status).to.equal(200);
    expect(
      await records(sim, 'SELECT AppName, UseCount, User.Username, AppMenuItemId FROM OauthToken')
    ).to.deep.include.members([
      {
        attributes: { type: 'OauthToken', url: '/services/data/v67.0/sobjects/OauthToken/000000000000000AAA' },
        ...{ AppName: 'Okta Provisioning', UseCount: 1, AppMenuItemId: null },
        User: {
          attributes: {
            type: 'User',
            url: `/services/data/v67.0/sobjects/User/${[...sim.store.users.keys()][0] ?? ''}`,
          },
          Username: ADMIN.username,
        },
      },
    ]);
    const logins = await records(
      sim,
      "SELECT LoginSubType, Application, Status FROM LoginHistory WHERE LoginType = 'Oauth2'"
    );
    expect(logins[0]).to.include({
      LoginSubType: 'OauthWebServer',
      Application: 'Okta Provisioning',
      Status: 'Success',
    });
    const events = await records(sim, 'SELECT InitiatedBy, ErrorCode FROM IdpEventLog ORDER BY Timestamp DESC LIMIT 4');
    expect(events.map((event) => [event['InitiatedBy'], event['ErrorCode']])).to.deep.equal([
      ['OauthTokenExchange', 'Success'],
      ['OauthAuthorize', 'Success'],
    ]);
  });

  it('sends a browser without a login to the login page, with the way back', async () => {
    await start();
    const answer = await fetch(sim.url + authorizePath(), { redirect: 'manual' });
    expect(answer.status).to.equal(302);
    expect(answer.headers.get('location')).to.match(
      /^\/\?ec=302&startURL=%2Fsetup%2Fsecur%2FRemoteAccessAuthorizationPage\.apexp%3Fsource%3D/
    );
    const page = await (await fetch(`${sim.url}${answer.headers.get('location') ?? ''}`)).text();
    expect(page).to.contain('SIMULATED').and.contain('<label for="username">').and.contain('type="password"');
  });

  it('lets nobody in by a wrong password', async () => {
    await start();
    const { error } = await person(sim, { action: 'authorize', url: authorizePath(), ...ADMIN, password: 'wrong' });
    expect(error).to.equal(`The login page refuses ${ADMIN.username}.`);
    expect([...sim.store.loginHistory.values()].map(({ Status }) => Status)).to.deep.equal(['Invalid Password']);
  });

  it('sends nobody who has logged in to another host', async () => {
    await start();
    for (const startURL of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
      const body = new URLSearchParams({ username: ADMIN.username, pw: ADMIN.password, startURL });
      const answer = await fetch(sim.url, { method: 'POST', body, redirect: 'manual' });
      expect(answer.headers.get('location')).to.equal('/simulated/home');
    }
  });

  it('tells the app when the person denies, and makes no grant', async () => {
    await start();
    const answer = await approve(sim, {}, { decision: 'deny' });
    expect(Object.fromEntries(answer)).to.deep.equal({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 'a b&c',
    });
    expect(sim.store.grants.size).to.equal(0);
  });

  it('answers by a page with script when the org does so', async () => {
    await start({ redirectByScript: true });
    const answer = await fetch(sim.url + authorizePath({ code_challenge: undefined }), { redirect: 'manual' });
    expect(answer.status).to.equal(200);
    expect(await answer.text()).to.contain(`window.location.replace("${CALLBACK}?error=invalid_request`);
    expect((await approve(sim)).get('code')).to.match(/^aPrx/);
  });

  const pages = [
    { of: 'an unknown key', change: { client_id: 'nobody' }, error: 'invalid_client_id' },
    { of: 'another callback', change: { redirect_uri: 'https://evil.example/' }, error: 'redirect_uri_mismatch' },
  ];
  for (const { of, change, error } of pages) {
    it(`ends on a page of Salesforce for ${of}`, async () => {
      await start();
      const answer = await fetch(sim.url + authorizePath(change), { redirect: 'manual' });
      const location = new URL(answer.headers.get('location') ?? '', sim.url);
      expect(location.origin + location.pathname).to.equal(`${sim.url}/setup/secur/RemoteAccessErrorPage.apexp`);
      expect(location.searchParams.get('error')).to.equal(error);
    });
  }

  const redirects = [
    { change: { code_challenge: undefined }, error: 'invalid_request', description: 'missing required code challenge' },
    { change: { code_challenge_method: 'plain' }, error: 'invalid_request', description: 'invalid code challenge' },
    { change: { scope: 'api full' }, error: 'invalid_scope', description: 'the requested scope is not allowed' },
    {
      change: { response_type: 'token' },
      error: 'unsupported_response_type',
      description: 'response type not supported',
    },
  ];
  for (const { change, error, description } of redirects) {
    it(`tells the app ${error} for ${JSON.stringify(change)}`, async () => {
      await start();
      const answer = await approve(sim, change);
      expect([answer.get('error'), answer.get('error_description')]).to.deep.equal([error, description]);
    });
  }

  it('knows no app before it has propagated', async () => {
    await start({ propagationSeconds: 100 * 24 * 60 * 60 });
    const answer = await fetch(sim.url + authorizePath(), { redirect: 'manual' });
    expect(answer.headers.get('location')).to.contain('invalid_client_id');
    expect(await errorOf(await exchange(sim, 'x'))).to.equal('400 invalid_client_id: client identifier invalid');
  });

  it('asks for consent once per user, and again with prompt=consent', async () => {
    await start();
    await connect(sim);
    const isAsked = async (prompt?: string): Promise<boolean> => {
      const before = sim.requests.length;
      await approve(sim, { prompt });
      return sim.requests
        .slice(before)
        .some(({ method, path }) => method === 'POST' && path.startsWith('/setup/secur/RemoteAccess'));
    };
    expect(await isAsked()).to.equal(false);
    expect(await isAsked('consent')).to.equal(true);
    expect(await isAsked('login')).to.equal(false);
  });

  it('admits to a pre-authorized app only who has a permission set with access, without consent', async () => {
    await start({ initialPolicy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' } }, (world) => ({
      ...withApp(world),
      permissionSets: [{ name: 'Okta', label: 'Okta', permissions: [] }],
      users: world.users.map((user) => ({ ...user, permissionSets: ['Okta'] })),
    }));
    expect((await approve(sim)).get('error')).to.equal('OAUTH_APP_ACCESS_DENIED');
    const [set] = [...sim.store.permissionSets.values()].filter(({ Name }) => Name === 'Okta');
    const SetupEntityId = sim.store.component('ExternalClientApplication', APP)?.id ?? '';
    sim.store.entityAccess.set('1', {
      Id: '1',
      ParentId: set?.Id ?? '',
      SetupEntityId,
      SetupEntityType: 'ExternalClientApplication',
    });
    expect((await approve(sim)).has('code')).to.equal(true);
  });

  const people: ReadonlyArray<readonly [string, (world: SalesforceWorld) => SalesforceWorld]> = [
    [
      'frozen',
      (world): SalesforceWorld => ({ ...world, users: world.users.map((user) => ({ ...user, isFrozen: true })) }),
    ],
    [
      'inactive',
      (world): SalesforceWorld => ({ ...world, users: world.users.map((user) => ({ ...user, isActive: false })) }),
    ],
    [
      'API-only',
      (world): SalesforceWorld => ({
        ...world,
        users: world.users.map((user) => ({ ...user, profile: 'Minimum Access - API Only Integrations' })),
      }),
    ],
  ];
  for (const [kind, change] of people) {
    it(`lets no ${kind} user log in`, async () => {
      await start({}, (world) => change(withApp(world)));
      const { error } = await person(sim, { action: 'authorize', url: authorizePath(), ...ADMIN });
      expect(error).to.equal(`The login page refuses ${ADMIN.username}.`);
    });
  }
});

describe('OAuth token endpoint', () => {
  let sim: SalesforceSimulator;
  beforeEach(async () => {
    sim = await startOrg({}, withApp);
  });
  afterEach(async () => closeOrg(sim));

  const refusals = [
    {
      of: 'a wrong secret',
      change: { client_secret: 'wrong' },
      error: '400 invalid_client: invalid client credentials',
    },
    {
      of: 'a wrong verifier',
      change: { code_verifier: 'w'.repeat(43) },
      error: '400 invalid_grant: invalid code verifier',
    },
    { of: 'an unknown code', change: { code: 'aPrxNo' }, error: '400 invalid_grant: invalid authorization code' },
    {
      of: 'another callback',
      change: { redirect_uri: 'https://x.example/' },
      error: '400 redirect_uri_mismatch: redirect_uri must match configuration',
    },
    {
      of: 'another grant type',
      change: { grant_type: 'password' },
      error: '400 unsupported_grant_type: grant type not supported',
    },
  ];
  for (const { of, change, error } of refusals) {
    it(`refuses ${of}`, async () => {
      const code = (await approve(sim)).get('code') ?? '';
      expect(await errorOf(await exchange(sim, code, change))).to.equal(error);
      expect(sim.store.grants.size).to.equal(0);
    });
  }

  it('remembers a wrong secret as InvalidClientCredentials', async () => {
    await exchange(sim, 'aPrxNo', { client_secret: 'wrong' });
    const rows = await records(sim, "SELECT InitiatedBy FROM IdpEventLog WHERE ErrorCode = 'InvalidClientCredentials'");
    expect(rows).to.have.length(1);
  });

  it('takes a code once', async () => {
    const code = (await approve(sim)).get('code') ?? '';
    await exchange(sim, code);
    expect(await errorOf(await exchange(sim, code))).to.equal('400 invalid_grant: expired authorization code');
  });

  it('takes a code for fifteen minutes', async () => {
    const code = (await approve(sim)).get('code') ?? '';
    sim.store.clock.advance(15 * 60 * 1000);
    expect(await errorOf(await exchange(sim, code))).to.equal('400 invalid_grant: expired authorization code');
  });

  it('takes the client by HTTP Basic', async () => {
    const { refresh_token: refreshToken } = await connect(sim);
    const answer = await fetch(`${sim.url}/services/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    expect(answer.status).to.equal(200);
  });

  it('rotates the refresh token, and ends the whole family when an old one comes back', async () => {
    const first = await connect(sim);
    const second = (await (await refresh(sim, first.refresh_token)).json()) as Tokens;
    expect(second.refresh_token)
      .to.match(/^5Aep861/)
      .and.not.equal(first.refresh_token);
    expect(await errorOf(await refresh(sim, first.refresh_token))).to.equal(
      '400 invalid_grant: expired access/refresh token'
    );
    expect(await errorOf(await refresh(sim, second.refresh_token))).to.equal(
      '400 invalid_grant: expired access/refresh token'
    );
    expect((await query(sim, 'SELECT Id FROM Organization', second.access_token)).status).to.equal(401);
    expect(sim.store.grants.size).to.equal(0);
  });

  it('refuses a refresh without the secret, and counts the use all the same', async () => {
    const tokens = await connect(sim);
    expect(await errorOf(await refresh(sim, tokens.refresh_token, { client_id: KEY }))).to.contain('invalid_client');
    expect([...sim.store.grants.values()][0]?.useCount).to.equal(2);
  });

  it('refuses to refresh for a frozen user, and remembers the attempt', async () => {
    const tokens = await connect(sim);
    const [login] = [...sim.store.userLogins.values()];
    if (login) login.IsFrozen = true;
    expect(await errorOf(await refresh(sim, tokens.refresh_token))).to.contain('invalid_grant');
    expect([...sim.store.loginHistory.values()].at(-1)).to.include({
      LoginSubType: 'OauthRefreshToken',
      Status: 'User is Frozen',
    });
  });

  it('keeps five grants of a user and app: the sixth ends the oldest', async () => {
    const oldest = await connect(sim);
    const others = [];
    for (let count = 0; count < 5; count += 1) others.push(await connect(sim));
    expect(sim.store.grants.size).to.equal(5);
    expect((await refresh(sim, oldest.refresh_token)).status).to.equal(400);
    expect((await refresh(sim, others[0]?.refresh_token ?? '')).status).to.equal(200);
  });

  it('revokes a grant by its refresh token', async () => {
    const tokens = await connect(sim);
    const body = new URLSearchParams({ token: tokens.refresh_token });
    expect((await fetch(`${sim.url}/services/oauth2/revoke`, { method: 'POST', body })).status).to.equal(200);
    expect((await query(sim, 'SELECT Id FROM Organization', tokens.access_token)).status).to.equal(401);
    expect(sim.store.grants.size).to.equal(0);
  });

  it('opens REST only to tokens with the scope api', async () => {
    const code = (await approve(sim, { scope: 'refresh_token' })).get('code') ?? '';
    const tokens = (await (await exchange(sim, code)).json()) as Tokens;
    const answer = await query(sim, 'SELECT Id FROM Organization', tokens.access_token);
    expect(answer.status).to.equal(401);
    expect(await answer.text()).to.contain('This session is not valid for use with the REST API');
  });

  it('needs no rotation where the app has none', async () => {
    await sim.close();
    sim = await startOrg({}, (world) => withApp(world, { isRefreshTokenRotationEnabled: 'false' }));
    const tokens = await connect(sim);
    expect(await (await refresh(sim, tokens.refresh_token)).json()).not.to.have.property('refresh_token');
    expect((await refresh(sim, tokens.refresh_token)).status).to.equal(200);
  });
});

describe('a grant that the world begins with', () => {
  it('refreshes with the token that the world gave', async () => {
    const sim = await startOrg({}, (world) => ({
      ...withApp(world),
      grants: [{ app: APP, username: ADMIN.username, refreshToken: '5Aep861seeded', useCount: 7 }],
    }));
    expect((await refresh(sim, '5Aep861seeded')).status).to.equal(200);
    expect(await records(sim, 'SELECT UseCount FROM OauthToken')).to.have.nested.property('[0].UseCount', 8);
    await closeOrg(sim);
  });
});
