/**
 * A user as Okta answers it. contracts/okta.md §4.1
 * - lifecycle links carry `method`, not `hints`; which ones there are depends on the status
 * - not simulated: user types, factors, sessions
 */
import type { Json, UserRecord } from '../records.ts';
import { timestamp } from './time.ts';

export const userWire = ({ url }: { url: string }, user: UserRecord): Json => ({
  id: user.id,
  status: user.status,
  created: timestamp(user.created),
  activated: timestamp(user.activated),
  statusChanged: timestamp(user.statusChanged),
  lastLogin: null,
  lastUpdated: timestamp(user.lastUpdated),
  passwordChanged: timestamp(user.passwordChanged),
  type: { id: `oty${user.id.slice(-3).padStart(17, '0')}` },
  profile: { ...user.profile },
  credentials: {
    ...(user.passwordChanged !== null && { password: {} }),
    emails: [{ value: user.profile.email, status: 'VERIFIED', type: 'PRIMARY' }],
    provider: { type: 'OKTA', name: 'OKTA' },
  },
  _links: linksWire(`${url}/api/v1/users/${user.id}`, url, user),
});

const linksWire = (self: string, url: string, { status }: UserRecord): Json => {
  const post = (path: string): Json => ({ href: `${self}/${path}`, method: 'POST' });
  return {
    ...(status === 'ACTIVE' && {
      suspend: post('lifecycle/suspend'),
      resetPassword: post('lifecycle/reset_password'),
      expirePassword: post('lifecycle/expire_password'),
      changeRecoveryQuestion: post('credentials/change_recovery_question'),
      changePassword: post('credentials/change_password'),
    }),
    ...(status === 'STAGED' || status === 'DEPROVISIONED'
      ? { activate: post('lifecycle/activate') }
      : { deactivate: post('lifecycle/deactivate') }),
    schema: { href: `${url}/api/v1/meta/schemas/user/osc1` },
    self: { href: self },
    type: { href: `${url}/api/v1/meta/types/user/oty1` },
  };
};
