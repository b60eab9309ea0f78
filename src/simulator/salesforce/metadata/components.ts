/**
 * Create, update and delete of one metadata component. contracts/salesforce.md §2.7, §5.1–5.2
 * - an update changes the fields that were sent and keeps the others (a choice: the contract does not say)
 * - a field that the org ignores (knob) keeps its value, and the update is told to have succeeded (§4.4)
 * - a fullName that exists cannot be created, one that does not cannot be updated or deleted
 */
import { ComponentError, NotSimulated } from '../errors.ts';
import type { ComponentRecord, FieldMap } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { RULES, type TypeRules } from './rules.ts';

export interface ComponentChange {
  readonly type: string;
  readonly fullName: string;
  readonly fields: FieldMap;
  readonly userId: string;
  readonly at?: number;
}

export const rulesOf = (type: string): TypeRules => {
  const rules = RULES[type];
  if (!rules) throw new NotSimulated(`metadata type ${type}`);
  return rules;
};

export const createComponent = (store: SalesforceStore, change: ComponentChange): ComponentRecord => {
  const { type, fullName, fields, userId, at = store.clock.now() } = change;
  const rules = rulesOf(type);
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(fullName)) {
    const text =
      'The API name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';
    throw new ComponentError('FIELD_INTEGRITY_EXCEPTION', text);
  }
  if (store.component(type, fullName)) {
    throw new ComponentError(
      'DUPLICATE_DEVELOPER_NAME',
      `The name ${fullName} is already used by a component of type ${type}.`
    );
  }
  const stored = rules.create(store, { fullName, fields, userId, at });
  const component: ComponentRecord = {
    type,
    id: store.mint.id(rules.idPrefix),
    fullName,
    fields: stored,
    createdDate: at,
    createdById: userId,
    lastModifiedDate: at,
  };
  store.components.set(`${type}/${fullName}`, component);
  rules.created?.(store, component);
  store.logAudit(userId, `insert${type}`, `Created ${type} ${fullName}`);
  return component;
};

export const updateComponent = (store: SalesforceStore, change: ComponentChange): void => {
  const component = existing(store, change.type, change.fullName);
  const changed = rulesOf(change.type).change(store, component, change.fields);
  component.fields = { ...component.fields, ...withoutIgnored(store, change.type, changed) };
  component.lastModifiedDate = store.clock.now();
  store.logAudit(change.userId, `change${change.type}`, `Changed ${change.type} ${change.fullName}`);
};

export const deleteComponent = (store: SalesforceStore, change: Omit<ComponentChange, 'fields'>): void => {
  const component = existing(store, change.type, change.fullName);
  const { remove } = rulesOf(change.type);
  if (!remove) throw new NotSimulated(`deleteMetadata ${change.type}`);
  remove(store, component);
  store.components.delete(`${change.type}/${change.fullName}`);
  store.logAudit(change.userId, `delete${change.type}`, `Deleted ${change.type} ${change.fullName}`);
};

const withoutIgnored = ({ knobs }: SalesforceStore, type: string, fields: FieldMap): FieldMap =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !knobs.ignoredFields.includes(`${type}.${name}`)));

const existing = (store: SalesforceStore, type: string, fullName: string): ComponentRecord => {
  const component = store.component(type, fullName);
  if (component) return component;
  throw new ComponentError('INVALID_CROSS_REFERENCE_KEY', `In field: fullName - no ${type} named ${fullName} found`);
};
