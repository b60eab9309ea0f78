import { appClaim } from './appClaim.ts';

export const appFlowsOff = appClaim('salesforce.app.flows-off');
