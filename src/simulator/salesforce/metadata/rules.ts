import type { ComponentRecord, FieldMap } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { connectedAppRules } from './connectedApp.ts';
import {
  appPolicyRules,
  globalSettingsRules,
  headerRules,
  oauthPolicyRules,
  oauthSettingsRules,
} from './externalClientApp.ts';
import { settingsRules } from './settings.ts';

export interface NewComponent {
  readonly fullName: string;
  readonly fields: FieldMap;
  readonly userId: string;
  /** When; now unless told. */
  readonly at: number;
}

/** What is particular to a metadata type. `create` and `change` answer with the fields to store, or throw. */
export interface TypeRules {
  readonly folder: string;
  readonly suffix: string;
  readonly idPrefix: string;
  /** Any one of these lets a user write the type. */
  readonly writers: readonly string[];
  readonly create: (store: SalesforceStore, component: NewComponent) => FieldMap;
  readonly change: (store: SalesforceStore, component: ComponentRecord, fields: FieldMap) => FieldMap;
  /** Absent where the type cannot be deleted by itself. */
  readonly remove?: (store: SalesforceStore, component: ComponentRecord) => void;
  /** What comes with a new component. */
  readonly created?: (store: SalesforceStore, component: ComponentRecord) => void;
  /** What reading shows, where that is not what is stored. */
  readonly view?: (store: SalesforceStore, component: ComponentRecord) => FieldMap;
}

export const RULES: Readonly<Record<string, TypeRules>> = {
  ConnectedApp: connectedAppRules,
  ConnectedAppSettings: settingsRules,
  ExternalClientApplication: headerRules,
  ExternalClientAppSettings: settingsRules,
  ExtlClntAppConfigurablePolicies: appPolicyRules,
  ExtlClntAppGlobalOauthSettings: globalSettingsRules,
  ExtlClntAppOauthConfigurablePolicies: oauthPolicyRules,
  ExtlClntAppOauthSettings: oauthSettingsRules,
};
