import type { SObjectTable } from './table.ts';
import { APP_TABLES } from './tablesOfApps.ts';
import { LOG_TABLES } from './tablesOfLogs.ts';
import { PEOPLE_TABLES } from './tablesOfPeople.ts';

/** What `/query` knows. contracts/salesforce.md §7, §2.10 */
export const TABLES: Readonly<Record<string, SObjectTable>> = { ...APP_TABLES, ...LOG_TABLES, ...PEOPLE_TABLES };

/** What `/tooling/query` knows. External client apps are no Tooling objects (§2.10); an org without sandboxes has no SandboxProcess rows. */
export const TOOLING_TABLES: Readonly<Record<string, SObjectTable>> = {
  SandboxProcess: {
    fields: {
      Id: 'id',
      Status: 'string',
      SandboxName: 'string',
      SandboxInfoId: 'id',
      LicenseType: 'string',
      CreatedDate: 'datetime',
      CopyProgress: 'int',
      SandboxOrganization: 'string',
      SourceId: 'id',
      Description: 'string',
      EndDate: 'datetime',
      Features: 'string',
    },
    rows: () => [],
  },
};
