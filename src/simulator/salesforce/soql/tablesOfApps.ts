/**
 * Apps and their approvals. contracts/salesforce.md §2.10, §7, §15.2
 * - OauthToken: one row for each approval, Id always null; users without Customize Application see only their own.
 *   AccessToken and RequestToken hold tokens. AppMenuItemId is null for external client apps.
 * - the global OAuth settings of an external client app cannot be queried
 * - not simulated: the booleans by scope of ExtlClntAppOauthSettings, ExtlClntAppPlcyCnfg
 */
import type { ComponentRecord, FieldMap, Row } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { part } from '../metadata/connectedApp.ts';
import { fields, type SObjectTable } from './table.ts';

const text = (map: FieldMap, name: string): string | null => {
  const value = map[name];
  return typeof value === 'string' ? value : null;
};

const ecaRow = (store: SalesforceStore, app: ComponentRecord): Row => ({
  Id: app.id,
  DeveloperName: app.fullName,
  MasterLabel: text(app.fields, 'label'),
  NamespacePrefix: null,
  ContactEmail: text(app.fields, 'contactEmail'),
  Description: text(app.fields, 'description'),
  DistributionState: text(app.fields, 'distributionState'),
  ManagedType: text(app.fields, 'managedType'),
  OrgScopedExternalApp: text(app.fields, 'orgScopedExternalApp'),
  CreatedDate: store.timestamp(app.createdDate),
  CreatedById: app.createdById,
  LastModifiedDate: store.timestamp(app.lastModifiedDate),
});

const policyRow = (store: SalesforceStore, policy: ComponentRecord): Row => {
  const { fields: map } = policy;
  const period = text(map, 'refreshTokenValidityPeriod');
  return {
    Id: policy.id,
    DeveloperName: policy.fullName,
    MasterLabel: text(map, 'label'),
    ExternalClientApplicationId:
      store.component('ExternalClientApplication', text(map, 'externalClientApplication') ?? '')?.id ?? null,
    RefreshTokenPolicyType: text(map, 'refreshTokenPolicyType'),
    RefreshTokenValidityPeriod: period === null ? null : Number(period),
    RefreshTokenValidityUnit: text(map, 'refreshTokenValidityUnit'),
    // SOQL spells this one value otherwise than metadata does (§2.2).
    IpRelaxationPolicyType:
      text(map, 'ipRelaxationPolicyType')?.replace('Enforce_RelaxRefresh', 'Enforce_relaxrefresh') ?? null,
    PermittedUsersPolicyType: text(map, 'permittedUsersPolicyType'),
    RequiredSessionLevel: text(map, 'requiredSessionLevel'),
    PolicyAction: text(map, 'policyAction'),
    IsClientCredentialsFlowEnabled: text(map, 'isClientCredentialsFlowEnabled') === 'true',
  };
};

const consumerRow = (store: SalesforceStore, id: string, app: ComponentRecord): Row => {
  const settings = store
    .componentsOf('ExtlClntAppOauthSettings')
    .find((component) => component.fields['externalClientApplication'] === app.fullName);
  return {
    Id: id,
    DeveloperName: app.fullName,
    MasterLabel: text(app.fields, 'label'),
    ExternalClientApplicationId: app.id,
    ExtlClntAppOauthSettingsId: settings?.id ?? null,
  };
};

const connectedAppRow = (app: ComponentRecord): Row => {
  const policy = text(part(app.fields, 'oauthPolicy'), 'refreshTokenPolicy') ?? 'infinite';
  const [, period, unit] = policy.split(':');
  return {
    Id: app.id,
    Name: text(app.fields, 'label'),
    OptionsAllowAdminApprovedUsersOnly: text(part(app.fields, 'oauthConfig'), 'isAdminApproved') === 'true',
    OptionsRefreshTokenValidityMetric: unit !== undefined && policy.startsWith('specific_lifetime'),
    RefreshTokenValidityPeriod: period === undefined ? null : Number(period),
    StartUrl: text(app.fields, 'startUrl'),
  };
};

const menuItemId = (app: ComponentRecord): string => `0DS${app.id.slice(3)}`;

export const APP_TABLES: Readonly<Record<string, SObjectTable>> = {
  ExternalClientApplication: {
    fields: {
      ...fields('id', 'Id CreatedById'),
      ...fields(
        'string',
        'DeveloperName MasterLabel NamespacePrefix ContactEmail Description DistributionState ManagedType'
      ),
      ...fields('string', 'OrgScopedExternalApp'),
      ...fields('datetime', 'CreatedDate LastModifiedDate'),
    },
    rows: (store) => store.componentsOf('ExternalClientApplication').map((app) => ecaRow(store, app)),
  },
  ExtlClntAppOauthConsumer: {
    fields: {
      ...fields('id', 'Id ExternalClientApplicationId ExtlClntAppOauthSettingsId'),
      ...fields('string', 'DeveloperName MasterLabel'),
    },
    parents: { ExternalClientApplication: 'ExternalClientApplication' },
    rows: (store) =>
      [...store.consumers.values()].flatMap(({ id, appId }) => {
        const app = store.app(appId);
        return app?.type === 'ExternalClientApplication' ? [consumerRow(store, id, app)] : [];
      }),
  },
  ExtlClntAppOauthPlcyCnfg: {
    fields: {
      ...fields('id', 'Id ExternalClientApplicationId'),
      ...fields(
        'string',
        'DeveloperName MasterLabel RefreshTokenPolicyType RefreshTokenValidityUnit IpRelaxationPolicyType'
      ),
      ...fields('string', 'PermittedUsersPolicyType RequiredSessionLevel PolicyAction'),
      ...fields('int', 'RefreshTokenValidityPeriod'),
      ...fields('boolean', 'IsClientCredentialsFlowEnabled'),
    },
    parents: { ExternalClientApplication: 'ExternalClientApplication' },
    rows: (store) =>
      store.componentsOf('ExtlClntAppOauthConfigurablePolicies').map((policy) => policyRow(store, policy)),
  },
  ConnectedApplication: {
    fields: {
      ...fields('id', 'Id'),
      ...fields('string', 'Name StartUrl'),
      ...fields('boolean', 'OptionsAllowAdminApprovedUsersOnly OptionsRefreshTokenValidityMetric'),
      ...fields('int', 'RefreshTokenValidityPeriod'),
    },
    rows: (store) => store.componentsOf('ConnectedApp').map(connectedAppRow),
  },
  AppMenuItem: {
    fields: { ...fields('id', 'Id ApplicationId'), ...fields('string', 'Label Name Type') },
    rows: (store) =>
      [...store.componentsOf('ConnectedApp'), ...store.componentsOf('ExternalClientApplication')].map((app) => ({
        Id: menuItemId(app),
        ApplicationId: app.id,
        Label: text(app.fields, 'label'),
        Name: app.fullName,
        Type: app.type === 'ConnectedApp' ? 'ConnectedApplication' : 'ExternalClientApplication',
      })),
  },
  OauthToken: {
    fields: {
      ...fields('id', 'Id AppMenuItemId UserId'),
      ...fields('string', 'AccessToken AppName DeleteToken RequestToken'),
      ...fields('datetime', 'CreatedDate LastUsedDate'),
      ...fields('int', 'UseCount'),
    },
    parents: { User: 'User', AppMenuItem: 'AppMenuItem' },
    tokens: ['AccessToken', 'RequestToken'],
    lacking: ({ knobs }) => (knobs.grantsWithoutCreatedDate ? ['CreatedDate'] : []),
    rows: (store, caller) =>
      [...store.grants.values()]
        .filter(({ userId }) => caller.permissions.has('CustomizeApplication') || userId === caller.user.Id)
        .map((grant) => {
          const app = store.app(grant.appId);
          return {
            Id: null,
            AppMenuItemId: app?.type === 'ConnectedApp' ? menuItemId(app) : null,
            UserId: grant.userId,
            AppName: app ? text(app.fields, 'label') : null,
            DeleteToken: grant.deleteToken,
            CreatedDate: store.timestamp(grant.createdDate),
            LastUsedDate: store.timestamp(grant.lastUsedDate),
            UseCount: grant.useCount,
          };
        }),
  },
};
