/**
 * Retrieve and describe, as `sf project retrieve start` asks for them. contracts/salesforce.md §2.1, §5.4, §15.4
 * - every component that the manifest names, by name or by `*`, as a file of the zip; what does not exist is a message
 * - what reading does not show (secrets) is in no file
 * - not simulated: packages, retrieving by folder, JWT
 */
import { RestError } from '../errors.ts';
import type { AsyncJobRecord, ComponentRecord, FieldMap } from '../records.ts';
import type { Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { membersOf, writeArchive } from './archive.ts';
import { rulesOf } from './components.ts';
import { asMap } from './envelope.ts';
import { properties } from './properties.ts';
import { RULES } from './rules.ts';

export const retrieve = async (store: SalesforceStore, request: FieldMap, caller: Caller): Promise<AsyncJobRecord> => {
  const wanted = membersOf(asMap(request['unpackaged']));
  const found = wanted.flatMap(({ type, fullName }) => componentsNamed(store, type, fullName));
  const missing = wanted.filter(
    ({ type, fullName }) => fullName !== '*' && componentsNamed(store, type, fullName).length === 0
  );
  const components = found.map((component) => ({
    type: component.type,
    fullName: component.fullName,
    fields: sorted(rulesOf(component.type).view?.(store, component) ?? component.fields),
    fileName: properties(store, component)['fileName'] ?? '',
  }));
  const id = store.mint.id('09S');
  const job: AsyncJobRecord = {
    id,
    createdById: caller.user.Id,
    createdDate: store.clock.now(),
    success: true,
    checks: 0,
    result: {
      fileProperties: found.map((component) => ({
        ...properties(store, component),
        fileName: `unpackaged/${properties(store, component)['fileName'] ?? ''}`,
      })),
      messages: missing.map(({ type, fullName }) => ({
        fileName: 'unpackaged/package.xml',
        problem: `Entity of type '${type}' named '${fullName}' cannot be found`,
      })),
      zipFile: await writeArchive(components, String(request['apiVersion'] ?? '')),
    },
  };
  store.jobs.set(id, job);
  return job;
};

const componentsNamed = (store: SalesforceStore, type: string, fullName: string): ComponentRecord[] => {
  // `Settings` is what a manifest calls every type of settings.
  const types =
    type === 'Settings'
      ? Object.keys(RULES).filter((name) => name.endsWith('Settings') && rulesOf(name).folder === 'settings')
      : [type];
  return types.flatMap((name) => {
    rulesOf(name);
    return store.componentsOf(name).filter((component) => fullName === '*' || component.fullName === fullName);
  });
};

const sorted = (fields: FieldMap): FieldMap =>
  Object.fromEntries(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)));

export const retrieveResult = (store: SalesforceStore, id: string): Record<string, unknown> => {
  const job = store.jobs.get(id);
  if (!job) throw new RestError(404, 'NOT_FOUND', `no retrieve with id ${id}`);
  job.checks += 1;
  if (job.checks === 1) return { done: false, id, status: 'InProgress', success: false };
  return { done: true, ...job.result, id, status: 'Succeeded', success: true };
};

export const describeMetadata = (): Record<string, unknown> => ({
  metadataObjects: Object.entries(RULES)
    .filter(([, { folder }]) => folder !== 'settings')
    .map(([xmlName, { folder, suffix }]) => ({
      directoryName: folder,
      inFolder: false,
      metaFile: false,
      suffix,
      xmlName,
    })),
  organizationNamespace: '',
  partialSaveAllowed: true,
  testRequired: false,
});
