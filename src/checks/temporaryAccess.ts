import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { temporaryPermissionSets, type LeftPermissionSet } from '../resources/left.ts';

export const temporaryAccess = defineCheck<LeftPermissionSet[], Context>({
  id: 'salesforce.temporary-access',
  resource: temporaryPermissionSets,
  judge: (left) => ({
    status: left.length === 0 ? 'pass' : 'fail',
    expected: 'none',
    actual: left.length === 0 ? 'none' : left.map(({ Name }) => Name),
    evidence: [
      { source: 'SOQL PermissionSet' },
      ...left.map(({ Id, CreatedDate }) => ({
        source: 'SOQL PermissionSet',
        record: Id,
        ...(CreatedDate && { at: CreatedDate }),
      })),
    ].slice(left.length === 0 ? 0 : 1),
  }),
});
