/**
 * Who may see the companion page. The link's nonce works once, since the start of a browser shows it in process arguments,
 * which every user of the machine can read; it becomes a cookie that only this browser holds. Cookies know no ports, so the
 * cookie is bound to a path that nobody can guess: another server on 127.0.0.1 is never sent it.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Verdict = 'welcome' | 'used-link' | 'refused';

export interface Admission {
  readonly linkPath: string;
  /** Where everything but the link is; ends with a slash. */
  readonly basePath: string;
  /** Whether a request comes from the person's own browser, and for this address: no DNS name rebound to it, no other page. */
  readonly isOwn: (request: IncomingMessage) => boolean;
  /** Spends the nonce. */
  readonly useLink: (path: string) => Verdict;
  /** Whether the nonce is spent. */
  readonly used: () => boolean;
  readonly cookie: string;
  readonly holdsCookie: (request: IncomingMessage) => boolean;
}

const NAME = 'companion';
const random = (bytes = 32): string => randomBytes(bytes).toString('base64url');

export const createAdmission = (hosts: () => readonly string[]): Admission => {
  const [nonce, session, base] = [random(24), random(), random()];
  const basePath = `/${base}/`;
  let used = false;
  return {
    linkPath: `/open/${nonce}`,
    basePath,
    cookie: `${NAME}=${session}; Path=${basePath}; HttpOnly; SameSite=Strict`,
    isOwn: ({ method, headers }) => {
      const { host = '', origin } = headers;
      const site = headers['sec-fetch-site'];
      if (!hosts().includes(host)) return false;
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
      const ownOrigin = origin === `http://${host}`;
      return method === 'GET' ? origin === undefined || ownOrigin : ownOrigin;
    },
    useLink: (path) => {
      if (!equal(path, `/open/${nonce}`)) return 'refused';
      if (used) return 'used-link';
      used = true;
      return 'welcome';
    },
    used: () => used,
    holdsCookie: ({ headers }) => {
      const given = (headers.cookie ?? '').split(/;\s*/).find((pair) => pair.startsWith(`${NAME}=`));
      return given !== undefined && equal(given.slice(NAME.length + 1), session);
    },
  };
};

const equal = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
