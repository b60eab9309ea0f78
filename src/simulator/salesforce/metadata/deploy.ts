/**
 * A deploy, by SOAP or REST. contracts/salesforce.md §2.4, §4.1, §5.4
 * - all or nothing, unless rollbackOnError is false; with checkOnly nothing in any case
 * - asked about once it is in progress, then done
 * - a component that exists is updated as by CRUD (a choice: §2.2 says of one field that a deploy that omits it clears it)
 * - each failure names type, file, name and problem; the only one is an object and no array where the knob says so
 * - not simulated: Apex tests, warnings, validation ids, cancelling what is done already
 */
import { ComponentError, RestError, SoapFault } from '../errors.ts';
import type { AsyncJobRecord, FieldMap } from '../records.ts';
import type { Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { readArchive, type Archive } from './archive.ts';
import { createComponent, deleteComponent, updateComponent } from './components.ts';
import { readFields } from './fieldTypes.ts';
import { RULES } from './rules.ts';
import { refuseWriter } from './writers.ts';

type Message = Readonly<Record<string, string | boolean>>;
interface Outcome {
  readonly successes: Message[];
  readonly failures: Message[];
}

/** What is made first, in the order that satellites need (§2.4). */
const ORDER = [
  'ExternalClientApplication',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppGlobalOauthSettings',
  ...Object.keys(RULES),
];

export const deploy = async (
  store: SalesforceStore,
  zip: Uint8Array,
  options: FieldMap,
  caller: Caller
): Promise<AsyncJobRecord> => {
  const archive = await readArchive(zip);
  const [checkOnly, rollbackOnError] = [options['checkOnly'] === 'true', options['rollbackOnError'] !== 'false'];
  const before = tablesOf(store);
  const outcome: Outcome = { successes: [], failures: [] };
  if (!archive) outcome.failures.push(message(store, 'package.xml', '', '', 'No package.xml found'));
  else work(store, archive, caller, outcome);
  if (checkOnly || (rollbackOnError && outcome.failures.length > 0)) restore(store, before);
  const id = store.mint.id('0Af');
  const success = outcome.failures.length === 0;
  const job: AsyncJobRecord = {
    id,
    createdById: caller.user.Id,
    createdDate: store.clock.now(),
    success,
    checks: 0,
    result: resultOf(outcome, { checkOnly, rollbackOnError }),
  };
  store.jobs.set(id, job);
  return job;
};

const work = (store: SalesforceStore, { components, deletions }: Archive, caller: Caller, outcome: Outcome): void => {
  const userId = caller.user.Id;
  const sorted = [...components].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  const jobs = [
    ...sorted.map((component) => ({
      ...component,
      run: (): void => {
        const { type, fullName } = component;
        const change = { type, fullName, fields: readFields(type, component.fields), userId };
        if (store.component(type, fullName)) updateComponent(store, change);
        else createComponent(store, change);
      },
    })),
    ...deletions.map((one) => ({ ...one, run: (): void => deleteComponent(store, { ...one, userId }) })),
  ];
  outcome.successes.push(message(store, 'package.xml', '', 'package.xml'));
  for (const { type, fullName, fileName, run } of jobs) {
    try {
      refuseWriter(store, type, caller);
      run();
      outcome.successes.push(message(store, fileName, type, fullName));
    } catch (error) {
      if (!(error instanceof ComponentError) && !(error instanceof SoapFault)) throw error;
      outcome.failures.push(message(store, fileName, type, fullName, error.message));
    }
  }
};

const message = (
  { clock }: SalesforceStore,
  fileName: string,
  componentType: string,
  fullName: string,
  problem?: string
): Message => ({
  changed: problem === undefined,
  componentType,
  created: false,
  createdDate: new Date(clock.now()).toISOString(),
  deleted: false,
  fileName,
  fullName,
  ...(problem !== undefined && { problem, problemType: 'Error' }),
  success: problem === undefined,
});

const resultOf = (
  { successes, failures }: Outcome,
  options: Readonly<Record<'checkOnly' | 'rollbackOnError', boolean>>
): Record<string, unknown> => ({
  ...options,
  details: {
    componentFailures: failures,
    componentSuccesses: successes,
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  },
  ignoreWarnings: false,
  numberComponentErrors: failures.length,
  numberComponentsDeployed: failures.length > 0 && options.rollbackOnError ? 0 : successes.length - 1,
  numberComponentsTotal: failures.length + successes.length - 1,
  numberTestErrors: 0,
  numberTestsCompleted: 0,
  numberTestsTotal: 0,
  runTestsEnabled: false,
});

export const asyncResult = ({ id }: AsyncJobRecord): Record<string, unknown> => ({ done: false, id, state: 'Queued' });

/** How a deploy stands, and one look nearer to its end. */
export const deployResult = (store: SalesforceStore, id: string): Record<string, unknown> => {
  const job = store.jobs.get(id);
  if (!job) throw new RestError(404, 'NOT_FOUND', `no deployment with id ${id}`);
  job.checks += 1;
  const user = store.users.get(job.createdById);
  const created = {
    createdBy: job.createdById,
    createdByName: `${String(user?.['FirstName'] ?? '')} ${String(user?.['LastName'] ?? '')}`.trim(),
    createdDate: new Date(job.createdDate).toISOString(),
  };
  if (job.checks === 1) return { ...created, done: false, id, status: 'InProgress', success: false };
  return {
    ...created,
    ...job.result,
    done: true,
    id,
    status: job.success ? 'Succeeded' : 'Failed',
    success: job.success,
  };
};

const TABLES = ['components', 'consumers', 'grants', 'entityAccess', 'auditTrail'] as const;
type Tables = Readonly<Record<(typeof TABLES)[number], ReadonlyMap<string, unknown>>>;

const tablesOf = (store: SalesforceStore): Tables =>
  Object.fromEntries(
    TABLES.map((name) => [name, structuredClone<Map<string, unknown>>(store[name])])
  ) as unknown as Tables;

const restore = (store: SalesforceStore, before: Tables): void => {
  for (const name of TABLES) {
    const table = store[name] as Map<string, unknown>;
    table.clear();
    for (const [key, value] of before[name]) table.set(key, value);
  }
};
