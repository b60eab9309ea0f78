/** The rows that logins leave behind. contracts/salesforce.md §7, §11.2 */
import type { IdpEventRecord, LoginHistoryRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';

const SOURCE_IP = '127.0.0.1';

export const logEvent = (
  store: SalesforceStore,
  InitiatedBy: IdpEventRecord['InitiatedBy'],
  ErrorCode: string,
  about: { readonly appId?: string; readonly userId?: string },
  at?: number
): void => {
  const Id = store.mint.id('0Y1');
  const user = store.users.get(about.userId ?? '');
  store.idpEvents.set(Id, {
    Id,
    Timestamp: store.timestamp(at),
    InitiatedBy,
    ErrorCode,
    AppId: about.appId ?? null,
    UserId: user?.Id ?? null,
    IdentityUsed: user?.Username ?? null,
  });
};

export const logLogin = (
  store: SalesforceStore,
  UserId: string,
  how: Pick<LoginHistoryRecord, 'LoginType' | 'LoginSubType' | 'Application' | 'Status'>,
  at?: number
): void => {
  const Id = store.mint.id('0Ya');
  store.loginHistory.set(Id, {
    Id,
    UserId,
    LoginTime: store.timestamp(at),
    ...how,
    SourceIp: SOURCE_IP,
    ApiType: null,
    ApiVersion: null,
    LoginUrl: 'simulated.my.salesforce.com',
  });
};
