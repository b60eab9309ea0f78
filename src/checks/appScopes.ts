import { appClaim } from './appClaim.ts';

export const appScopes = appClaim('salesforce.app.scopes', 'scopes');
