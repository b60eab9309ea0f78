/**
 * As much of Salesforce as Okta's simulator talks to, for tests of that simulator alone. contracts/salesforce.md §6, §8.1
 * Login and consent are HTML forms; the code needs PKCE and the secret; refresh tokens rotate, and a spent one kills the
 * family.
 */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { listen, type SimulatorEnv } from '../../../src/simulator/server.ts';

export interface SalesforceStub {
  readonly url: string;
  readonly users: Array<Record<string, unknown> & { Id: string }>;
  readonly calls: string[];
  /** The live refresh token, undefined once the family is revoked. */
  refreshToken: string | undefined;
  /** Every answer waits for it. */
  gate: Promise<void>;
  /** A refusal of the next REST write. */
  refuseWrite: { errorCode: string; message: string } | undefined;
  readonly close: () => Promise<void>;
}

export const KEY = '3MVG9-consumer-key';
export const SECRET = 'S3CRET-consumer-secret';
export const USERNAME = 'integration@simulated.example';
export const PASSWORD = 'P4SSWORD-integration';

interface Authorization {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly state: string;
}

export const startSalesforceStub = async (): Promise<SalesforceStub> => {
  const app = new Hono<SimulatorEnv>();
  const stub: Omit<SalesforceStub, 'url' | 'close'> = {
    users: [],
    calls: [],
    refreshToken: undefined,
    gate: Promise.resolve(),
    refuseWrite: undefined,
  };
  app.use(async (c, next) => {
    stub.calls.push(`${c.req.method} ${c.req.path}`);
    await stub.gate;
    await next();
  });
  browserRoutes(app);
  tokenRoutes(app, stub);
  restRoutes(app, stub);
  const { url, close } = await listen(app, 0);
  return Object.assign(stub, { url, close });
};

const codes = new Map<string, Authorization>();

const browserRoutes = (app: Hono<SimulatorEnv>): void => {
  app.get('/services/oauth2/authorize', (c) => {
    const { client_id: key, scope } = c.req.query();
    if (key !== KEY || scope !== 'api refresh_token') {
      return c.html(
        '<h1>Error</h1><p id="error">error=invalid_client_id&amp;error_description=client identifier invalid</p>'
      );
    }
    return c.redirect(
      `/?${new URLSearchParams({ ec: '302', startURL: `/consent${new URL(c.req.url).search}` }).toString()}`
    );
  });
  app.get('/', (c) => c.html(loginPage(c.req.query('startURL') ?? '')));
  app.post('/', async (c) => {
    const form = await c.req.parseBody();
    if (form['username'] !== USERNAME || form['pw'] !== PASSWORD) {
      return c.html(loginPage(String(form['startURL']), 'Please check your username and password.'));
    }
    c.header('set-cookie', 'sid=signed-in; Path=/; HttpOnly');
    return c.html(
      `<html><script>window.location.replace('${String(form['startURL']).replaceAll('/', '\\/')}');</script></html>`
    );
  });
  app.get('/consent', (c) => {
    if (!c.req.header('cookie')?.includes('sid=signed-in')) return c.text('no session', 403);
    const hidden = Object.entries(c.req.query()).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`
    );
    return c.html(
      html`<form method="post" action="/consent">
        ${hidden}<input type="submit" name="cancel" value=" Deny " /><input type="submit" name="save" value=" Allow " />
      </form>`
    );
  });
  app.post('/consent', async (c) => {
    const form = await c.req.parseBody();
    const code = `aPrx-code-${codes.size + 1}`;
    const [redirectUri, state] = [String(form['redirect_uri']), String(form['state'])];
    codes.set(code, { challenge: String(form['code_challenge']), redirectUri, state });
    return c.redirect(`${redirectUri}?${new URLSearchParams({ code, state }).toString()}`);
  });
};

const loginPage = (startURL: string, error = ''): ReturnType<typeof html> =>
  html`<div id="error">${error}</div>
    <form method="post" action="/">
      <input type="hidden" name="startURL" value="${startURL}" />
      <input type="email" name="username" value="" /><input type="password" name="pw" />
      <input type="submit" name="Login" value="Log In" />
    </form>`;

const tokenRoutes = (app: Hono<SimulatorEnv>, stub: { refreshToken: string | undefined }): void => {
  let issued = 0;
  app.post('/services/oauth2/token', async (c) => {
    const form = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([k, v]) => [k, String(v)]));
    const refuse = (error: string, error_description: string): Response => c.json({ error, error_description }, 400);
    if (form['client_id'] !== KEY) return refuse('invalid_client_id', 'client identifier invalid');
    if (form['client_secret'] !== SECRET) return refuse('invalid_client', 'invalid client credentials');
    if (form['grant_type'] === 'authorization_code') {
      const code = codes.get(form['code'] ?? '');
      codes.delete(form['code'] ?? '');
      const challenge = createHash('sha256')
        .update(form['code_verifier'] ?? '')
        .digest('base64url');
      if (code?.redirectUri !== form['redirect_uri']) return refuse('invalid_grant', 'invalid authorization code');
      if (code?.challenge !== challenge) return refuse('invalid_grant', 'invalid code verifier');
    } else if (stub.refreshToken === undefined || form['refresh_token'] !== stub.refreshToken) {
      stub.refreshToken = undefined;
      return refuse('invalid_grant', 'expired access/refresh token');
    }
    issued += 1;
    stub.refreshToken = `5Aep861-refresh-${issued}`;
    const body = { access_token: `00D!access-${issued}`, refresh_token: stub.refreshToken, token_type: 'Bearer' };
    return c.json({ ...body, instance_url: new URL(c.req.url).origin });
  });
};

const restRoutes = (app: Hono<SimulatorEnv>, stub: Pick<SalesforceStub, 'users' | 'refuseWrite'>): void => {
  app.get('/services/data/v60.0/query', (c) => {
    const [, object, literal] = / FROM (\w+)(?: WHERE \w+ = '((?:[^'\\]|\\.)*)')?$/.exec(c.req.query('q') ?? '') ?? [];
    const wanted = literal?.replaceAll("\\'", "'");
    const profiles = ['Standard User', 'System Administrator'].map((Name, index) => ({
      Id: `00e00000000000${index}AAA`,
      Name,
    }));
    const records =
      object === 'Profile'
        ? profiles.filter(({ Name }) => wanted === undefined || Name === wanted)
        : stub.users.filter((user) => user['Username'] === wanted);
    return c.json({ totalSize: records.length, done: true, records });
  });
  app.post('/services/data/v60.0/sobjects/User', async (c) => {
    if (stub.refuseWrite) return c.json([stub.refuseWrite], 400);
    const Id = `0050000000000${String(stub.users.length + 1).padStart(2, '0')}AAA`;
    stub.users.push({ ...(await c.req.json()), Id });
    return c.json({ id: Id, success: true, errors: [] }, 201);
  });
  app.patch('/services/data/v60.0/sobjects/User/:id', async (c) => {
    if (stub.refuseWrite) return c.json([stub.refuseWrite], 400);
    const user = stub.users.find(({ Id }) => Id === c.req.param('id'));
    if (!user) return c.json([{ errorCode: 'NOT_FOUND', message: 'no such user' }], 404);
    Object.assign(user, await c.req.json());
    return c.body(null, 204);
  });
};
