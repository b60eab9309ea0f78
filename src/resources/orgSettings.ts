import type { PairResource } from './context.ts';

type OrgSettings = PairResource<ReadonlyMap<string, boolean>>;

export const externalClientAppSettings: OrgSettings = {
  id: 'salesforce.settings.external-client-apps',
  read: async ({ context: { salesforce } }) => salesforce.settings('ExternalClientAppSettings'),
};

export const connectedAppSettings: OrgSettings = {
  id: 'salesforce.settings.connected-apps',
  read: async ({ context: { salesforce } }) => salesforce.settings('ConnectedAppSettings'),
};
