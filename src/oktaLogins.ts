/** `sf okta login`, `list` and `logout`: what is done with Okta credentials that `sf` keeps. No secret leaves by any result. */
import { sleepFor } from './clients/pause.ts';
import type { OktaCredential } from './clients/okta/auth.ts';
import { createOktaClient, type OktaClient } from './clients/okta/client.ts';
import { lacksRight, OktaAnswerError, OktaApiError } from './clients/okta/errors.ts';
import { environmentSources } from './credentials/environment.ts';
import { isComplete } from './credentials/candidate.ts';
import { oktaUrl } from './credentials/oktaUrl.ts';
import { forgetLogins, readLogins, storeLogin } from './credentials/storedLogins.ts';
import { InputError } from './errors.ts';

export interface LoginReport {
  readonly alias: string;
  readonly url: string;
  readonly orgId: string;
  readonly mode: OktaCredential['mode'];
  readonly isDefault: boolean;
}

export interface LoginState extends Omit<LoginReport, 'orgId'> {
  readonly status: 'valid' | 'invalid';
  /** Why it is invalid. */
  readonly detail?: string;
  /** Of a trial. */
  readonly expiresAt?: string;
}

interface LoginRequest {
  readonly url: string;
  readonly alias?: string | undefined;
  readonly credential: OktaCredential;
  readonly isDefault: boolean;
  readonly signal: AbortSignal;
}

/** Checks that the URL is that of an Okta org and that the credential works there; only then it is kept. */
export const logIn = async (
  { url: typed, alias, credential, isDefault, signal }: LoginRequest,
  env: NodeJS.ProcessEnv
): Promise<{ report: LoginReport; warnings: string[] }> => {
  const { url, warnings } = oktaUrl(typed, '--okta-org');
  const okta = client(url, credential, signal);
  const { id: orgId } = await okta.organization().catch((error: unknown) => {
    throw error instanceof OktaApiError || error instanceof OktaAnswerError ? notAnOrg(url) : error;
  });
  await okta.ping();
  const login = { alias: alias ?? new URL(url).host, url, credential, isDefault };
  await storeLogin(login);
  return {
    report: { alias: login.alias, url, orgId, mode: credential.mode, isDefault },
    warnings: [...warnings, ...overriding(env)],
  };
};

const client = (url: string, credential: OktaCredential, signal: AbortSignal): OktaClient =>
  createOktaClient({ url, credential, scopes: ['okta.apps.read'], signal, pause: sleepFor });

const notAnOrg = (url: string): InputError =>
  new InputError(`${url} is not an Okta org: it has no /.well-known/okta-organization.`, [
    'Use the URL that you sign in to Okta at, such as https://example.okta.com, or the custom domain of the org.',
  ]);

const overriding = (env: NodeJS.ProcessEnv): string[] =>
  environmentSources(env)
    .filter(isComplete)
    .map(
      ({ name, without }) =>
        `${name} in the environment override a default login; to use this login, name it by --okta-org, or ${without}.`
    );

/** Every login, tried; all at once, since they are different orgs. */
export const listLogins = async (signal: AbortSignal): Promise<LoginState[]> =>
  Promise.all(
    (await readLogins()).map(async ({ alias, url, credential, isDefault }) => {
      const known = { alias, url, mode: credential.mode, isDefault };
      const okta = client(url, credential, signal);
      try {
        await okta.ping();
        const expiresAt = await expiry(okta);
        return { ...known, status: 'valid' as const, ...(expiresAt ? { expiresAt } : {}) };
      } catch (error) {
        signal.throwIfAborted();
        return { ...known, status: 'invalid' as const, detail: error instanceof Error ? error.message : 'unknown' };
      }
    })
  );

/** Not every credential may read this, and it is no reason to call the login invalid. */
const expiry = async (okta: OktaClient): Promise<string | undefined> => {
  try {
    return (await okta.org()).expiresAt ?? undefined;
  } catch (error) {
    if (lacksRight(error)) return undefined;
    throw error;
  }
};

/** Forgets the named login, or all; the token itself lives on in Okta. */
export const logOut = async (alias: string | undefined): Promise<string[]> => {
  const logins = await readLogins();
  const chosen = logins.filter((login) => alias === undefined || login.alias === alias || login.url === alias);
  if (chosen.length === 0 && alias !== undefined)
    throw new InputError(`There is no login "${alias}".`, ['See which there are with "sf okta list".']);
  return forgetLogins(chosen.map((login) => login.alias));
};
