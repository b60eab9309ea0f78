/** Clients that nobody here wrote: what they take for Salesforce is the better judge of the wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Connection } from '@salesforce/core';
import * as oauth from 'oauth4webapi';
import type { SalesforceSimulator } from '../../../src/simulator/salesforce/index.ts';
import { ADMIN, APP, CALLBACK, cliToken, closeOrg, person, startOrg, withApp } from './helpers.ts';

/** The metadata API without its generic types, which know no external client apps. */
type Metadata = Readonly<
  Record<'create' | 'delete' | 'list' | 'read' | 'update' | 'upsert', (...args: unknown[]) => Promise<unknown>>
>;

describe('@salesforce/core against the simulated org', () => {
  const home = mkdtempSync(join(tmpdir(), 'simulated-salesforce-'));
  const environment = {
    HOME: home,
    SF_DISABLE_DNS_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };
  const inherited = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
  let sim: SalesforceSimulator;
  let connection: Connection;
  let metadata: Metadata;

  before(async () => {
    Object.assign(process.env, environment);
    // Loaded only now: the library reads HOME when it is imported.
    const core = await import('@salesforce/core');
    sim = await startOrg();
    const accessTokenOptions = { accessToken: cliToken(sim), instanceUrl: sim.url, loginUrl: sim.url };
    const authInfo = await core.AuthInfo.create({ accessTokenOptions });
    connection = await core.Connection.create({ authInfo });
    metadata = connection.metadata as unknown as Metadata;
  });
  after(async () => {
    for (const [name, value] of Object.entries(inherited)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(home, { recursive: true, force: true });
    await closeOrg(sim);
  });

  it('logs in with an access token', () => {
    expect(connection.getUsername()).to.equal(ADMIN.username);
    expect(connection.getApiVersion()).to.equal('67.0');
  });

  it('creates, lists, reads, updates and deletes an external client app', async () => {
    const externalClientApplication = APP;
    const create = async (type: string, component: object): Promise<unknown> => metadata.create(type, component);
    expect(
      await create('ExternalClientApplication', { fullName: APP, label: 'Okta & Co', contactEmail: 'a@b.example' })
    ).to.deep.equal({
      errors: [],
      fullName: APP,
      success: true,
    });
    await create('ExtlClntAppOauthSettings', {
      fullName: `${APP}_oauth`,
      commaSeparatedOauthScopes: 'Api, RefreshToken',
      externalClientApplication,
    });
    await create('ExtlClntAppGlobalOauthSettings', {
      fullName: `${APP}_glbloauth`,
      callbackUrl: CALLBACK,
      externalClientApplication,
    });
    const listed = await metadata.list([{ type: 'ExtlClntAppOauthConfigurablePolicies' }], '67.0');
    expect(listed).to.have.nested.property('[0].fullName', `${APP}_defaultPolicy`);
    const policy = {
      fullName: `${APP}_defaultPolicy`,
      externalClientApplication,
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
    };
    expect(await metadata.update('ExtlClntAppOauthConfigurablePolicies', policy)).to.have.property('success', true);
    expect(await metadata.read('ExtlClntAppOauthConfigurablePolicies', `${APP}_defaultPolicy`)).to.include({
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      refreshTokenPolicyType: 'Infinite',
    });
    expect(await metadata.read('ExternalClientApplication', APP)).to.include({ fullName: APP, label: 'Okta & Co' });
    expect(await metadata.upsert('ExternalClientApplication', { fullName: APP, label: 'New' })).to.include({
      created: false,
      success: true,
    });
    expect(await metadata.delete('ExternalClientApplication', [APP])).to.have.nested.property('[0].success', true);
    expect(await metadata.read('ExternalClientApplication', APP)).to.deep.equal({});
    expect(await metadata.list([{ type: 'ExternalClientApplication' }], '67.0')).to.deep.equal([]);
  });

  it('is told that a connected app cannot be created', async () => {
    const result = await metadata.create('ConnectedApp', {
      fullName: 'Okta',
      label: 'Okta',
      contactEmail: 'a@b.example',
      oauthConfig: { callbackUrl: CALLBACK, scopes: ['Api'] },
    });
    expect(result).to.have.nested.property(
      'errors[0].message',
      "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support."
    );
  });

  it('queries, and gets errors by their codes', async () => {
    const { records } = await connection.query<{ Profile: { Name: string } }>('SELECT Profile.Name FROM User');
    expect(records[0]?.Profile.Name).to.equal('System Administrator');
    const outcome = await connection.query('SELECT Id FROM Nothing').then(
      () => undefined,
      (error: unknown) => error
    );
    expect(outcome).to.include({ name: 'INVALID_TYPE' });
  });

  it('creates and updates users as records', async () => {
    const [profile] = [...sim.store.profiles.keys()];
    const result = await connection.create('User', {
      ...{
        Username: 'new@simulated.example',
        LastName: 'New',
        Alias: 'new',
        Email: 'new@simulated.example',
        ProfileId: profile,
      },
      ...{
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
        LocaleSidKey: 'en_US',
        TimeZoneSidKey: 'America/New_York',
      },
    });
    expect(result).to.have.property('success', true);
    const { id: Id = '' } = Array.isArray(result) ? {} : result;
    expect(await connection.update('User', { Id, IsActive: false })).to.have.property('success', true);
  });
});

describe('oauth4webapi against the simulated org', () => {
  it('runs the code flow with PKCE by discovery, and refreshes', async () => {
    const sim = await startOrg({}, withApp);
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(sim.url);
    const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...insecure });
    const server = await oauth.processDiscoveryResponse(issuer, discovery);
    const client = { client_id: '3MVG9seeded' };
    const secret = oauth.ClientSecretBasic('S3CRETseeded');
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(server.authorization_endpoint ?? '');
    const state = oauth.generateRandomState();
    url.search = new URLSearchParams({
      ...{
        response_type: 'code',
        client_id: client.client_id,
        redirect_uri: CALLBACK,
        scope: 'api refresh_token',
        state,
      },
      ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    }).toString();
    const { location = '' } = await person(sim, { action: 'authorize', url: url.href, ...ADMIN });
    const parameters = oauth.validateAuthResponse(server, client, new URL(location), state);
    const granted = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      await oauth.authorizationCodeGrantRequest(server, client, secret, parameters, CALLBACK, verifier, insecure)
    );
    expect(granted.refresh_token).to.be.a('string');
    const refreshed = await oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, secret, granted.refresh_token ?? '', insecure)
    );
    expect(refreshed.refresh_token).to.be.a('string').and.not.equal(granted.refresh_token);
    const introspection = await oauth.introspectionRequest(server, client, secret, refreshed.access_token, insecure);
    expect(await introspection.json()).to.include({
      active: true,
      username: ADMIN.username,
      token_type: 'access_token',
    });
    await closeOrg(sim);
  });
});
