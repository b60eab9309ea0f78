/**
 * What Okta says to Salesforce, over HTTP as the real connector does. contracts/salesforce.md §6.2, §6.3, §8.1
 * - the client secret goes with every token request, the code verifier with the code
 * - a failed token request, or 401 from REST, means bad credentials; all else is a failure of the API
 * - a rotated refresh token is handed back, to be kept
 * - not simulated: retries, SOAP credentials of older instances, other API versions
 */
import { isJson } from '../requests.ts';
import type { Json } from '../records.ts';

const HEADERS = { 'user-agent': 'Okta-Integrations', accept: 'application/json' };
const API = '/services/data/v60.0';
const PATIENCE = 30_000;

/** Salesforce refused, or did not answer. `credentials` when it refused who Okta is. */
export class SalesforceTrouble extends Error {
  public readonly kind: 'credentials' | 'api';

  public constructor(kind: 'credentials' | 'api', message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface ClientPair {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export interface Tokens {
  readonly accessToken: string;
  /** A first one for a code; for a refresh token only where Salesforce rotates. */
  readonly refreshToken: string | undefined;
  readonly instanceUrl: string;
}

type Grant =
  | {
      readonly grant_type: 'authorization_code';
      readonly code: string;
      readonly redirect_uri: string;
      readonly code_verifier: string;
    }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };

export const requestTokens = async (salesforceUrl: string, client: ClientPair, grant: Grant): Promise<Tokens> => {
  const form = new URLSearchParams({ ...grant, client_id: client.consumerKey, client_secret: client.consumerSecret });
  const { status, body } = await send(`${salesforceUrl}/services/oauth2/token`, { method: 'POST', body: form });
  const answer = isJson(body) ? body : {};
  const { access_token: accessToken, refresh_token: refreshToken, instance_url: instanceUrl } = answer;
  if (status !== 200 || typeof accessToken !== 'string') {
    const refused = status >= 400 && status < 500;
    throw new SalesforceTrouble(refused ? 'credentials' : 'api', oauthReason(answer, status));
  }
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined,
    instanceUrl: typeof instanceUrl === 'string' ? instanceUrl : salesforceUrl,
  };
};

const oauthReason = ({ error, error_description: description }: Json, status: number): string =>
  typeof error === 'string' ? `${error}: ${String(description ?? '')}` : `HTTP ${status}`;

/** Salesforce's REST API, as the integration user. */
export interface SalesforceApi {
  readonly query: (soql: string) => Promise<readonly Json[]>;
  readonly createUser: (fields: Json) => Promise<string>;
  readonly updateUser: (id: string, fields: Json) => Promise<void>;
}

export const salesforceApi = ({ accessToken, instanceUrl }: Tokens): SalesforceApi => {
  const ask = async (method: string, path: string, json?: Json): Promise<Json> => {
    const { status, body } = await send(`${instanceUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, ...(json && { 'content-type': 'application/json' }) },
      ...(json && { body: JSON.stringify(json) }),
    });
    if (status >= 300) throw new SalesforceTrouble(status === 401 ? 'credentials' : 'api', restReason(body, status));
    return isJson(body) ? body : {};
  };
  return {
    query: async (soql): Promise<readonly Json[]> => {
      const { records } = await ask('GET', `${API}/query?${new URLSearchParams({ q: soql }).toString()}`);
      return Array.isArray(records) ? records.filter(isJson) : [];
    },
    createUser: async (fields) => String((await ask('POST', `${API}/sobjects/User`, fields))['id']),
    updateUser: async (id, fields): Promise<void> => {
      await ask('PATCH', `${API}/sobjects/User/${id}`, fields);
    },
  };
};

const restReason = (body: unknown, status: number): string => {
  const first: unknown = Array.isArray(body) ? body[0] : undefined;
  return isJson(first) ? `${String(first['errorCode'])}: ${String(first['message'])}` : `HTTP ${status}`;
};

const send = async (url: string, init: RequestInit): Promise<{ status: number; body: unknown }> => {
  let answer: Response;
  try {
    const headers = { ...HEADERS, ...(init.headers as Record<string, string> | undefined) };
    answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new SalesforceTrouble('api', 'Salesforce did not answer');
  }
  const text = await answer.text().catch(() => '');
  return { status: answer.status, body: parsed(text) };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A text inside a SOQL literal. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
