/**
 * Okta's users, and what an app holds of them. contracts/okta.md §4
 * Whether a deactivated user is found by login is not documented, so that a user who is not is searched for as well.
 */
import { z } from 'zod';
import type { Secret } from '../../secret.ts';
import { OktaApiError } from './errors.ts';
import type { OktaHttp } from './http.ts';
import { appUserSchema, assignedUser, user, type AssignedUser, type AppUserSchema, type User } from './types.ts';

export interface NewUser {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: Secret;
}

export interface UsersClient {
  readonly user: (login: string) => Promise<User | undefined>;
  /** With a password, so that the user is active at once and no mail is sent. */
  readonly createUser: (newUser: NewUser) => Promise<User>;
  readonly activateUser: (userId: string) => Promise<void>;
  readonly deactivateUser: (userId: string) => Promise<void>;
  readonly assignment: (appId: string, userId: string) => Promise<AssignedUser | undefined>;
  /** `profile`: what no mapping fills. */
  readonly assign: (appId: string, userId: string, profile: Readonly<Record<string, string>>) => Promise<AssignedUser>;
  readonly unassign: (appId: string, userId: string) => Promise<void>;
  readonly appUserSchema: (appId: string) => Promise<AppUserSchema>;
}

/** The optional rights that `test` needs of a service app (contracts/okta.md §6.5). */
const MANAGE = { scope: 'okta.users.manage' };
const SILENT = { sendEmail: 'false' };

export const usersClient = (http: OktaHttp): UsersClient => {
  const users = 'api/v1/users';
  const of = (appId: string): string => `api/v1/apps/${appId}/users`;
  return {
    user: async (login) => {
      const found = await absentAs404(http.get(`${users}/${encodeURIComponent(login)}`, user, MANAGE));
      if (found) return found;
      const query = { search: `profile.login eq ${JSON.stringify(login)}`, limit: '2' };
      return (await http.get(users, z.array(user), { ...MANAGE, query }))[0];
    },
    createUser: async ({ password, ...profile }) =>
      http.post(
        users,
        user,
        { profile: { ...profile, email: profile.login }, credentials: { password: { value: password.reveal() } } },
        { ...MANAGE, query: { activate: 'true' } }
      ),
    activateUser: async (id) =>
      void (await http.post(`${users}/${id}/lifecycle/activate`, z.unknown(), undefined, { ...MANAGE, query: SILENT })),
    deactivateUser: async (id) =>
      void (await http.post(`${users}/${id}/lifecycle/deactivate`, z.unknown(), undefined, {
        ...MANAGE,
        query: SILENT,
      })),
    assignment: async (appId, userId) => absentAs404(http.get(`${of(appId)}/${userId}`, assignedUser)),
    assign: async (appId, userId, profile) =>
      http.post(of(appId), assignedUser, { id: userId, scope: 'USER', profile }),
    unassign: async (appId, userId) => http.delete(`${of(appId)}/${userId}`, { query: SILENT }),
    appUserSchema: async (appId) =>
      http.get(`api/v1/meta/schemas/apps/${appId}/default`, appUserSchema, { scope: 'okta.schemas.read' }),
  };
};

const absentAs404 = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof OktaApiError && error.data?.status === 404) return undefined;
    throw error;
  }
};
