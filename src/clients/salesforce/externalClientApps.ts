/**
 * External client apps, component by component. The components are tied to the app only by their field
 * `externalClientApplication`, and the auto-created policy has no predictable name (contracts/salesforce.md §2.3, §2.5): so all
 * are listed and read, and matched by that field. Two round trips, however many apps.
 */
import { z } from 'zod';
import type { Listed, MetadataCalls } from './metadata.ts';
import {
  globalOauthSettings,
  header,
  oauthPolicy,
  oauthSettings,
  type ExternalClientApp,
  type GlobalOauthSettings,
  type OauthPolicy,
} from './types.ts';

/** What is listed in one call: at most three types (Metadata API, listMetadata). */
const LISTED_TOGETHER = [
  'ExternalClientApplication',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppGlobalOauthSettings',
] as const;
const POLICY = 'ExtlClntAppOauthConfigurablePolicies';

/** Each reads what a list names, so that what cannot be read takes nothing else with it. */
export interface ExternalClientAppReads {
  readonly listExternalClientApps: () => Promise<readonly Listed[]>;
  readonly listOauthPolicies: () => Promise<readonly Listed[]>;
  readonly appHeaders: (
    listed: readonly Listed[]
  ) => Promise<Array<ExternalClientApp['header'] & { readonly id?: string }>>;
  readonly oauthSettings: (listed: readonly Listed[]) => Promise<Array<NonNullable<ExternalClientApp['oauth']>>>;
  readonly globalOauthSettings: (listed: readonly Listed[]) => Promise<GlobalOauthSettings[]>;
  readonly oauthPolicies: (listed: readonly Listed[]) => Promise<OauthPolicy[]>;
}

export const externalClientAppReads = ({ listMetadata, readMetadata }: MetadataCalls): ExternalClientAppReads => {
  const read = async <T>(listed: readonly Listed[], type: string, schema: z.ZodType<T>): Promise<T[]> => {
    const names = listed.filter((component) => component.type === type).map(({ fullName }) => fullName);
    return z.array(schema).parse(await readMetadata(type, names));
  };
  const [app, oauth, global] = LISTED_TOGETHER;
  return {
    listExternalClientApps: async () => listMetadata(LISTED_TOGETHER),
    listOauthPolicies: async () => listMetadata([POLICY]),
    appHeaders: async (listed) =>
      (await read(listed, app, header)).map((found) => {
        const id = listed.find(({ type, fullName }) => type === app && fullName === found.fullName)?.id;
        return { ...found, ...(id && { id }) };
      }),
    oauthSettings: async (listed) => read(listed, oauth, oauthSettings),
    globalOauthSettings: async (listed) => read(listed, global, globalOauthSettings),
    oauthPolicies: async (listed) => read(listed, POLICY, oauthPolicy),
  };
};
