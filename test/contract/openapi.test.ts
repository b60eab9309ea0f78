import { expect } from 'chai';
import { loadOktaContract, type CheckedRequest, type OktaContract } from './openapi.ts';

const app = { name: 'salesforce', label: 'S', signOnMode: 'SAML_2_0' };
const settings = { app: { instanceType: 'SANDBOX', integrationType: 'STANDARD' } };
const body = (value: unknown): { body: string } => ({ body: JSON.stringify(value) });
const APP = '/api/v1/apps/0oasd2uwo7w08x9bO1d7';

const good: CheckedRequest[] = [
  { method: 'GET', path: '/.well-known/okta-organization' },
  { method: 'GET', path: '/api/v1/users/me' },
  { method: 'GET', path: '/api/v1/apps?filter=name%20eq%20%22salesforce%22&limit=200' },
  { method: 'POST', path: '/api/v1/apps?activate=true', ...body({ ...app, settings }) },
  { method: 'PUT', path: APP, ...body({ ...app, settings, visibility: { autoSubmitToolbar: true } }) },
  {
    method: 'POST',
    path: '/api/v1/apps',
    ...body({ name: 'bookmark', label: 'B', signOnMode: 'BOOKMARK', settings: { app: { url: 'https://b.example' } } }),
  },
  { method: 'PUT', path: APP, ...body({ ...app, settings: { app: { ...settings.app, loginUrl: null } } }) },
  { method: 'DELETE', path: APP },
  { method: 'POST', path: `${APP}/connections/default`, ...body({ profile: { authScheme: 'OAUTH2' } }) },
  {
    method: 'PUT',
    path: `${APP}/features/USER_PROVISIONING`,
    ...body({ create: { lifecycleCreate: { status: 'ENABLED' } } }),
  },
  {
    method: 'POST',
    path: `${APP}/users`,
    ...body({ id: '00u1', scope: 'USER', profile: { profile: 'Standard User' } }),
  },
  { method: 'GET', path: '/api/v1/logs?since=2026-09-01T00:00:00.000Z&sortOrder=ASCENDING&limit=100' },
  {
    method: 'POST',
    path: '/api/v1/users?activate=true',
    ...body({ profile: { login: 'a@b.example', email: 'a@b.example', firstName: 'A', lastName: 'B' } }),
  },
];

const bad: Array<[CheckedRequest, RegExp]> = [
  [{ method: 'GET', path: '/api/v1/app' }, /^no operation GET \/api\/v1\/app$/],
  [{ method: 'PATCH', path: APP }, /^no operation PATCH/],
  [{ method: 'GET', path: '/api/v1/apps?page=2' }, /^query parameter page is not declared$/],
  [{ method: 'GET', path: '/api/v1/apps?limit=201' }, /^query parameter limit.*<= 200/],
  [{ method: 'GET', path: '/api/v1/apps?useOptimization=perhaps' }, /^query parameter useOptimization.*boolean/],
  [{ method: 'GET', path: '/api/v1/logs?sortOrder=UP' }, /^query parameter sortOrder.*allowed values/],
  [{ method: 'POST', path: '/api/v1/apps/salesforce/0oa1/oauth2/callback' }, /^path parameter appName.*allowed values/],
  [{ method: 'POST', path: '/api/v1/apps' }, /^the body is missing$/],
  [{ method: 'POST', path: '/api/v1/apps', body: '{' }, /^the body is not JSON$/],
  [{ method: 'DELETE', path: APP, body: '{}' }, /^a body is not declared$/],
  [
    { method: 'POST', path: '/api/v1/apps', ...body({ ...app, settings: { app: {} } }) },
    /^body .*required property 'instanceType'/,
  ],
  [
    {
      method: 'POST',
      path: '/api/v1/apps',
      ...body({ ...app, settings: { app: { ...settings.app, instanceType: 'sandbox' } } }),
    },
    /^body .*allowed values/,
  ],
  [{ method: 'POST', path: `${APP}/users`, ...body({ scope: 'USER' }) }, /^body.*required property 'id'/],
  [{ method: 'POST', path: `${APP}/connections/default`, ...body({ profile: {} }) }, /^body/],
];

describe("Okta's OpenAPI document", () => {
  let contract: OktaContract;
  before(function () {
    const loaded = loadOktaContract();
    if (!loaded) this.skip();
    contract = loaded;
  });

  for (const request of good) {
    it(`allows ${request.method} ${request.path} ${request.body ?? ''}`, () => {
      expect(contract.problems(request)).to.deep.equal([]);
    });
  }

  for (const [request, problem] of bad) {
    it(`does not allow ${request.method} ${request.path} ${request.body ?? ''}`, () => {
      expect(contract.problems(request).join('\n')).to.match(new RegExp(problem, 'm'));
    });
  }
});
