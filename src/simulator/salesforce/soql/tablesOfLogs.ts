/**
 * What the org remembers of what happened. contracts/salesforce.md §7
 * - LoginHistory: Manage Users or Monitor Login History, others see their own rows; few fields can be filtered.
 *   LoginSubType is refused in a filter: the documentation contradicts itself, and a client must not rely on it
 * - SetupAuditTrail: View Setup; neither Display nor Section can be filtered
 */
import { fields, type SObjectTable } from './table.ts';

export const LOG_TABLES: Readonly<Record<string, SObjectTable>> = {
  LoginHistory: {
    fields: {
      ...fields('id', 'Id UserId AuthenticationServiceId NetworkId'),
      ...fields('datetime', 'LoginTime'),
      ...fields('string', 'LoginType LoginSubType Application Status SourceIp ApiType ApiVersion LoginUrl CipherSuite'),
      ...fields('string', 'CountryIso TlsProtocol Browser Platform ClientVersion'),
      ...fields('boolean', 'OptionsIsGet OptionsIsPost'),
    },
    filterable: [
      'AuthenticationServiceId',
      'CipherSuite',
      'CountryIso',
      'Id',
      'LoginTime',
      'LoginType',
      'LoginUrl',
      'NetworkId',
      'OptionsIsGet',
      'OptionsIsPost',
      'TlsProtocol',
      'UserId',
    ],
    rows: (store, { user, permissions }) => {
      const all = permissions.has('ManageUsers') || permissions.has('MonitorLoginHistory');
      return [...store.loginHistory.values()].filter(({ UserId }) => all || UserId === user.Id);
    },
  },
  IdpEventLog: {
    fields: {
      ...fields('id', 'Id AppId UserId'),
      ...fields('datetime', 'Timestamp'),
      ...fields('string', 'InitiatedBy ErrorCode IdentityUsed SsoType AuthSessionId SamlEntityUrl'),
      ...fields('boolean', 'OptionsHasLogoutUrl'),
    },
    rows: (store) => [...store.idpEvents.values()].map((event) => ({ ...event, OptionsHasLogoutUrl: false })),
  },
  SetupAuditTrail: {
    fields: {
      ...fields('id', 'Id CreatedById'),
      ...fields('datetime', 'CreatedDate'),
      ...fields('string', 'Action Display Section DelegateUser CreatedByContext'),
    },
    parents: { CreatedBy: 'User' },
    viewers: ['ViewSetup'],
    filterable: ['Id', 'CreatedById', 'CreatedDate', 'Action', 'DelegateUser', 'CreatedByContext'],
    rows: (store) => [...store.auditTrail.values()],
  },
};
