/** Settings of the org that matter to the app, each undefined where the org does not have it. contracts/salesforce.md §2.2, §4.3 */
import { z } from 'zod';
import type { MetadataCalls } from './metadata.ts';
import { flag } from './types.ts';

export interface SettingsClient {
  /** Whether every secret of every external client app can be read through REST, by those with the permission (§3.3). */
  readonly secretsReadable: () => Promise<boolean | undefined>;
  /** API access control: whether only approved apps may call the API. Support turns the feature on. */
  readonly approvedAppsOnly: () => Promise<boolean | undefined>;
}

const externalClientApp = z.object({ enableClientSecretInRestApiAccess: flag });
const connectedApp = z.object({ enableAdminApprovedAppsOnly: flag });

export const settingsClient = ({ readMetadata }: MetadataCalls): SettingsClient => ({
  secretsReadable: async () => {
    const [settings] = await readMetadata('ExternalClientAppSettings', ['ExternalClientApp']);
    return externalClientApp.parse(settings ?? {}).enableClientSecretInRestApiAccess;
  },
  approvedAppsOnly: async () => {
    const [settings] = await readMetadata('ConnectedAppSettings', ['ConnectedApp']);
    return connectedApp.parse(settings ?? {}).enableAdminApprovedAppsOnly;
  },
});
