/**
 * SOQL, GET /services/data/vNN.0/query and /tooling/query. contracts/salesforce.md §7, §11.1
 * - `columns=true` answers with the columns instead of records: what `sf data query` asks first (§15.4)
 * - not simulated: queryAll, explain, the next page
 */
import { Hono, type Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { RestError } from '../errors.ts';
import { restCaller } from '../session.ts';
import { parseQuery } from '../soql/parse.ts';
import { Runner, type Tables } from '../soql/run.ts';
import { TABLES, TOOLING_TABLES } from '../soql/tables.ts';
import type { FieldType } from '../soql/table.ts';
import type { SalesforceStore } from '../store.ts';
import { onlyParameters, versionOf } from './version.ts';

export const queryRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get('/services/data/:version/query', (c) => answer(c, store, TABLES))
    .get('/services/data/:version/tooling/query', (c) => answer(c, store, TOOLING_TABLES));

const answer = (c: Context<SimulatorEnv>, store: SalesforceStore, tables: Tables): Response => {
  const caller = restCaller(store, c);
  const version = versionOf(c);
  onlyParameters(c, ['q', 'columns']);
  const q = c.req.query('q');
  if (q === undefined) throw new RestError(400, 'MALFORMED_QUERY', 'The q parameter is required');
  const query = parseQuery(q);
  c.set('operation', `GET query ${query.object}`);
  const runner = new Runner(query, tables, store, caller);
  return c.req.query('columns') === 'true' ? c.json(columns(runner)) : c.json(runner.answer(version));
};

const APEX_TYPES: Readonly<Record<FieldType, string>> = {
  boolean: 'Boolean',
  datetime: 'Datetime',
  id: 'Id',
  int: 'Integer',
  string: 'String',
};

const columns = (runner: Runner): unknown => ({
  columnMetadata: runner.columns().map(({ path, type }) => column(path, APEX_TYPES[type])),
  entityName: runner.object,
  groupBy: false,
  idSelected: runner.columns().some(({ path }) => path.join('.') === 'Id'),
});

/** A field over a relationship is a column that holds columns. */
const column = ([name = '', ...rest]: readonly string[], apexType: string): unknown => ({
  aggregate: false,
  apexType: rest.length > 0 ? null : apexType,
  columnName: name,
  custom: false,
  displayName: name,
  foreignKeyName: rest.length > 0 ? name : null,
  joinColumns: rest.length > 0 ? [column(rest, apexType)] : [],
});
