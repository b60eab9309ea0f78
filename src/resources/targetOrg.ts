import type { Organization } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';

export type OrgKind = 'production' | 'sandbox' | 'scratch' | 'developer' | 'trial';

export interface TargetOrg {
  readonly id: string;
  readonly name: string;
  readonly kind: OrgKind;
  readonly edition: string;
  readonly trialExpiration?: string;
  readonly username: string;
  readonly instanceUrl: string;
}

/** The Salesforce org itself. */
export const targetOrg: PairResource<TargetOrg> = {
  id: 'salesforce.organization',
  read: async ({ context: { salesforce } }) => {
    const organization = await salesforce.organization();
    return {
      id: organization.Id,
      name: organization.Name,
      kind: kindOf(organization),
      edition: organization.OrganizationType,
      ...(organization.TrialExpirationDate ? { trialExpiration: organization.TrialExpirationDate } : {}),
      username: salesforce.username,
      instanceUrl: salesforce.instanceUrl,
    };
  },
};

/** contracts/salesforce.md §9: a scratch org is a sandbox that expires; editions are told by the beginning of their names. */
export const kindOf = ({ IsSandbox, TrialExpirationDate, OrganizationType }: Organization): OrgKind => {
  if (IsSandbox) return TrialExpirationDate ? 'scratch' : 'sandbox';
  if (OrganizationType.startsWith('Developer')) return 'developer';
  return TrialExpirationDate ? 'trial' : 'production';
};

/** Whether Okta should treat the org as a sandbox (contracts/okta.md §9.4; a Developer Edition org is "Production"). */
export const isSandbox = (kind: OrgKind): boolean => kind === 'sandbox' || kind === 'scratch';
