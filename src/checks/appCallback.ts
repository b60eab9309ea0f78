import { appClaim } from './appClaim.ts';

export const appCallback = appClaim('salesforce.app.callback');
