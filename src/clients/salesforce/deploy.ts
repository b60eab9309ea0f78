/** One component by a deploy: all or nothing, watched until it is done. contracts/salesforce.md §2.1, §5.4 */
import { XMLBuilder } from 'fast-xml-parser';
import JSZip from 'jszip';
import { z } from 'zod';
import type { Attempts, RestCalls } from './call.ts';
import { notOfTheApi, refusedComponent, SalesforceApiError } from './errors.ts';
import type { MetadataApi } from './metadata.ts';

/** Folder and suffix of the files (§2.1). */
const FILES: Readonly<Record<string, readonly [folder: string, suffix: string]>> = {
  ConnectedApp: ['connectedApps', 'connectedApp'],
  ExternalClientApplication: ['externalClientApps', 'eca'],
  ExternalClientAppSettings: ['settings', 'settings'],
  ExtlClntAppOauthSettings: ['extlClntAppOauthSettings', 'ecaOauth'],
  ExtlClntAppGlobalOauthSettings: ['extlClntAppGlobalOauthSets', 'ecaGlblOauth'],
  ExtlClntAppOauthConfigurablePolicies: ['extlClntAppOauthPolicies', 'ecaOauthPlcy'],
};

/** One failure may come as an object, several as an array (§5.4). */
const failure = z.object({ problem: z.string().nullish() });
const status = z.object({
  deployResult: z.object({
    done: z.boolean(),
    success: z.boolean(),
    status: z.string(),
    errorMessage: z.string().nullish(),
    details: z.object({ componentFailures: z.union([failure, z.array(failure)]).nullish() }).nullish(),
  }),
});

const deployId = z.string().regex(/^\w+$/);

const LONGEST_PAUSE = 10_000;
/** A deploy of one component takes seconds; past this something is wrong, and the next run reads what became of it. */
const LONGEST_WAIT = 10 * 60_000;

interface Deployment {
  readonly call: string;
  readonly type: string;
  readonly component: { readonly fullName: string };
  readonly version: string;
}

interface Means {
  readonly api: () => MetadataApi;
  readonly tries: Attempts;
  readonly rest: RestCalls;
}

export const deployComponent = async (deployment: Deployment, { api, tries, rest }: Means): Promise<void> => {
  const { call, type } = deployment;
  const zip = await archive(deployment);
  const begun = await tries.once(call, async () => api().deploy(zip, { rollbackOnError: true, singlePackage: true }));
  const { data: id } = deployId.safeParse((begun as { id?: unknown } | undefined)?.id);
  if (id === undefined) throw notOfTheApi(call);
  for (let [pause, waited] = [1000, 0]; ; waited += pause, pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const { deployResult } = status.parse(await rest.get(call, `/metadata/deployRequest/${id}?includeDetails=true`));
    if (deployResult.done && deployResult.success) return;
    if (deployResult.done) {
      const [first] = [deployResult.details?.componentFailures ?? []].flat();
      throw refusedComponent(
        call,
        type,
        `DEPLOY_${deployResult.status.toUpperCase()}`,
        first?.problem ?? deployResult.errorMessage ?? undefined
      );
    }
    if (waited >= LONGEST_WAIT)
      throw new SalesforceApiError(call, 'DEPLOY_TIMEOUT', `the deploy ${id} is not done after ten minutes`);
    await tries.pause(pause);
  }
};

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

const archive = async ({ type, component, version }: Deployment): Promise<string> => {
  const [folder, suffix] = FILES[type] ?? [];
  if (folder === undefined) throw new Error(`No file is known for the metadata type ${type}`); // a bug: only types above are written
  const { fullName, ...fields } = component;
  const isSettings = folder === 'settings';
  const types = { members: fullName, name: isSettings ? 'Settings' : type };
  const zip = new JSZip();
  zip.file('package.xml', document('Package', { types, version }));
  zip.file(`${folder}/${fullName}.${suffix ?? ''}`, document(type, fields));
  return zip.generateAsync({ type: 'base64' });
};

const document = (root: string, content: object): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: { '@xmlns': NAMESPACE, ...content } })}`;
