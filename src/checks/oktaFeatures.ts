import { compareFeatures } from '../resources/features.ts';
import { oktaAppItself } from '../resources/oktaApp.ts';
import { comparedClaim } from './compared.ts';

export const oktaFeaturesCheck = comparedClaim({
  id: 'okta.features',
  convergedBy: 'okta.features',
  resource: oktaAppItself,
  compare: compareFeatures,
  missing: 'there is no one Okta app to look at',
  evidence: (state) => [
    { source: 'GET /api/v1/apps, features', ...(state.kind === 'found' ? { record: state.app.id } : {}) },
  ],
});
