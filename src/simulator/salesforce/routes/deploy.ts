/**
 * Deploy by REST, /services/data/vNN.0/metadata/deployRequest[/{id}]. contracts/salesforce.md §5.4
 * - the part with the options is named `json` or `entity_content`, the order of the parts does not matter
 * - a deploy is over when it is asked about the second time, so it can no longer be cancelled
 * - Tooling's SourceMember does not exist in an org without source tracking (§15.4)
 */
import { Hono, type Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { RestError } from '../errors.ts';
import { asList } from '../metadata/envelope.ts';
import { deploy, deployResult } from '../metadata/deploy.ts';
import type { FieldMap, FieldValue } from '../records.ts';
import { holdsAny, restCaller, type Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { onlyParameters, versionOf } from './version.ts';

const PATH = '/services/data/:version/metadata/deployRequest';

export const deployRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .post(PATH, async (c) => {
      c.set('operation', 'POST metadata/deployRequest');
      const caller = deployer(store, c);
      const body = await c.req.parseBody();
      const [json, zip] = [await textOf(body['json'] ?? body['entity_content']), body['file']];
      if (!(zip instanceof File)) throw new RestError(400, 'INVALID_MULTIPART_REQUEST', 'The request has no zip file.');
      const { deployOptions = {} } = JSON.parse(json || '{}') as { deployOptions?: Record<string, unknown> };
      const job = await deploy(store, new Uint8Array(await zip.arrayBuffer()), asTexts(deployOptions), caller);
      const deployResultNow = { id: job.id, status: 'Pending', done: false, success: false };
      return c.json({ id: job.id, validatedDeployRequestId: null, deployResult: deployResultNow, deployOptions }, 201);
    })
    .get(`${PATH}/:id`, (c) => {
      c.set('operation', 'GET metadata/deployRequest');
      deployer(store, c);
      onlyParameters(c, ['includeDetails']);
      const id = c.req.param('id');
      const result = deployResult(store, id);
      return c.json({ id, url: c.req.path, deployResult: withFailures(store, result) });
    })
    .get('/services/data/:version/tooling/sobjects/SourceMember/describe', (c) => {
      restCaller(store, c);
      throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
    });

const deployer = (store: SalesforceStore, c: Context<SimulatorEnv>): Caller => {
  versionOf(c);
  const caller = restCaller(store, c);
  if (holdsAny(caller, ['ModifyMetadata', 'ModifyAllData'])) return caller;
  throw new RestError(403, 'INSUFFICIENT_ACCESS', 'use of the Metadata API requires ModifyAllData or ModifyMetadata');
};

const textOf = async (part: unknown): Promise<string> => {
  if (part instanceof File) return part.text();
  return typeof part === 'string' ? part : '';
};

/** Options as SOAP would have them: text. */
const asTexts = (options: Readonly<Record<string, unknown>>): FieldMap =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));

const withFailures = ({ knobs }: SalesforceStore, result: Record<string, unknown>): Record<string, unknown> => {
  const details = result['details'] as Record<string, FieldValue> | undefined;
  const failures = asList(details?.['componentFailures']);
  if (!knobs.componentFailuresAsObject || failures.length !== 1) return result;
  return { ...result, details: { ...details, componentFailures: failures[0] } };
};
