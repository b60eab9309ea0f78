import { appClaim } from './appClaim.ts';

export const appSecretRequired = appClaim('salesforce.app.secret-required');
