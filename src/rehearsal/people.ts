/** What people do in a rehearsal: an admin on both consoles, and the integration user who logs in and consents. */
import got from 'got';
import type { Simulator } from '../simulator/index.ts';

/** Thrown where the simulated page showed an error instead of doing what was asked. */
export class ConsoleRefusedError extends Error {}

const control = async (url: string, action: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const answer = await got
    .post(`${url}/simulated/control`, { json: action, throwHttpErrors: false, retry: { limit: 0 } })
    .json<Record<string, unknown>>();
  if (answer['ok'] === false || typeof answer['error'] === 'string')
    throw new ConsoleRefusedError(`${String(action['action'])}: ${String(answer['error'])}`);
  return answer;
};

interface Person {
  readonly username: string;
  readonly password: string;
}

/** Two simulated orgs, of this process or of one that serves them, and who can do what there. */
export interface Consoles {
  readonly salesforce: { readonly url: string };
  readonly okta: { readonly url: string };
  readonly people: { readonly salesforceAdmin: Person; readonly oktaApiToken: string };
}

/** Where the admin finds the app; under its usual name unless told. */
interface AppPlace {
  readonly name?: string | undefined;
  readonly kind?: 'external-client-apps' | 'connected-apps' | undefined;
  /** Label of the Okta app; the first one unless told. */
  readonly oktaApp?: string | undefined;
}

/** An admin copies key and secret from Salesforce, connects on Okta's Provisioning tab, saves, and ticks the To App boxes. */
export const connectOnTheConsoles = async (
  sim: Consoles,
  tell: (line: string) => void,
  integrationUser: Person = sim.people.salesforceAdmin,
  app: AppPlace = {}
): Promise<void> => {
  await authenticateOnTheConsoles(sim, tell, integrationUser, app);
  await saveOnTheConsole(sim, tell, app.oktaApp);
};

/** The first half: up to the approval, with nothing saved. */
export const authenticateOnTheConsoles = async (
  sim: Consoles,
  tell: (line: string) => void,
  integrationUser: Person = sim.people.salesforceAdmin,
  { name = 'Okta_Provisioning', kind = 'external-client-apps', oktaApp }: AppPlace = {}
): Promise<void> => {
  const { username, password } = sim.people.salesforceAdmin;
  const appId = await oktaAppId(sim, oktaApp);
  tell('The admin opens the app in Salesforce, enters the mailed code and copies key and secret');
  const { consumerKey, consumerSecret } = await control(sim.salesforce.url, {
    action: 'reveal-consumer',
    kind,
    app: name,
    username,
    password,
  });
  tell('The admin pastes both into the Provisioning tab of the Okta app');
  await control(sim.okta.url, { action: 'enter', appId, consumerKey, consumerSecret });
  tell(`${integrationUser.username} logs in to Salesforce and allows the access`);
  await control(sim.okta.url, { action: 'authenticate', appId, ...pick(integrationUser) });
};

/** Somebody opens the link of an approval that the API began; returns the text of the page on which it ends. */
export const approveByLink = async (
  sim: Simulator,
  tell: (line: string) => void,
  link: string,
  integrationUser: Person = sim.people.salesforceAdmin
): Promise<string> => {
  tell(`${integrationUser.username} opens the link, logs in to Salesforce and presses Allow`);
  const { message } = await control(sim.okta.url, { action: 'approve', link, ...pick(integrationUser) });
  return String(message);
};

/** The second half. */
export const saveOnTheConsole = async (
  sim: Consoles,
  tell: (line: string) => void,
  oktaApp?: string
): Promise<void> => {
  const appId = await oktaAppId(sim, oktaApp);
  tell('The admin presses Test API Credentials, then Save');
  await control(sim.okta.url, { action: 'test', appId });
  await control(sim.okta.url, { action: 'save', appId });
  tell('The admin ticks Create, Update and Deactivate under To App');
  await control(sim.okta.url, { action: 'tick', appId, features: ['create', 'update', 'deactivate'] });
};

/** An admin revokes every approval in Setup. */
export const revokeApprovals = async (sim: Simulator, tell: (line: string) => void): Promise<void> => {
  tell('The admin revokes the approval in Setup > External Client Apps > OAuth Usage');
  for (const { refreshToken } of [...sim.salesforce.store.grants.values()])
    await got.post(`${sim.salesforce.url}/services/oauth2/revoke`, {
      form: { token: refreshToken ?? '' },
      retry: { limit: 0 },
    });
};

const pick = ({ username, password }: Person): Person => ({ username, password });

const okta = (sim: Consoles): typeof got =>
  got.extend({
    prefixUrl: `${sim.okta.url}/api/v1`,
    headers: { authorization: `SSWS ${sim.people.oktaApiToken}` },
    retry: { limit: 0 },
  });

const oktaAppId = async (sim: Consoles, label?: string): Promise<string> => {
  const apps = await okta(sim)('apps', {
    searchParams: { filter: 'name eq "salesforce"', ...(label !== undefined && { q: label, limit: 200 }) },
  }).json<Array<{ id: string; label: string }>>();
  return apps.find((app) => label === undefined || app.label === label)?.id ?? '';
};

/** An admin unfreezes a user. */
export const unfreeze = async (sim: Simulator, tell: (line: string) => void, username: string): Promise<void> => {
  const api = got.extend({
    prefixUrl: `${sim.salesforce.url}/services/data/v67.0`,
    headers: { authorization: `Bearer ${sim.people.salesforceAdmin.accessToken}` },
    retry: { limit: 0 },
  });
  const query = async (q: string): Promise<string> =>
    (await api('query', { searchParams: { q } }).json<{ records: Array<{ Id: string }> }>()).records[0]?.Id ?? '';
  const userId = await query(`SELECT Id FROM User WHERE Username = '${username}'`);
  const loginId = await query(`SELECT Id FROM UserLogin WHERE UserId = '${userId}'`);
  tell(`The admin unfreezes ${username}`);
  await api.patch(`sobjects/UserLogin/${loginId}`, { json: { IsFrozen: false } });
};
