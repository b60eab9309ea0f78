import { z } from 'zod';
import type { MetadataCalls } from './metadata.ts';
import { globalOauthSettings, header, oauthPolicy, oauthSettings, type ExternalClientApp } from './types.ts';

const TYPES = [
  'ExternalClientApplication',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
] as const;

/**
 * Every external client app with its OAuth components. The components are tied to the app only by their field
 * `externalClientApplication`, and the auto-created policy has no predictable name (contracts/salesforce.md §2.3, §2.5):
 * so all are listed and read, and matched by that field. Two round trips, however many apps.
 */
export const readExternalClientApps = async (calls: MetadataCalls): Promise<ExternalClientApp[]> => {
  // At most three types a list call (Metadata API, listMetadata).
  const lists = await Promise.all([calls.listMetadata(TYPES.slice(0, 3)), calls.listMetadata(TYPES.slice(3))]);
  const listed = lists.flat();
  const named = (type: (typeof TYPES)[number]): string[] =>
    listed.filter((component) => component.type === type).map(({ fullName }) => fullName);
  const read = async <T>(type: (typeof TYPES)[number], schema: z.ZodType<T>): Promise<T[]> =>
    z.array(schema).parse(await calls.readMetadata(type, named(type)));
  const [headers, oauths, globals, policies] = await Promise.all([
    read('ExternalClientApplication', header),
    read('ExtlClntAppOauthSettings', oauthSettings),
    read('ExtlClntAppGlobalOauthSettings', globalOauthSettings),
    read('ExtlClntAppOauthConfigurablePolicies', oauthPolicy),
  ]);
  return headers.map((app) => {
    const ofApp = <T extends { externalClientApplication: string }>(components: T[]): T | undefined =>
      components.find(({ externalClientApplication }) => externalClientApplication === app.fullName);
    const [oauth, global, policy] = [ofApp(oauths), ofApp(globals), ofApp(policies)];
    const id = listed.find(
      ({ type, fullName }) => type === 'ExternalClientApplication' && fullName === app.fullName
    )?.id;
    return {
      ...(id && { id }),
      header: app,
      ...(oauth && { oauth }),
      ...(global && { global }),
      ...(policy && { policy }),
    };
  });
};
