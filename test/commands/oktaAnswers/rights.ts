/** Who asks: tokens, scopes, roles, proofs. contracts/okta.md §6 */
import type { Status } from '../../../src/engine/check.ts';
import { documentedWorld, type ServiceAppRecord } from '../../../src/simulator/okta/index.ts';
import type { Pair } from '../../helpers/pair.ts';
import { ALL_SCOPES, serviceApp } from '../../helpers/serviceApp.ts';
import { APP, ADMIN, error, works, type Row, type Rows } from '../../steps/badWorlds/row.ts';

const as = (record: Partial<ServiceAppRecord>): Pick<Row, 'okta' | 'credentials'> => {
  const app = serviceApp(record);
  return { okta: () => ({ ...documentedWorld(), serviceApps: [app.record] }), credentials: app.environment };
};
const without = (scope: string): Pick<Row, 'okta' | 'credentials'> =>
  as({ scopes: ALL_SCOPES.filter((one) => one !== scope) });

const lacking = (scope: string, finds: Readonly<Record<string, Status>>): Row => ({
  ...without(scope),
  ...error(`not granted ${scope}`, `grant ${scope} to the service app`),
  verify: { exit: 100, finds },
});

/** The service app has a role too small for a while. */
const role =
  (...roles: string[]) =>
  ({ sim }: Pair): (() => void) => {
    const [record] = sim.okta.store.serviceApps;
    if (!record) throw new Error('There is no service app.');
    const [all] = sim.okta.store.serviceApps.splice(0, 1, { ...record, roles });
    return () => void sim.okta.store.serviceApps.splice(0, 1, all ?? record);
  };

/** The scopes of tokens that are there are gone when the app is to be made: 403, an empty body and a challenge. */
const scopeGone = ({ sim }: Pair): (() => void) =>
  sim.okta.fail({
    on: 'POST /api/v1/apps',
    times: Infinity,
    with: {
      until: async () => {
        for (const [value, token] of sim.okta.store.accessTokens)
          sim.okta.store.accessTokens.set(value, { ...token, scopes: ['okta.apps.read'] });
      },
    },
  });

const proofs: Rows = Object.fromEntries(
  (['ignored', 'if-sent', 'required'] as const).map((dpop) => [
    `a service app, DPoP ${dpop}`,
    { ...as({ dpop }), ...works() },
  ])
);

export const rights: Rows = {
  ...proofs,
  'a service app without okta.apps.manage': lacking('okta.apps.manage', { 'okta.app.active': 'fail' }),
  'a service app without okta.apps.read': lacking('okta.apps.read', { 'okta.app.active': 'unknown' }),
  'a service app without okta.logs.read': {
    ...without('okta.logs.read'),
    ...works(ADMIN, { exit: 69, finds: { 'okta.log': 'unknown' } }),
  },
  'a service app without okta.schemas.read': { ...without('okta.schemas.read'), ...works() },
  'a service app without okta.users.manage': { ...without('okta.users.manage'), ...works() },
  'a service app without okta.orgs.read': { ...without('okta.orgs.read'), ...works() },
  'a service app without any role': {
    ...as({}),
    trouble: role(),
    ...error('E0000006', 'Ask an Okta super admin'),
    verify: { exit: 100, finds: { 'okta.app.active': 'unknown' } },
    goesOn: true,
  },
  'a service app whose role can only read': {
    ...as({}),
    trouble: role('READ_ONLY_ADMIN'),
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'okta.app',
      says: 'POST /api/v1/apps with 403 E0000006',
      action: 'the role Application Administrator',
      made: APP,
    },
    verify: { exit: 100, finds: { 'okta.app.active': 'fail', 'okta.log': 'skipped' } },
    goesOn: true,
  },
  'a scope taken away in mid-run: 403, an empty body and WWW-Authenticate': {
    ...as({}),
    trouble: scopeGone,
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'okta.app',
      says: 'the scope okta.apps.manage is missing',
      action: 'grant okta.apps.manage to the service app',
      made: APP,
    },
    verify: { exit: 100, finds: { 'okta.app.active': 'fail' } },
    goesOn: true,
  },
  'an API token that is not valid': {
    credentials: (url) => ({ OKTA_CLIENT_ORGURL: url, OKTA_CLIENT_TOKEN: 'T0KEN-wrong' }),
    ...error('401 E0000011', 'Make a new API token'),
    verify: { exit: 100, finds: { 'okta.app.active': 'unknown', 'okta.log': 'unknown' } },
  },
  'a key of a service app that Okta does not know': {
    ...as({}),
    credentials: serviceApp().environment,
    ...error('gave no access token', 'Check the client id, the private key and its key id'),
    verify: { exit: 100, finds: { 'okta.app.active': 'unknown' } },
  },
};
