/**
 * What to do where Salesforce made the user or gave it something, and it does not read back so. The permissions are called as
 * on the pages of Setup (contracts/salesforce.md §8.3).
 */
import type { Change } from '../engine/change.ts';

export const userRemedies = ({ path }: Change, username: string): string[] =>
  path === 'salesforce.user.permissions'
    ? [
        `In Salesforce Setup, give ${username} the permissions "API Enabled" and "Manage Users", by its profile or a permission set; a licence without them cannot hold them.`,
        'Or name a user who has them by --integration-user.',
      ]
    : [`Look up ${username} in Salesforce Setup > Users, or name another user by --integration-user.`];
