/**
 * Okta's own users, /api/v1/users. contracts/okta.md §4.1
 * - create is 200; with a password and `activate` (the default) the user is ACTIVE, without a password PROVISIONED
 * until its mail is answered, with `activate=false` STAGED
 * - an unknown profile attribute is 400 E0000001 `newUser`; an equal login is 400 `login` (UNCONFIRMED)
 * - a user is found by id, by login, or as `me`
 * - `q` starts first name, last name or email and leaves out DEPROVISIONED, as does a list without any search
 * - deactivation takes every assigned app away; DELETE of a user who is not DEPROVISIONED only deactivates
 * - not simulated: activation mails, groups, `Prefer: respond-async`, PUT, `fields`
 */
import { Hono } from 'hono';
import { removeAssignment, userChanged } from '../assignments.ts';
import { authorOf, type Okta, type OktaEnv, linkBase } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { limitOf, pageOf } from '../paging.ts';
import type { Author, Json, UserProfile, UserRecord } from '../records.ts';
import { inner, jsonBody, knows, textOf } from '../requests.ts';
import { parseFilter, type Fields } from '../scim.ts';
import { userTarget } from '../systemLog.ts';
import { timestamp } from '../wire/time.ts';
import { userWire } from '../wire/user.ts';

const ATTRIBUTES: ReadonlyArray<keyof UserProfile> = [
  'login',
  'email',
  'firstName',
  'lastName',
  'mobilePhone',
  'secondEmail',
];
const EQ = ['eq'];
const FILTER: Fields = {
  status: EQ,
  id: EQ,
  lastUpdated: ['eq', 'gt', 'ge', 'lt', 'le'],
  'profile.login': EQ,
  'profile.email': EQ,
  'profile.firstName': EQ,
  'profile.lastName': EQ,
};
const SEARCH: Fields = Object.fromEntries(
  [...Object.keys(FILTER), 'created', ...ATTRIBUTES.map((name) => `profile.${name}`)].map((name) => [
    name,
    ['eq', 'sw', 'co', 'pr', 'gt', 'ge', 'lt', 'le'],
  ])
);

export const userRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get('/api/v1/users', knows(okta, 'q', 'search', 'filter', 'limit', 'after', 'sortBy', 'sortOrder'), (c) => {
      const query = c.req.query();
      const limit = limitOf(query['limit'], { otherwise: query['q'] === undefined ? 200 : 10, max: 200 });
      const where = { base: linkBase(okta), path: c.req.path, query, limit };
      const { items, links } = pageOf(listUsers(okta, query), ({ id }) => id, where);
      for (const link of links) c.header('link', link, { append: true });
      return c.json(items.map((user) => userWire(okta, user)));
    })
    .post('/api/v1/users', knows(okta, 'activate', 'provider', 'nextLogin'), async (c) => {
      const user = createUser(okta, await jsonBody(c), c.req.query('activate') !== 'false');
      okta.log.write(authorOf(okta, c), { eventType: 'user.lifecycle.create', targets: [userTarget(user)] });
      return c.json(userWire(okta, user));
    })
    .get('/api/v1/users/:id', knows(okta, 'expand'), (c) => {
      const id = c.req.param('id');
      return c.json(userWire(okta, id === 'me' ? me(c.get('principal')?.user) : findUser(okta, id)));
    })
    .post('/api/v1/users/:id', knows(okta, 'strict'), async (c) => {
      const user = findUser(okta, c.req.param('id'));
      const given = inner(await jsonBody(c), 'profile');
      refuseStrange(given, 'user');
      user.profile = { ...user.profile, ...given };
      user.lastUpdated = okta.clock.now();
      okta.log.write(authorOf(okta, c), { eventType: 'user.account.update_profile', targets: [userTarget(user)] });
      userChanged(okta, user, authorOf(okta, c));
      return c.json(userWire(okta, user));
    })
    .post('/api/v1/users/:id/lifecycle/:turn{activate|deactivate}', knows(okta, 'sendEmail'), (c) => {
      const user = findUser(okta, c.req.param('id'));
      if (c.req.param('turn') === 'activate') setStatus(okta, user, 'ACTIVE');
      else deactivate(okta, user, authorOf(okta, c));
      const eventType = `user.lifecycle.${c.req.param('turn')}`;
      okta.log.write(authorOf(okta, c), { eventType, targets: [userTarget(user)] });
      return c.json({});
    })
    .delete('/api/v1/users/:id', knows(okta, 'sendEmail'), (c) => {
      const user = findUser(okta, c.req.param('id'));
      const gone = user.status === 'DEPROVISIONED';
      if (gone) okta.store.users.delete(user.id);
      else deactivate(okta, user, authorOf(okta, c));
      const eventType = gone ? 'user.lifecycle.delete.initiated' : 'user.lifecycle.deactivate';
      okta.log.write(authorOf(okta, c), { eventType, targets: [userTarget(user)] });
      return c.body(null, 204);
    });

export const findUser = ({ store }: Okta, idOrLogin: string): UserRecord => {
  const user = store.userBy(idOrLogin);
  if (!user) throw notFound(idOrLogin, 'User');
  return user;
};

const me = (user: UserRecord | undefined): UserRecord => {
  if (!user) throw notFound('me', 'User');
  return user;
};

const createUser = (okta: Okta, body: Json, activate: boolean): UserRecord => {
  const now = okta.clock.now();
  const password = textOf(inner(inner(body, 'credentials'), 'password'), 'value');
  okta.secrets.note(password);
  const status = !activate ? 'STAGED' : password === undefined ? 'PROVISIONED' : 'ACTIVE';
  const user: UserRecord = {
    id: okta.ids.of('00u'),
    admin: false,
    roles: [],
    status,
    created: now,
    activated: activate ? now : null,
    statusChanged: activate ? now : null,
    lastUpdated: now,
    passwordChanged: password === undefined ? null : now,
    profile: readProfile(okta, inner(body, 'profile')),
  };
  okta.store.users.set(user.id, user);
  return user;
};

const readProfile = ({ store }: Okta, given: Json): UserProfile => {
  refuseStrange(given, 'newUser');
  const required = (name: keyof UserProfile): string => {
    const value = textOf(given, name);
    if (value === undefined) throw invalid(name, `${name}: The field cannot be left blank`);
    return value;
  };
  const login = required('login');
  if (store.userBy(login)) {
    throw invalid('login', 'login: An object with this field already exists in the current organization');
  }
  return {
    login,
    email: required('email'),
    firstName: required('firstName'),
    lastName: required('lastName'),
    mobilePhone: textOf(given, 'mobilePhone') ?? null,
    secondEmail: textOf(given, 'secondEmail') ?? null,
  };
};

const refuseStrange = (given: Json, what: string): void => {
  const strange = Object.keys(given).find((name) => !ATTRIBUTES.some((known) => known === name));
  if (strange !== undefined) throw invalid(what, `Property name '${strange}' is not defined in profile`);
};

const setStatus = ({ clock }: Okta, user: UserRecord, status: UserRecord['status']): void => {
  Object.assign(user, { status, statusChanged: clock.now(), lastUpdated: clock.now() });
};

const deactivate = (okta: Okta, user: UserRecord, author: Author): void => {
  setStatus(okta, user, 'DEPROVISIONED');
  for (const one of okta.store.assignments.filter(({ userId }) => userId === user.id)) {
    removeAssignment(okta, one, author);
  }
};

const listUsers = ({ store }: Okta, query: Readonly<Record<string, string>>): UserRecord[] => {
  const { q, search, filter } = query as { q?: string; search?: string; filter?: string };
  const expression = search ?? filter;
  const users = [...store.users.values()];
  if (expression === undefined) {
    const starts = (text: string): boolean => text.toLowerCase().startsWith((q ?? '').toLowerCase());
    return users.filter(
      ({ status, profile }) =>
        status !== 'DEPROVISIONED' && [profile.firstName, profile.lastName, profile.email].some(starts)
    );
  }
  const fold = (text: string): string => (search === undefined ? text : text.toLowerCase());
  const wanted = parseFilter(expression, search === undefined ? FILTER : SEARCH, fold);
  return users.filter((user) => wanted((attribute) => [valueOf(user, attribute)]));
};

const valueOf = (user: UserRecord, attribute: string): string | null => {
  if (attribute === 'id') return user.id;
  if (attribute === 'status') return user.status;
  if (attribute === 'created') return timestamp(user.created);
  if (attribute === 'lastUpdated') return timestamp(user.lastUpdated);
  const name = ATTRIBUTES.find((known) => attribute === `profile.${known}`);
  return name ? user.profile[name] : null;
};
