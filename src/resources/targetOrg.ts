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
  /** What a new user of the org begins with. */
  readonly defaults: { readonly language: string; readonly locale: string; readonly timeZone: string };
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
      defaults: {
        language: organization.LanguageLocaleKey ?? 'en_US',
        locale: organization.DefaultLocaleSidKey ?? 'en_US',
        timeZone: organization.TimeZoneSidKey ?? 'GMT',
      },
    };
  },
};

/** Settings of the org that no step changes for good. Undefined where the org does not have them. */
export interface OrgSettings {
  readonly secretsReadable: boolean | undefined;
  readonly approvedAppsOnly: boolean | undefined;
}

export const secretsReadable: PairResource<boolean | undefined> = {
  id: 'salesforce.settings.secrets-readable',
  read: async ({ context: { salesforce } }) => salesforce.secretsReadable(),
};

export const approvedAppsOnly: PairResource<boolean | undefined> = {
  id: 'salesforce.settings.approved-apps-only',
  read: async ({ context: { salesforce } }) => salesforce.approvedAppsOnly(),
};

export const orgSettings: PairResource<OrgSettings> = {
  id: 'salesforce.settings',
  read: async ({ see }) => {
    const [readable, approvedOnly] = await Promise.all([see(secretsReadable), see(approvedAppsOnly)]);
    return { secretsReadable: readable, approvedAppsOnly: approvedOnly };
  },
};

const DAY = 24 * 60 * 60 * 1000;

/** Whole days until a trial ends, negative afterwards. A scratch org ends too and is no trial (contracts/salesforce.md §9). */
export const trialDaysLeft = ({ kind, trialExpiration }: TargetOrg, now: number): number | undefined =>
  kind === 'scratch' || trialExpiration === undefined
    ? undefined
    : Math.floor((Date.parse(trialExpiration) - now) / DAY);

/** contracts/salesforce.md §9: a scratch org is a sandbox that expires; editions are told by the beginning of their names. */
export const kindOf = ({ IsSandbox, TrialExpirationDate, OrganizationType }: Organization): OrgKind => {
  if (IsSandbox) return TrialExpirationDate ? 'scratch' : 'sandbox';
  if (OrganizationType.startsWith('Developer')) return 'developer';
  return TrialExpirationDate ? 'trial' : 'production';
};

/** Whether Okta should treat the org as a sandbox (contracts/okta.md §9.4; a Developer Edition org is "Production"). */
export const isSandbox = (kind: OrgKind): boolean => kind === 'sandbox' || kind === 'scratch';
