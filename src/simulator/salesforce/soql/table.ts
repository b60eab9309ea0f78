import type { Row } from '../records.ts';
import type { Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';

export type FieldType = 'id' | 'string' | 'boolean' | 'int' | 'datetime';

/** An sObject as queries see it. */
export interface SObjectTable {
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Only the rows that the caller may see. */
  readonly rows: (store: SalesforceStore, caller: Caller) => readonly Row[];
  /** Any one of these lets a user see the object; others are told that it does not exist. */
  readonly viewers?: readonly string[];
  /** Relationship name → the object that the id field `<name>Id` points to. */
  readonly parents?: Readonly<Record<string, string>>;
  /** Where present, only these can stand in WHERE. */
  readonly filterable?: readonly string[];
  /** Hold a token; a client that selects one is wrong (contracts/salesforce.md §15.2). */
  readonly tokens?: readonly string[];
  /** Fields that this org's version of the object lacks. */
  readonly lacking?: (store: SalesforceStore) => readonly string[];
  /** Of the record's address; empty where records have none. */
  readonly key?: string;
}

/** `'id', 'Id UserId'` → `{ Id: 'id', UserId: 'id' }` */
export const fields = (type: FieldType, names: string): Record<string, FieldType> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, type])
  );
