/**
 * Key and secret of our external client app, read at the moment that a person asks for them (contracts/salesforce.md §3).
 * What it takes is turned on only where it is off and put back at once, also after a failure or a signal; after a kill the
 * journal tells the next run.
 */
import { SfError } from '@salesforce/core';
import { SalesforceApiError } from '../clients/salesforce/errors.ts';
import type { OwnPermission } from '../clients/salesforce/people.ts';
import type { Consumer } from '../clients/salesforce/credentials.ts';
import type { SalesforceClient } from '../clients/salesforce/client.ts';
import type { Journal } from '../engine/journal.ts';
import type { Intent } from '../intent.ts';
import { labelled } from '../resources/permissionLabels.ts';
import { SECRET_PERMISSIONS } from '../resources/secretPermissions.ts';
import type { Secret } from '../secret.ts';
import { consumerPath } from './consoleNames.ts';
import { MANUALLY, secretAccess, temporaryAccess } from './secretAccess.ts';

export interface ConsumerContext {
  readonly salesforce: SalesforceClient;
  readonly intent: Intent;
  readonly journal: Journal;
  readonly now: () => number;
  /** Lets time pass between two looks: a setting just turned may need a moment (§3.3). */
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

const LOOKS = 5;

export const readConsumer = async (context: ConsumerContext): Promise<{ key: string; secret: Secret }> => {
  const { salesforce, journal, intent, now } = context;
  if (intent.oauthApp.type === 'connected-app') throw new NoSecretError(intent.oauthApp);
  const missing = await missingPermissions(salesforce);
  if (missing.length === 0) return withSecretAccess(context);
  if (!intent.grantTemporarily) throw new SecretPermissionError(salesforce.username, missing);
  return journal.borrow(temporaryAccess(salesforce.uninterrupted(), now), async () => withSecretAccess(context));
};

const missingPermissions = async (salesforce: SalesforceClient): Promise<OwnPermission[]> => {
  const own = await salesforce.ownPermissions();
  return SECRET_PERMISSIONS.filter((name) => !own.has(name));
};

/** The ids are read before anything is turned, so that it stays turned for one request. */
const withSecretAccess = async ({
  salesforce,
  intent,
  journal,
  pause,
}: ConsumerContext): Promise<{ key: string; secret: Secret }> => {
  const { name } = intent.oauthApp;
  const appId = (await salesforce.appHeaders(await salesforce.listExternalClientApps())).find(
    ({ fullName }) => fullName === name
  )?.id;
  const [consumerId] = appId === undefined ? [] : await salesforce.consumerIds(appId);
  if (appId === undefined || consumerId === undefined) throw new NoAppError(name);
  return journal.borrow(secretAccess(salesforce.uninterrupted()), async () => {
    for (let look = 1; ; look += 1) {
      const { key, secret } = await consumerOrNothing(salesforce, appId, consumerId);
      if (secret) return { key, secret };
      if (look >= LOOKS) throw new SecretNotShownError(name);
      await pause(1000 * look);
    }
  });
};

/** An error and an answer without the secret both mean that access is off (§3.3, U3). */
const consumerOrNothing = async (
  salesforce: SalesforceClient,
  appId: string,
  consumerId: string
): Promise<Consumer> => {
  try {
    return await salesforce.consumer(appId, consumerId);
  } catch (error) {
    const isSession = error instanceof SalesforceApiError && error.data?.errorCode === 'INVALID_SESSION_ID';
    if (!(error instanceof SalesforceApiError) || isSession) throw error;
    return { key: '' };
  }
};

class SecretPermissionError extends SfError {
  public constructor(username: string, missing: readonly OwnPermission[]) {
    const labels = labelled(missing);
    super(
      `${username} lacks the permission ${labels}, without which Salesforce shows no secret.`,
      'SecretPermissionError',
      [
        `Grant ${labels} to ${username} by a permission set: Setup > Permission Sets, under App Permissions or System Permissions.`,
        'Or add --grant-temporarily, which lends it by a permission set that is removed again.',
        MANUALLY,
      ]
    );
  }
}

class SecretNotShownError extends SfError {
  public constructor(name: string) {
    super(
      `Salesforce does not show the secret of ${name}, though access to secrets in REST is on.`,
      'SecretNotShownError',
      ['Run the same command again in a minute: a new app and a setting just turned may need a moment.', MANUALLY]
    );
  }
}

class NoAppError extends SfError {
  public constructor(name: string) {
    super(`There is no external client app ${name} with a key and secret.`, 'NoAppError', [
      'Run "sf okta provisioning setup" to make it.',
    ]);
  }
}

class NoSecretError extends SfError {
  public constructor(app: Intent['oauthApp']) {
    super(`No API returns the secret of the connected app ${app.name}.`, 'NoSecretError', [
      `Copy it from ${consumerPath(app)}.`,
      'Or move to an external client app: run setup with --app-type external-client-app and a new --app-name and --app-label, and connect anew.',
    ]);
  }
}
