/** Settings of the org that matter to the app. contracts/salesforce.md §2.2, §4.3 */
import { z } from 'zod';
import type { MetadataCalls } from './metadata.ts';
import { flag } from './types.ts';

export interface OrgSettings {
  /** Every secret of every external client app can be read through REST, by those with the permission (§3.3). */
  readonly secretsReadable: boolean;
  /** API access control: only approved apps may call the API. Absent where Support never turned the feature on. */
  readonly approvedAppsOnly: boolean;
}

const externalClientApp = z.object({ enableClientSecretInRestApiAccess: flag });
const connectedAppSettings = z.object({ enableAdminApprovedAppsOnly: flag });

export const readSettings = async ({ readMetadata }: MetadataCalls): Promise<OrgSettings> => {
  const [[ofEca], [ofConnectedApps]] = await Promise.all([
    readMetadata('ExternalClientAppSettings', ['ExternalClientApp']),
    readMetadata('ConnectedAppSettings', ['ConnectedApp']),
  ]);
  return {
    secretsReadable: externalClientApp.parse(ofEca ?? {}).enableClientSecretInRestApiAccess ?? false,
    approvedAppsOnly: connectedAppSettings.parse(ofConnectedApps ?? {}).enableAdminApprovedAppsOnly ?? false,
  };
};
