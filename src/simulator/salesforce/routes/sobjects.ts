/**
 * Records by REST, /services/data/vNN.0/sobjects/X[/{id}]. contracts/salesforce.md §7, §8, §11.1
 * - POST is 201, PATCH and DELETE 204; users cannot be deleted, logins not created
 * - writing takes the permission that the object's table names, else INSUFFICIENT_ACCESS_OR_READONLY
 * - DELETE on a user's password resets it (§8.1)
 * - a field that the object does not have, or that cannot be written, is INVALID_FIELD
 * - not simulated: setting a password and reading its state, upsert by external id, collections, composite, describe
 */
import { Hono, type Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { NotSimulated, RestError } from '../errors.ts';
import { restCaller, type Caller } from '../session.ts';
import { resetPassword } from '../sobjects/user.ts';
import { WRITABLE, type RecordValues, type WritableObject } from '../sobjects/writable.ts';
import { TABLES } from '../soql/tables.ts';
import { sameId } from '../ids.ts';
import type { SalesforceStore } from '../store.ts';
import { onlyParameters, versionOf } from './version.ts';

const PATH = '/services/data/:version/sobjects/:object';
const PASSWORD = '/services/data/:version/sobjects/User/:id/password';

export const sobjectRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .post(PATH, async (c) => {
      const { rules, caller, values } = await readWrite(c, store);
      if (!rules.create)
        throw new RestError(
          400,
          'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          `entity type cannot be inserted: ${objectOf(c)}`
        );
      const missing = rules.required.filter(
        (name) => values[name] === undefined || values[name] === null || values[name] === ''
      );
      if (missing.length > 0) {
        const text = `Required fields are missing: [${missing.join(', ')}]`;
        throw new RestError(400, 'REQUIRED_FIELD_MISSING', text, missing);
      }
      return c.json({ id: rules.create(store, values, caller), success: true, errors: [] }, 201);
    })
    .get(`${PATH}/:id`, (c) => {
      const caller = restCaller(store, c);
      c.set('operation', `GET sobjects/${objectOf(c)}`);
      onlyParameters(c, ['fields']);
      const wanted = c.req.query('fields')?.split(',');
      const row = rowOf(c, store, caller);
      const names = Object.keys(TABLES[objectOf(c)]?.fields ?? {}).filter((name) => wanted?.includes(name) ?? true);
      const url = `/services/data/${versionOf(c)}/sobjects/${objectOf(c)}/${String(row['Id'])}`;
      return c.json({
        attributes: { type: objectOf(c), url },
        ...Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
      });
    })
    .patch(`${PATH}/:id`, async (c) => {
      const { rules, caller, values } = await readWrite(c, store);
      const id = String(rowOf(c, store, caller)['Id']);
      if (!rules.update)
        throw new RestError(
          400,
          'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          `entity type cannot be updated: ${objectOf(c)}`
        );
      rules.update(store, id, values);
      return c.body(null, 204);
    })
    .delete(PASSWORD, (c) => {
      c.set('operation', 'DELETE sobjects/User/password');
      versionOf(c);
      return c.json({ NewPassword: resetPassword(store, restCaller(store, c), c.req.param('id')) });
    })
    .delete(`${PATH}/:id`, (c) => {
      c.set('operation', `DELETE sobjects/${objectOf(c)}`);
      const caller = restCaller(store, c);
      const rules = rulesFor(c, caller);
      const id = String(rowOf(c, store, caller)['Id']);
      if (!rules.remove)
        throw new RestError(400, 'INSUFFICIENT_ACCESS_OR_READONLY', `entity type cannot be deleted: ${objectOf(c)}`);
      rules.remove(store, id);
      return c.body(null, 204);
    });

const objectOf = (c: Context<SimulatorEnv>): string => c.req.param('object') ?? '';

const rulesFor = (c: Context<SimulatorEnv>, caller: Caller): WritableObject => {
  versionOf(c);
  const rules = WRITABLE[objectOf(c)];
  if (!rules && TABLES[objectOf(c)]) throw new NotSimulated(`${c.req.method} sobjects/${objectOf(c)}`);
  if (!rules) throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (!caller.permissions.has(rules.permission)) {
    const text = 'insufficient access rights on object id';
    throw new RestError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', text);
  }
  return rules;
};

const readWrite = async (
  c: Context<SimulatorEnv>,
  store: SalesforceStore
): Promise<{ rules: WritableObject; caller: Caller; values: RecordValues }> => {
  c.set('operation', `${c.req.method} sobjects/${objectOf(c)}`);
  onlyParameters(c, []);
  const caller = restCaller(store, c);
  const rules = rulesFor(c, caller);
  const values = await readBody(c);
  for (const name of Object.keys(values)) {
    if (rules.writable.includes(name)) continue;
    throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${objectOf(c)}`, [name]);
  }
  return { rules, caller, values };
};

const readBody = async (c: Context<SimulatorEnv>): Promise<RecordValues> => {
  try {
    const body: unknown = JSON.parse(await c.req.text());
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as RecordValues;
  } catch {
    // Refused below: what is no JSON is refused as what is no object.
  }
  throw new RestError(400, 'JSON_PARSER_ERROR', 'The body is not a JSON object.');
};

const rowOf = (c: Context<SimulatorEnv>, store: SalesforceStore, caller: Caller): Readonly<Record<string, unknown>> => {
  versionOf(c);
  const table = TABLES[objectOf(c)];
  const isHidden = table?.viewers && !table.viewers.some((permission) => caller.permissions.has(permission));
  const row = table
    ?.rows(store, caller)
    .find(({ Id }) => typeof Id === 'string' && sameId(Id, c.req.param('id') ?? ''));
  if (!row || isHidden) throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return row;
};
