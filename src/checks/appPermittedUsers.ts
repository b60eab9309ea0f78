import { policyClaim } from './appClaim.ts';

export const appPermittedUsers = policyClaim('salesforce.app.permitted-users', { withAccess: true });
