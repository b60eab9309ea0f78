import { policyClaim } from './appClaim.ts';

export const appRefreshTokenPolicy = policyClaim('salesforce.app.refresh-token-policy');
