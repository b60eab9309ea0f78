/** The login of a person's browser. contracts/salesforce.md §6.1, §8.4 */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { SimulatorEnv } from '../../server.ts';
import type { BrowserSessionRecord, UserRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { loginRefusal } from '../users.ts';

/** The real name is `sid`, which is Okta's as well; cookies know no ports, so the two simulated vendors would share it. */
const COOKIE = 'salesforce_sid';

export interface LoggedIn {
  readonly session: BrowserSessionRecord;
  readonly user: UserRecord;
}

/** Undefined where nobody is logged in, or somebody who may no longer be. */
export const loggedIn = (c: Context<SimulatorEnv>, store: SalesforceStore): LoggedIn | undefined => {
  const session = store.browserSessions.get(getCookie(c, COOKIE) ?? '');
  const user = session && store.users.get(session.userId);
  return session && user && loginRefusal(store, user) === undefined ? { session, user } : undefined;
};

export const openSession = (c: Context<SimulatorEnv>, store: SalesforceStore, userId: string): void => {
  const sid = store.secret('browser session', 'S1D', 60);
  const session = { sid, userId, loggedInAt: store.clock.now(), identityCode: undefined, identityVerified: false };
  store.browserSessions.set(sid, session);
  setCookie(c, COOKIE, sid, { path: '/', httpOnly: true, sameSite: 'Lax' });
};

export const closeSession = (c: Context<SimulatorEnv>, store: SalesforceStore): void => {
  store.browserSessions.delete(getCookie(c, COOKIE) ?? '');
  setCookie(c, COOKIE, '', { path: '/', httpOnly: true, maxAge: 0 });
};

/** Only a place on this host: a link must not be able to send a person who has just logged in elsewhere. */
export const safePath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])/.test(path) ? path : '/simulated/home';

export const loginPath = (startURL: string): string => `/?ec=302&startURL=${encodeURIComponent(startURL)}`;
