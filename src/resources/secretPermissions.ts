import type { OwnPermission } from '../clients/salesforce/people.ts';

/** The journal's names of what is turned for a moment and put back. */
export const SECRET_ACCESS = 'salesforce.secret-access';
export const TEMPORARY_ACCESS = 'salesforce.temporary-access';
/** Of which there must be none left: `verify` looks for it from anywhere. */
export const TEMPORARY_PERMISSION_SET = 'Okta_Provisioning_Temporary';
/** What reading a secret takes. */
export const SECRET_PERMISSIONS = ['ExternalClientAppDeveloper', 'ViewClientSecret'] as const satisfies OwnPermission[];
