import type { ComponentRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { rulesOf } from './components.ts';

/** What lists and retrieves say of a component. contracts/salesforce.md §5.2 */
export const properties = (store: SalesforceStore, component: ComponentRecord): Readonly<Record<string, string>> => {
  const { type, id, fullName, createdById, createdDate, lastModifiedDate } = component;
  const { folder, suffix } = rulesOf(type);
  const creator = store.users.get(createdById);
  const name = `${String(creator?.['FirstName'] ?? '')} ${String(creator?.['LastName'] ?? '')}`.trim();
  return {
    createdById,
    createdByName: name,
    createdDate: new Date(createdDate).toISOString(),
    fileName: `${folder}/${fullName}.${suffix}`,
    fullName,
    id,
    lastModifiedById: createdById,
    lastModifiedByName: name,
    lastModifiedDate: new Date(lastModifiedDate).toISOString(),
    manageableState: 'unmanaged',
    type,
  };
};
