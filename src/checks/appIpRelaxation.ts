import { policyClaim } from './appClaim.ts';

export const appIpRelaxation = policyClaim('salesforce.app.ip-relaxation');
