/**
 * What is turned for a moment to read the secret of an external client app, and always put back: the org setting that lets
 * REST show secrets, and a permission set that lends the right to see them. contracts/salesforce.md §2.8, §3.3–3.4
 */
import { SfError } from '@salesforce/core';
import type { SalesforceClient } from '../clients/salesforce/client.ts';
import type { Setting } from '../engine/journal.ts';
import {
  SECRET_ACCESS,
  SECRET_PERMISSIONS,
  TEMPORARY_ACCESS,
  TEMPORARY_PERMISSION_SET,
} from '../resources/secretPermissions.ts';

const ATTEMPTS = 3;

/** Secrets in REST, on or off. Written until it reads back as told: the answer to a write can be lost, and this one may be repeated. */
export const secretAccess = (salesforce: SalesforceClient): Setting => {
  const read = async (): Promise<boolean> => (await salesforce.secretsReadable()) ?? false;
  return {
    name: SECRET_ACCESS,
    needed: true,
    read,
    write: async (value) => {
      let failure: unknown;
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        failure = undefined;
        try {
          await salesforce.update('ExternalClientAppSettings', {
            fullName: 'ExternalClientApp',
            enableClientSecretInRestApiAccess: value,
          });
        } catch (error) {
          failure = error;
        }
        if ((await read()) === value) return;
      }
      throw failure ?? new SecretAccessError(value);
    },
  };
};

/** The permissions for it, lent to the user whose login is used. */
export const temporaryAccess = (salesforce: SalesforceClient, now: () => number): Setting => ({
  name: TEMPORARY_ACCESS,
  needed: true,
  // Nothing of the kind is there in good order; what a killed run left is taken over and removed with the rest.
  read: async () => false,
  write: async (value) => (value ? lend(salesforce, now) : withdraw(salesforce)),
});

const lend = async (salesforce: SalesforceClient, now: () => number): Promise<void> => {
  const [there, user] = await Promise.all([
    salesforce.permissionSetId(TEMPORARY_PERMISSION_SET),
    salesforce.user(salesforce.username),
  ]);
  const id =
    there ??
    (await salesforce.createPermissionSet({
      name: TEMPORARY_PERMISSION_SET,
      label: 'Okta Provisioning (temporary)',
      description: `Lent by sf okta provisioning setup at ${new Date(now()).toISOString()} to read the secret of the app for Okta. If it is still here an hour later, delete it.`,
      permissions: SECRET_PERMISSIONS,
    }));
  const held = user ? await salesforce.assignments(user.Id) : [];
  if (user && !held.some(({ permissionSetId }) => permissionSetId === id)) await salesforce.assign(user.Id, id);
};

/** Ends when it is gone, also where the answer to a removal was lost. */
const withdraw = async (salesforce: SalesforceClient): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const id = await salesforce.permissionSetId(TEMPORARY_PERMISSION_SET);
    if (id === undefined) return;
    try {
      for (const assignment of await salesforce.assignmentsOf(id)) await salesforce.unassign(assignment);
      await salesforce.deletePermissionSet(id);
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
    }
  }
};

/** What an earlier run may have turned and not put back. */
export const borrowedSettings = (salesforce: SalesforceClient, now: () => number): Setting[] => [
  secretAccess(salesforce.uninterrupted()),
  temporaryAccess(salesforce.uninterrupted(), now),
];

export const MANUALLY = "Use --secret-access manual: key and secret are then copied from the app's page in Setup.";

/** Salesforce said yes, and the setting is not as it was told. */
class SecretAccessError extends SfError {
  public constructor(value: boolean) {
    super(
      `Salesforce accepted that access to client secrets in REST be switched ${value ? 'on' : 'off'}, and it is still ${value ? 'off' : 'on'}.`,
      'SecretAccessError',
      [
        ...(value
          ? []
          : [
              'Switch it off in Setup > External Client Apps > Settings > Allow access to External Client App consumer secrets via REST API.',
            ]),
        MANUALLY,
      ]
    );
  }
}
