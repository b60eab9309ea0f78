/** Okta, or what is between, in trouble. contracts/okta.md §7 */
import type { Fault } from '../../../src/simulator/index.ts';
import { rateLimitedOkta } from '../../../src/simulator/oktaScenarios.ts';
import type { Pair } from '../../helpers/pair.ts';
import { APP, error, works, type Row, type Rows } from '../../steps/badWorlds/row.ts';
import { okta } from './apps.ts';

const failing =
  (fault: Omit<Fault, 'times'>, times = Infinity) =>
  ({ sim }: Pair): (() => void) =>
    sim.okta.fail({ ...fault, times } as Fault);

const unreadable = (what: Fault['with'], says: string, action: string): Row => ({
  trouble: failing({ on: 'GET /api/v1/apps', with: what }),
  ...error(says, action),
  verify: { exit: 100, finds: { 'okta.app.active': 'unknown', 'okta.features': 'unknown' } },
  goesOn: true,
});
const unmade = (what: Fault['with'], says: string, action: string): Row => ({
  trouble: failing({ on: 'POST /api/v1/apps', with: what }),
  dryRun: { exit: 0 },
  setup: { exit: 1, at: 'okta.app', says, action, made: APP },
  verify: { exit: 100, finds: { 'okta.app.active': 'fail' } },
  goesOn: true,
});
const notLicensed = (): Response =>
  Response.json(
    {
      errorCode: 'E0000015',
      errorSummary: 'You do not have permission to access the feature you are requesting',
      errorLink: 'E0000015',
      errorId: 'oaeSIMULATED',
      errorCauses: [],
    },
    { status: 401 }
  );

export const limits: Rows = {
  'the rate limits of a free org': { okta: rateLimitedOkta, ...works() },
  'ten requests a minute to every kind of address': {
    okta: okta({ rateLimits: { apps: 10, app: 10, logs: 10, users: 10, default: 10 } }),
    ...works(),
  },
  'one request at a time': { okta: okta({ concurrency: 1 }), ...works() },
  'a limit that never ends': unreadable(429, 'E0000047', 'Wait a minute'),
  'a limit that never ends, on the create': unmade(429, 'E0000047', 'Wait a minute'),
};

export const trouble: Rows = {
  'an error of the server on each read': unreadable(500, '500', 'Run the same command again later'),
  'an error of the server on the create': unmade(500, '500', 'Run the same command again later'),
  'no service on each read': unreadable(503, '503', 'Run the same command again later'),
  'two errors of the server, then answers': {
    trouble: failing({ on: 'GET /api/v1/apps', with: 503 }, 2),
    ...works(),
  },
  'a page of a proxy instead of JSON': unreadable('html', 'not what its API documents', 'a proxy or a sign-in page'),
  'a feature that is not part of the plan': unreadable({ change: notLicensed }, 'E0000015', 'Okta Support'),
  'no answer to a read': unreadable('drop', 'no answer', 'run the same command again'),
  'the answer to the create lost': {
    trouble: failing({ on: 'POST /api/v1/apps', with: 'drop' }),
    ...works(),
  },
};
