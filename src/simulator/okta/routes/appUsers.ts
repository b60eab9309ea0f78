/**
 * Assignments of an app, /api/v1/apps/{appId}/users. contracts/okta.md §4.2
 * - assign is POST, 200; a second POST for the same user updates and doubles nothing (UNCONFIRMED: 409 E0000062?)
 * - an unknown user is 404 (User); a DEPROVISIONED one is 403 E0000117
 * - a password on an app whose sign-on holds none is 400 E0000041
 * - a mapped attribute that differs is 403 E0000075 while PUSH_NEW_USERS or PUSH_PROFILE_UPDATES is on
 * - an attribute that the schema lacks is 400 E0000001 (text UNCONFIRMED, after that of users)
 * - list: `limit` 1 to 500, 50 unless told, and told in the self link; `q` starts userName, first, last name or email
 * - not simulated: `scope` GROUP, overrides of mapped attributes while nothing is pushed
 */
import { Hono } from 'hono';
import { addAssignment, pushes, removeAssignment, updateAssignment } from '../assignments.ts';
import { authorOf, type Okta, type OktaEnv, linkBase } from '../context.ts';
import { credentialsNotFitting, inactiveUser, invalid, mappedAttribute, notFound } from '../errors.ts';
import { limitOf, pageOf } from '../paging.ts';
import type { AppRecord, AssignmentRecord, Json, UserRecord } from '../records.ts';
import { inner, jsonBody, knows, textOf } from '../requests.ts';
import { appUserWire, MAPPED } from '../wire/appUser.ts';
import { findApp } from './apps.ts';
import { SETTABLE } from './schemas.ts';
import { findUser } from './users.ts';

const LIST = '/api/v1/apps/:appId/users';
const ONE = '/api/v1/apps/:appId/users/:userId';

export const appUserRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get(LIST, knows(okta, 'q', 'limit', 'after', 'expand'), (c) => {
      const app = findApp(okta, c.req.param('appId'));
      const limit = limitOf(c.req.query('limit'), { otherwise: 50, max: 500 });
      const query = { ...c.req.query(), limit: String(limit) };
      const where = { base: linkBase(okta), path: c.req.path, query, limit };
      const { items, links } = pageOf(listAssignments(okta, app, c.req.query('q')), ({ userId }) => userId, where);
      for (const link of links) c.header('link', link, { append: true });
      return c.json(items.map((one) => appUserWire(okta, one, c.req.query('expand'))));
    })
    .post(LIST, knows(okta), async (c) => {
      const app = findApp(okta, c.req.param('appId'));
      const body = await jsonBody(c);
      const id = textOf(body, 'id');
      if (id === undefined) throw invalid('id', 'id: The field cannot be left blank');
      const user = findUser(okta, id);
      if (user.status === 'DEPROVISIONED') throw inactiveUser();
      const { userName, profile } = readForm(okta, { app, user, body });
      const existing = okta.store.assignment(app.id, user.id);
      if (existing) return c.json(appUserWire(okta, existing));
      const made = addAssignment(
        okta,
        { app, user, userName: userName ?? user.profile.login, profile },
        authorOf(okta, c)
      );
      return c.json(appUserWire(okta, made));
    })
    .get(ONE, knows(okta, 'expand'), (c) => {
      const { assignment } = findAssignment(okta, c.req.param());
      return c.json(appUserWire(okta, assignment, c.req.query('expand')));
    })
    .post(ONE, knows(okta), async (c) => {
      const { app, user, assignment } = findAssignment(okta, c.req.param());
      const { userName, profile } = readForm(okta, { app, user, body: await jsonBody(c) });
      assignment.userName = userName ?? assignment.userName;
      assignment.profile = { ...assignment.profile, ...profile };
      updateAssignment(okta, assignment, authorOf(okta, c));
      return c.json(appUserWire(okta, assignment));
    })
    .delete(ONE, knows(okta, 'sendEmail'), (c) => {
      removeAssignment(okta, findAssignment(okta, c.req.param()).assignment, authorOf(okta, c));
      return c.body(null, 204);
    });

interface Found {
  readonly app: AppRecord;
  readonly user: UserRecord;
  readonly assignment: AssignmentRecord;
}

const findAssignment = (okta: Okta, { appId, userId }: { appId: string; userId: string }): Found => {
  const app = findApp(okta, appId);
  const user = findUser(okta, userId);
  const assignment = okta.store.assignment(app.id, user.id);
  if (!assignment) throw notFound(userId, 'AppUser');
  return { app, user, assignment };
};

/** What a body sets of an assignment. Mapped attributes, once they equal the user's, are not stored. */
const readForm = (
  okta: Okta,
  { app, user, body }: { app: AppRecord; user: UserRecord; body: Json }
): { userName: string | undefined; profile: Json } => {
  const credentials = inner(body, 'credentials');
  if (credentials['password'] !== undefined && app.signOnMode !== 'BROWSER_PLUGIN') throw credentialsNotFitting();
  okta.secrets.note(textOf(inner(credentials, 'password'), 'value'));
  const given = inner(body, 'profile');
  const pushing = ['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES'].some((feature) => pushes(okta, app, feature));
  for (const name of MAPPED) {
    if (pushing && name in given && given[name] !== user.profile[name]) throw mappedAttribute(name);
  }
  const own = Object.entries(given).filter(([name]) => !MAPPED.some((mapped) => mapped === name));
  const strange = own.find(([name]) => app.name !== 'salesforce' || !SETTABLE.includes(name));
  if (strange) throw invalid('newAppUser', `Property name '${strange[0]}' is not defined in profile`);
  return { userName: textOf(credentials, 'userName'), profile: Object.fromEntries(own) };
};

const listAssignments = ({ store }: Okta, app: AppRecord, q = ''): AssignmentRecord[] => {
  const starts = (text: string): boolean => text.toLowerCase().startsWith(q.toLowerCase());
  return store.assignments.filter(({ appId, userId, userName }) => {
    const profile = store.users.get(userId)?.profile;
    return appId === app.id && profile && [userName, profile.firstName, profile.lastName, profile.email].some(starts);
  });
};
