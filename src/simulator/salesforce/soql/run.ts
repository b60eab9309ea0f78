/**
 * Answers a parsed query. contracts/salesforce.md §7
 * - an object that does not exist, or that the caller may not see, is INVALID_TYPE; a field INVALID_FIELD
 * - a literal of another type than its field is INVALID_FIELD, as in Salesforce, which never converts
 * - texts compare without case; ids compare by their first 15 characters, with case
 * - selecting or filtering by a token is refused with 501: no client of these objects has a reason to (§15.2)
 * - not simulated: more than one page (2,000 records)
 */
import { NotSimulated, RestError } from '../errors.ts';
import { sameId } from '../ids.ts';
import type { Row, Scalar } from '../records.ts';
import type { Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import type { Condition, Literal, Query } from './parse.ts';
import type { FieldType, SObjectTable } from './table.ts';

export type Tables = Readonly<Record<string, SObjectTable>>;
export interface QueryAnswer {
  readonly totalSize: number;
  readonly done: true;
  readonly records: readonly unknown[];
}

/** A field as the query names it: over which relationships it is reached, and its own name in the vendor's spelling. */
interface Column {
  readonly parents: ReadonlyArray<{ readonly name: string; readonly object: string; readonly table: SObjectTable }>;
  readonly table: SObjectTable;
  readonly name: string;
  readonly type: FieldType;
}

const PAGE = 2000;

export class Runner {
  readonly #query: Query;
  readonly #tables: Tables;
  readonly #store: SalesforceStore;
  readonly #caller: Caller;
  readonly #table: SObjectTable;
  readonly #object: string;

  public constructor(query: Query, tables: Tables, store: SalesforceStore, caller: Caller) {
    this.#query = query;
    this.#tables = tables;
    this.#store = store;
    this.#caller = caller;
    const object = Object.keys(tables).find((name) => name.toLowerCase() === query.object.toLowerCase());
    const table = object === undefined ? undefined : tables[object];
    const { viewers } = table ?? {};
    if (
      object === undefined ||
      !table ||
      (viewers && !viewers.some((permission) => caller.permissions.has(permission)))
    ) {
      throw this.#error('INVALID_TYPE', query.object, `sObject type '${query.object}' is not supported.`);
    }
    this.#object = object;
    this.#table = table;
  }

  public get object(): string {
    return this.#object;
  }

  /** The selected fields in the vendor's spelling, with their types. */
  public columns(): Array<{ readonly path: readonly string[]; readonly type: FieldType }> {
    if (this.#query.fields === 'COUNT()') return [];
    return this.#query.fields.map((field) => {
      const column = this.#column(field);
      return { path: [...column.parents.map(({ name }) => name), column.name], type: column.type };
    });
  }

  public answer(version: string): QueryAnswer {
    const { fields, where, orderBy, limit } = this.#query;
    const columns = fields === 'COUNT()' ? [] : fields.map((field) => this.#column(field));
    const matches = where ? this.#condition(where) : (): boolean => true;
    const order = orderBy.map((entry) => ({ ...entry, column: this.#column(entry.field) }));
    const rows = this.#table.rows(this.#store, this.#caller).filter(matches);
    rows.sort((left, right) => {
      for (const { column, descending, nullsLast } of order) {
        const [a, b] = [this.#value(left, column), this.#value(right, column)];
        const nulls = (a === null ? 1 : 0) - (b === null ? 1 : 0);
        if (nulls !== 0) return nullsLast ? nulls : -nulls;
        const result = compare(a, b, column.type);
        if (result !== 0) return descending ? -result : result;
      }
      return 0;
    });
    const taken = rows.slice(0, limit ?? rows.length);
    if (fields === 'COUNT()') return { totalSize: taken.length, done: true, records: [] };
    if (taken.length > PAGE) throw new NotSimulated(`more than ${PAGE} records of ${this.#object}`);
    return { totalSize: taken.length, done: true, records: taken.map((row) => this.#record(row, columns, version)) };
  }

  #record(row: Row, columns: readonly Column[], version: string): unknown {
    const record: Record<string, unknown> = { attributes: attributes(version, this.#object, this.#table, row) };
    for (const column of columns) {
      let target = record;
      let current: Row | undefined = row;
      for (const parent of column.parents) {
        current = current && this.#parent(current, parent);
        if (!current) break;
        const seen = target[parent.name] as Record<string, unknown> | undefined;
        const next: Record<string, unknown> = seen ?? {
          attributes: attributes(version, parent.object, parent.table, current),
        };
        target[parent.name] = next;
        target = next;
      }
      if (current) target[column.name] = current[column.name] ?? null;
      else target[column.parents[0]?.name ?? column.name] = null;
    }
    return record;
  }

  #condition(condition: Condition): (row: Row) => boolean {
    if (condition.kind === 'not') {
      const part = this.#condition(condition.part);
      return (row) => !part(row);
    }
    if (condition.kind !== 'test') {
      const parts = condition.parts.map((part) => this.#condition(part));
      return condition.kind === 'and'
        ? (row): boolean => parts.every((part) => part(row))
        : (row): boolean => parts.some((part) => part(row));
    }
    const column = this.#column(condition.field);
    const { filterable } = column.table;
    if (filterable && !filterable.includes(column.name)) {
      throw this.#error('INVALID_FIELD', condition.field, `field '${column.name}' can not be filtered in a query call`);
    }
    for (const literal of condition.values) this.#checkType(column, condition.field, literal);
    const { operator, values } = condition;
    return (row) => test(this.#value(row, column), operator, values, column.type, this.#store.clock.now());
  }

  #checkType({ type, name }: Column, field: string, literal: Literal): void {
    const fits =
      literal.type === 'null' ||
      (type === 'datetime' && (literal.type === 'datetime' || literal.type === 'days')) ||
      (type === 'int' && literal.type === 'number') ||
      (type === 'boolean' && literal.type === 'boolean') ||
      ((type === 'string' || type === 'id') && literal.type === 'string');
    if (fits) return;
    const text = `value of filter criterion for field '${name}' must be of type ${type}`;
    throw this.#error(
      'INVALID_FIELD',
      field,
      literal.type === 'string' ? `${text} and should not be enclosed in quotes` : text
    );
  }

  #column(field: string): Column {
    const path = field.split('.');
    const parents: Array<Column['parents'][number]> = [];
    let table = this.#table;
    // A field may be told by its object's own name: SELECT User.Name FROM User.
    if (path.length > 1 && path[0]?.toLowerCase() === this.#object.toLowerCase()) path.shift();
    for (const step of path.slice(0, -1)) {
      const known = Object.entries(table.parents ?? {}).find(([name]) => name.toLowerCase() === step.toLowerCase());
      const next = known && this.#tables[known[1]];
      if (!known || !next) {
        throw this.#error('INVALID_FIELD', field, `Didn't understand relationship '${step}' in field path.`);
      }
      parents.push({ name: known[0], object: known[1], table: next });
      table = next;
    }
    const last = path.at(-1) ?? '';
    const found = Object.entries(table.fields).find(([name]) => name.toLowerCase() === last.toLowerCase());
    if (!found || table.lacking?.(this.#store).includes(found[0]))
      throw this.#error(
        'INVALID_FIELD',
        field,
        `No such column '${last}' on entity '${parents.at(-1)?.object ?? this.#object}'.`
      );
    const [name, type] = found;
    if (table.tokens?.includes(name)) throw new NotSimulated(`SOQL on ${this.#object}.${name}, which holds a token`);
    return { parents, table, name, type };
  }

  #value(row: Row, column: Column): Scalar {
    let current: Row | undefined = row;
    for (const parent of column.parents) current = current && this.#parent(current, parent);
    return current?.[column.name] ?? null;
  }

  #parent(row: Row, { name, table }: Column['parents'][number]): Row | undefined {
    const id = row[`${name}Id`];
    return table.rows(this.#store, this.#caller).find((candidate) => candidate['Id'] === id);
  }

  #error(errorCode: string, what: string, text: string): RestError {
    const at = Math.max(0, this.#query.text.indexOf(what));
    return new RestError(400, errorCode, `\n${this.#query.text}\n^\nERROR at Row:1:Column:${at + 1}\n${text}`);
  }
}

const attributes = (version: string, type: string, table: SObjectTable, row: Row): unknown => {
  const id = row[table.key ?? 'Id'];
  return {
    type,
    url: `/services/data/${version}/sobjects/${type}/${typeof id === 'string' ? id : '000000000000000AAA'}`,
  };
};

const DAY = 24 * 60 * 60 * 1000;

const test = (value: Scalar, operator: string, literals: readonly Literal[], type: FieldType, now: number): boolean => {
  if (operator === 'IN') return literals.some((literal) => equal(value, literal.value, type));
  if (operator === 'NOT IN') return !literals.some((literal) => equal(value, literal.value, type));
  const [literal] = literals;
  const wanted =
    literal?.type === 'days' ? new Date(now - Number(literal.value) * DAY).toISOString() : (literal?.value ?? null);
  // "Within the last N days" is told by an equals sign.
  if (operator === '=' && literal?.type === 'days') return value !== null && compare(value, wanted, type) >= 0;
  if (operator === '=') return equal(value, wanted, type);
  if (operator === '!=') return !equal(value, wanted, type);
  if (value === null || wanted === null) return false;
  if (operator === 'LIKE') return like(String(wanted)).test(String(value));
  const order = compare(value, wanted, type);
  return operator === '<' ? order < 0 : operator === '>' ? order > 0 : operator === '<=' ? order <= 0 : order >= 0;
};

const equal = (left: Scalar, right: Scalar, type: FieldType): boolean => {
  if (left === null || right === null) return left === right || (type === 'string' && (left ?? right) === '');
  if (type === 'id') return sameId(String(left), String(right));
  return compare(left, right, type) === 0;
};

const compare = (left: Scalar, right: Scalar, type: FieldType): number => {
  if (type === 'datetime') return Date.parse(String(left)) - Date.parse(String(right));
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left).toLowerCase(), String(right).toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
};

const like = (pattern: string): RegExp => {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  return new RegExp(`^${source}$`, 'i');
};
