/**
 * The schema of an app's users, GET /api/v1/meta/schemas/apps/{appId}/default. contracts/okta.md §4.4
 * - `salesforce` has the nine attributes of Okta's samples; names of others are UNCONFIRMED and left out
 * - once the connection was saved, schema discovery gives `profile` the names of the Salesforce profiles (INFERENCE)
 * - not simulated: POST, custom attributes
 */
import { Hono } from 'hono';
import type { Okta, OktaEnv } from '../context.ts';
import type { AppRecord, Json } from '../records.ts';
import { knows } from '../requests.ts';
import { timestamp } from '../wire/time.ts';
import { findApp } from './apps.ts';

/** Attributes that no mapping fills; a client sets them on the assignment. */
export const SETTABLE = ['profile', 'role', 'salesforceGroups'];

const TITLES = {
  email: 'Email',
  firstName: 'First Name',
  lastName: 'Last Name',
  secondEmail: 'Secondary email',
  mobilePhone: 'Mobile Phone',
  role: 'Role',
};

export const schemaRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>().get('/api/v1/meta/schemas/apps/:appId/default', knows(okta), (c) =>
    c.json(schemaWire(okta, findApp(okta, c.req.param('appId'))))
  );

const schemaWire = (okta: Okta, app: AppRecord): Json => ({
  id: `${okta.url}/api/v1/meta/schemas/apps/${app.id}/default`,
  $schema: 'http://json-schema.org/draft-04/schema#',
  name: app.label,
  title: `${app.label} User`,
  lastUpdated: timestamp(app.lastUpdated),
  created: timestamp(app.created),
  definitions: {
    custom: { id: '#custom', type: 'object', properties: {} },
    base: {
      id: '#base',
      type: 'object',
      properties: { userName: attribute('userName', 'Username', true), ...salesforceAttributes(okta, app) },
      required: app.name === 'salesforce' ? ['userName', 'profile'] : ['userName'],
    },
  },
  type: 'object',
  properties: { profile: { allOf: [{ $ref: '#/definitions/custom' }, { $ref: '#/definitions/base' }] } },
});

const attribute = (externalName: string, title: string, required = false): Json => ({
  title,
  type: 'string',
  ...(required && { required }),
  externalName,
  scope: 'SELF',
});

const salesforceAttributes = ({ store }: Okta, app: AppRecord): Json => {
  if (app.name !== 'salesforce') return {};
  const names = store.connections.get(app.id)?.profileNames ?? [];
  return {
    ...Object.fromEntries(Object.entries(TITLES).map(([name, title]) => [name, attribute(name, title)])),
    profile: {
      ...attribute('profile', 'Profile', true),
      ...(names.length > 0 && { enum: names, oneOf: names.map((name) => ({ const: name, title: name })) }),
    },
    salesforceGroups: {
      ...attribute('salesforceGroups', 'Salesforce Groups'),
      type: 'array',
      items: { type: 'string' },
    },
  };
};
