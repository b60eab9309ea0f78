import { appClaim } from './appClaim.ts';

export const appPkce = appClaim('salesforce.app.pkce');
