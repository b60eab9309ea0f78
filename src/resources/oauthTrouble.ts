/** Failures of the app's OAuth in the window, and what came after them. contracts/salesforce.md §7, §11.2 */
import type { IdpEvent, Login } from '../clients/salesforce/types.ts';
import { caller } from './caller.ts';
import type { PairResource } from './context.ts';
import { oauthLoginWindow } from './grants.ts';
import { isWhole, unresolved, type Happened } from './happened.ts';
import { integrationIdentity } from './integrationUser.ts';
import { ownApp } from './ownApp.ts';

export const logStart = ({ now, intent }: { now: () => number; intent: { logWindow: number } }): string =>
  new Date(now() - intent.logWindow).toISOString();

export interface OauthTrouble {
  readonly since: string;
  readonly failures: readonly Happened[];
  readonly seen: number;
  /** False where the logins of the integration user are hidden from whoever asks: a success may be among them. */
  readonly complete: boolean;
  /** Where there was more than could be read, and it may matter: before this time nothing is known. */
  readonly cutAt?: string;
}

export const oauthTrouble: PairResource<OauthTrouble> = {
  id: 'salesforce.oauth-trouble',
  read: async ({ context, see }) => {
    const since = logStart(context);
    const [asking, user, app, logins, events] = await Promise.all([
      see(caller),
      see(integrationIdentity),
      see(ownApp),
      see(oauthLoginWindow),
      context.salesforce.oauthEvents(since),
    ]);
    const own = events.rows.filter(({ AppId }) => app?.id !== undefined && AppId?.slice(0, 15) === app.id.slice(0, 15));
    const recent = logins.rows.filter(({ LoginTime }) => Date.parse(LoginTime) >= Date.parse(since));
    const happened = [...own.map(ofEvent), ...recent.map(ofLogin)];
    const monitors = asking.permissions.has('ManageUsers') || asking.permissions.has('MonitorLoginHistory');
    const complete = monitors || (user.kind === 'found' && user.user.Id === asking.userId);
    const [cutAt] = [events.cutAt, logins.cutAt].filter((at) => at !== undefined && Date.parse(at) > Date.parse(since));
    const failures = unresolved(happened);
    const whole = isWhole(happened, cutAt !== undefined);
    return { since, failures, seen: happened.length, complete, ...(cutAt !== undefined && !whole && { cutAt }) };
  },
};

const ofEvent = ({ Timestamp, InitiatedBy, ErrorCode }: IdpEvent): Happened => ({
  at: Timestamp,
  // An authorization that went well says nothing of the exchange that follows.
  ok: ErrorCode !== 'Success' ? false : InitiatedBy === 'OauthTokenExchange' ? true : undefined,
  what: `${InitiatedBy} ${ErrorCode}`,
  source: 'SOQL IdpEventLog',
});

const ofLogin = ({ LoginTime, LoginSubType, Status }: Login): Happened => ({
  at: LoginTime,
  ok: Status === 'Success',
  what: `${LoginSubType ?? 'login'} ${Status ?? ''}`,
  source: 'SOQL LoginHistory',
});
