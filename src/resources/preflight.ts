/**
 * What is read of the org and of the user whose login is used before the first write, in parallel.
 * contracts/salesforce.md §4.3, §8.4, §9, §11.3 2
 */
import type { License, User } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';
import { hidden, LICENSE, runningUser } from './integrationUser.ts';
import { ownPermissions } from './ownPermissions.ts';
import { orgSettings, targetOrg, type OrgSettings, type TargetOrg } from './targetOrg.ts';

export interface Preflight {
  readonly org: TargetOrg;
  readonly settings: OrgSettings;
  readonly running: User | undefined;
  readonly permissions: ReadonlySet<string>;
  /** The licence that an integration user takes a seat of; undefined where it is not shown to the running user. */
  readonly license: License | undefined;
}

export const preflight: PairResource<Preflight> = {
  id: 'salesforce.preflight',
  read: async ({ context: { salesforce }, see }) => {
    const [org, settings, running, permissions, license] = await Promise.all([
      see(targetOrg),
      see(orgSettings),
      see(runningUser),
      see(ownPermissions),
      salesforce.license(LICENSE).catch(hidden),
    ]);
    return { org, settings, running, permissions, license };
  },
};
