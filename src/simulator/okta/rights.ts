/**
 * What a caller may do: scopes of a service app's token, and admin roles of whoever asks. contracts/okta.md §6.5
 * - a missing scope is 403 without a body; the challenge in `WWW-Authenticate` names one that would do
 * - `manage` implies read
 * - a missing role is 403 E0000006, told after the scope
 * - which role allows which call is an INFERENCE there: SUPER_ADMIN all, APP_ADMIN apps and schemas, READ_ONLY_ADMIN every
 * read, REPORT_ADMIN the log, USER_ADMIN and ORG_ADMIN users and their assignments
 * - not simulated: custom roles, resource sets
 */
import type { MiddlewareHandler } from 'hono';
import type { Okta, OktaEnv } from './context.ts';
import { noPermission } from './errors.ts';

type Resource = 'apps' | 'users' | 'logs' | 'schemas' | 'orgs';

const resourceOf = (path: string): Resource => {
  if (path === '/api/v1/logs') return 'logs';
  if (path === '/api/v1/org') return 'orgs';
  if (path.startsWith('/api/v1/meta/')) return 'schemas';
  return path.startsWith('/api/v1/users') ? 'users' : 'apps';
};

const ALLOWED: Readonly<Record<Resource, readonly string[]>> = {
  apps: ['APP_ADMIN'],
  schemas: ['APP_ADMIN'],
  users: ['USER_ADMIN', 'ORG_ADMIN'],
  logs: ['REPORT_ADMIN'],
  orgs: ['ORG_ADMIN'],
};

export const allow =
  (okta: Okta): MiddlewareHandler<OktaEnv> =>
  async (c, next) => {
    const principal = c.get('principal');
    if (!principal) return next();
    const resource = resourceOf(c.req.path);
    const reads = c.req.method === 'GET';
    const scope = `okta.${resource}.${reads ? 'read' : 'manage'}`;
    const { scopes, roles } = principal;
    if (scopes && !scopes.includes(scope) && !scopes.includes(`okta.${resource}.manage`)) {
      const parts = [
        `Bearer authorization_uri="${okta.url}/oauth2/v1/authorize"`,
        `realm="${okta.url}"`,
        `scope="${scope}"`,
        'error="insufficient_scope"',
        'error_description="The access token provided does not contain the required scopes."',
        `resource="${c.req.path}"`,
      ];
      return c.body(null, 403, { 'www-authenticate': parts.join(', ') });
    }
    const sufficient = ['SUPER_ADMIN', ...ALLOWED[resource], ...(reads ? ['READ_ONLY_ADMIN'] : [])];
    if (!roles.some((role) => sufficient.includes(role))) throw noPermission();
    return next();
  };
