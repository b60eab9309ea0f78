/**
 * What a client asks to find its way. contracts/salesforce.md §6.4, §10.1
 * - the list of versions needs no login; core takes the highest as its own
 * - userinfo answers a bad token with 403 and a text, unlike REST
 * - not simulated: signed id tokens and their keys, photos, addresses of other APIs
 */
import { Hono } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { bearerToken, callerOf, restCaller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { onlyParameters, VERSIONS } from './version.ts';

export const originOf = (c: { req: { url: string } }): string => new URL(c.req.url).origin;

export const discoveryRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get('/services/data', (c) => {
      onlyParameters(c, []);
      return c.json(VERSIONS.map((version) => ({ label: `v${version}`, url: `/services/data/v${version}`, version })));
    })
    .get('/services/data/:version{v[0-9]+\\.[0-9]+/?}', (c) => {
      restCaller(store, c);
      const version = c.req.param('version').replace(/\/$/, '');
      const names = ['query', 'sobjects', 'tooling', 'metadata'];
      return c.json(Object.fromEntries(names.map((name) => [name, `/services/data/${version}/${name}`])));
    })
    .on(['GET', 'POST'], '/services/oauth2/userinfo', (c) => {
      c.set('write', false);
      const caller = callerOf(store, bearerToken(c));
      if (!caller) return c.text('Bad_OAuth_Token', 403);
      const { user } = caller;
      const [given, family] = [String(user['FirstName'] ?? ''), String(user['LastName'] ?? '')];
      return c.json({
        sub: `${originOf(c)}/id/${store.organization.Id}/${user.Id}`,
        user_id: user.Id,
        organization_id: store.organization.Id,
        preferred_username: user.Username,
        nickname: user['Alias'] ?? null,
        name: `${given} ${family}`.trim(),
        email: user.Email,
        email_verified: true,
        given_name: given,
        family_name: family,
        zoneinfo: user['TimeZoneSidKey'] ?? null,
        urls: {
          rest: `${originOf(c)}/services/data/v{version}/`,
          metadata: `${originOf(c)}/services/Soap/m/{version}/`,
        },
        active: user.IsActive,
        user_type: 'STANDARD',
        language: user['LanguageLocaleKey'] ?? null,
        locale: user['LocaleSidKey'] ?? null,
        utcOffset: -28_800_000,
        updated_at: user.LastModifiedDate,
      });
    })
    .get('/.well-known/openid-configuration', (c) => {
      const at = (name: string): string => `${originOf(c)}/services/oauth2/${name}`;
      return c.json({
        issuer: originOf(c),
        authorization_endpoint: at('authorize'),
        token_endpoint: at('token'),
        revocation_endpoint: at('revoke'),
        userinfo_endpoint: at('userinfo'),
        introspection_endpoint: at('introspect'),
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        code_challenge_methods_supported: ['S256'],
      });
    });
