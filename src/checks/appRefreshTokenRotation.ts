import { appClaim } from './appClaim.ts';

export const appRefreshTokenRotation = appClaim('salesforce.app.refresh-token-rotation');
