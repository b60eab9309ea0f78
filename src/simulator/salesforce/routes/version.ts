import type { Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { NotSimulated, RestError } from '../errors.ts';

const OLDEST = 50;
export const NEWEST = 67;

export const VERSIONS = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => `${OLDEST + index}.0`);

/** The `vNN.0` of the path. contracts/salesforce.md §11.1 */
export const versionOf = (c: Context<SimulatorEnv>): string => {
  const version = c.req.param('version') ?? '';
  if (VERSIONS.includes(version.slice(1))) return version;
  throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
};

/** A parameter that nothing here reads would silently do nothing: better a test that fails. */
export const onlyParameters = (
  c: Context<SimulatorEnv>,
  names: readonly string[],
  sent: Iterable<string> = queryNames(c)
): void => {
  for (const name of sent) {
    if (!names.includes(name)) throw new NotSimulated(`parameter ${name} of ${c.req.method} ${c.req.path}`);
  }
};

const queryNames = (c: Context<SimulatorEnv>): Iterable<string> => new URL(c.req.url).searchParams.keys();
