/**
 * Schema discovery: after Save, Okta reads the profiles that the Salesforce org has. contracts/okta.md §4.4, §5.2
 * - they become the values of the app schema's `profile` (INFERENCE)
 * - a failure is application.configuration.import_schema FAILURE and undoes nothing
 */
import type { Okta } from '../context.ts';
import type { AppRecord } from '../records.ts';
import { appTarget } from '../systemLog.ts';
import { jobAuthor } from './provision.ts';
import { SalesforceTrouble, type SalesforceApi } from './salesforce.ts';

export const discoverSchema = (okta: Okta, app: AppRecord, api: SalesforceApi): void =>
  okta.jobs.add(async () => {
    const connection = okta.store.connections.get(app.id);
    if (!connection) return;
    try {
      const profiles = await api.query('SELECT Id, Name FROM Profile');
      connection.profileNames = profiles.map(({ Name }) => String(Name)).sort();
    } catch (error) {
      if (!(error instanceof SalesforceTrouble)) throw error;
      okta.log.write(jobAuthor(okta), {
        eventType: 'application.configuration.import_schema',
        targets: [appTarget(app)],
        failure: error.message,
      });
    }
  });
