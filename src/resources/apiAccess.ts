import { SalesforceApiError } from '../clients/salesforce/errors.ts';
import type { PairResource } from './context.ts';
import { targetOrg, type TargetOrg } from './targetOrg.ts';

/** Whether the target org's API answers; a refusal that says that there is none is an answer too. contracts/salesforce.md §9 */
export type ApiAccess =
  { readonly kind: 'answers'; readonly org: TargetOrg } | { readonly kind: 'disabled'; readonly reason: string };

export const apiAccess: PairResource<ApiAccess> = {
  id: 'salesforce.api-access',
  read: async ({ see }) => {
    try {
      return { kind: 'answers', org: await see(targetOrg) };
    } catch (error) {
      if (!(error instanceof SalesforceApiError) || !error.data?.errorCode.endsWith('API_DISABLED_FOR_ORG'))
        throw error;
      return { kind: 'disabled', reason: error.message };
    }
  },
};
