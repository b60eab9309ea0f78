/**
 * Failures in Okta's log in the window, and what came after them. contracts/okta.md §5.2
 * Credentials are one thing for the whole app; provisioning is one for each user, and is over when that user was
 * provisioned later or is not assigned any more. Okta writes `application.lifecycle.update` at any save, a new label among
 * them: after credentials were refused it says that they are good only where Salesforce shows a use of them in between.
 */
import type { LogEvent } from '../clients/okta/types.ts';
import { sight } from './approvals.ts';
import { isCheckFailure, isFailure, isProof, isSaved } from './connection.ts';
import type { PairResource } from './context.ts';
import { grants, oauthLogins } from './grants.ts';
import { unresolved, type Happened } from './happened.ts';
import { logStart } from './oauthTrouble.ts';
import { oktaAppItself } from './oktaApp.ts';

export interface OktaTrouble {
  readonly since: string;
  readonly failures: readonly Happened[];
  readonly rateLimits: readonly Happened[];
  readonly seen: number;
  /** Where there was more than is read: before this time nothing is known. */
  readonly cutAt?: string;
}

const SOURCE = 'GET /api/v1/logs';

/** Undefined where there is no one Okta app. */
export const oktaTrouble: PairResource<OktaTrouble | undefined> = {
  id: 'okta.trouble',
  read: async ({ context, see }) => {
    const app = await see(oktaAppItself);
    if (app.kind !== 'found') return undefined;
    const since = logStart(context);
    const [ofApp, limits, uses] = await Promise.all([
      context.okta.logOfApp(app.app.id, since),
      context.okta.rateLimitLog(since),
      see(usesOfCredentials),
    ]);
    const events = ofApp.rows;
    const users = [...new Set(events.filter(isAboutUser).flatMap(userOf))];
    const ofUsers = users.flatMap((user) =>
      unresolved(events.filter((event) => userOf(event).includes(user)).map(provisioning))
    );
    const rateLimits = [...limits.rows, ...events.filter(({ eventType }) => eventType.endsWith('rate_limit_exceeded'))];
    return {
      since,
      failures: [...unresolved(events.map(credentials(events, uses))), ...ofUsers],
      rateLimits: rateLimits.map((event) => ({ ...told(event), ok: false })),
      seen: events.length,
      ...(ofApp.cutAt !== undefined && { cutAt: ofApp.cutAt }),
    };
  },
};

const told = ({ eventType, published, outcome, uuid }: LogEvent): Omit<Happened, 'ok'> => ({
  at: published,
  what: outcome?.reason ? `${eventType}: ${outcome.reason}` : eventType,
  source: SOURCE,
  record: uuid,
});

/** When Salesforce let the app in; undefined where that cannot be read, and then a save counts as it stands. */
const usesOfCredentials: PairResource<readonly number[] | undefined> = {
  id: 'okta.trouble.uses',
  read: async ({ see }) => {
    try {
      const [given, logins, seen] = await Promise.all([see(grants), see(oauthLogins), see(sight)]);
      if (!seen.own) return undefined;
      const successes = logins.filter(({ Status }) => Status === 'Success').map(({ LoginTime }) => LoginTime);
      return [...given.flatMap(({ grantedAt }) => grantedAt ?? []), ...successes].map((at) => Date.parse(at));
    } catch {
      return undefined;
    }
  },
};

const credentials = (
  events: readonly LogEvent[],
  uses: readonly number[] | undefined
): ((event: LogEvent) => Happened) => {
  const refused = events.filter((event) => isFailure(event) && !isCheckFailure(event)).map(timeOf);
  const provesNothing = (event: LogEvent): boolean => {
    const saved = timeOf(event);
    const last = Math.max(...refused.filter((at) => at < saved));
    return last > 0 && uses !== undefined && !uses.some((at) => at > last && at <= saved);
  };
  return (event) => ({
    ...told(event),
    ok: isProof(event)
      ? isSaved(event) && provesNothing(event)
        ? undefined
        : true
      : isFailure(event)
        ? false
        : undefined,
  });
};

const timeOf = ({ published }: LogEvent): number => Date.parse(published);

const isAboutUser = ({ eventType }: LogEvent): boolean =>
  eventType.startsWith('application.provision.user.') || eventType.startsWith('application.user_membership.');

const userOf = ({ target }: LogEvent): string[] =>
  (target ?? []).filter(({ type }) => type === 'User').map(({ id }) => id);

const provisioning = (event: LogEvent): Happened => {
  const result = event.outcome?.result;
  const provision = event.eventType.startsWith('application.provision.user.');
  const removed = event.eventType === 'application.user_membership.remove';
  return {
    ...told(event),
    ok: provision && result === 'FAILURE' ? false : removed || (provision && isDone(event)) ? true : undefined,
  };
};

/** `verify_exists` only looks. */
const isDone = ({ eventType, outcome }: LogEvent): boolean =>
  outcome?.result === 'SUCCESS' && !eventType.endsWith('.verify_exists');
