/** What Okta's API says of the connection, and whose approval it is. contracts/okta.md §2, §14; product.md §3.6–9, §5 */
import type { OktaWorld } from '../../../src/simulator/index.ts';
import { COLLEAGUE } from '../../../src/simulator/index.ts';
import { documentedWorld } from '../../../src/simulator/okta/index.ts';
import { apiSupportedOkta, apiSupportedSalesforce, wrongUserSalesforce } from '../../../src/simulator/oktaScenarios.ts';
import { authenticateOnTheConsoles } from '../../../src/rehearsal/people.ts';
import { ADMIN, APP, works, type Row, type Rows } from '../../steps/badWorlds/row.ts';

type Connection = OktaWorld['connection'];
const answering = (connection: Connection) => (): OktaWorld => ({ ...documentedWorld(), connection });
const REFUSALS = ([400, 403, 404, 405, 501] as const).map((status) => [status, `refused-${status}`] as const);

const declined = (connection: Connection, says: string): Row => ({
  okta: answering(connection),
  flags: { handshake: 'api' },
  dryRun: { exit: 0 },
  setup: { exit: 1, at: 'okta.connection', says, action: '--handshake console', made: APP, oktaApps: 1 },
  verify: { exit: 100, finds: { 'okta.app.active': 'pass', 'salesforce.grant.exists': 'fail' } },
});

/** Key and secret were saved before, so that a link can be had; somebody is there who asked for it. */
const saved = (connection: Connection): Pick<Row, 'world' | 'okta'> => ({
  world: apiSupportedSalesforce(),
  okta: (): OktaWorld => ({ ...apiSupportedOkta(), connection }),
});
/** What setup says and does where somebody is there who asked for the link. */
export const FOREIGN: ReadonlyArray<[string, Pick<Row, 'world' | 'okta'>, string]> = [
  ['to a foreign host', saved('foreign-host'), 'it leads to http://login.salesforce.example'],
  ['for a foreign client', saved('foreign-client'), 'not our consumer key'],
  ['with a foreign callback', saved('foreign-callback'), "not the app's callback"],
];

/** Not there for this app, so nothing to be told; or, by 403, perhaps only not for these credentials. */
const shown = (status: number): Row['verify'] =>
  status === 403
    ? { exit: 69, finds: { 'okta.connection': 'unknown' } }
    : { exit: 0, finds: { 'okta.connection': 'skipped' } };

export const connection: Rows = {
  'the sentinel UNKNOWN': { okta: answering('documented'), ...works() },
  ...Object.fromEntries(
    REFUSALS.map(([status, name]) => [
      `a refusal by ${status}`,
      { okta: answering(name), ...works(ADMIN, shown(status)) },
    ])
  ),
  'the sentinel UNKNOWN, with --handshake api': declined('documented', 'POST connections/default answered UNKNOWN'),
  ...Object.fromEntries(
    REFUSALS.map(([status, name]) => [
      `a refusal by ${status}, with --handshake api`,
      declined(name, `POST connections/default answered with a refusal (Okta refused POST`),
    ])
  ),
  'OAUTH2 with a link, and nobody there to approve': {
    ...saved('api-supported'),
    ...works(),
    setup: { exit: 69, at: 'okta.connection', says: 'approve', oktaApps: 0 },
  },
  'OAUTH2 without a link, nobody having saved key and secret': { okta: answering('api-supported'), ...works() },
};

export const people: Rows = {
  'the wrong user approves': {
    world: wrongUserSalesforce(),
    flags: { 'integration-user': ADMIN.username },
    ...works(COLLEAGUE, { exit: 100, finds: { 'salesforce.grant.exists': 'fail', 'salesforce.grant.user': 'fail' } }),
    connected: { exit: 69, state: 'wrong-user', says: 'Another user' },
  },
  'the right user approves and nobody saves': {
    ...works(async ({ sim }) => authenticateOnTheConsoles(sim, () => {}), {
      exit: 100,
      finds: { 'salesforce.grant.exists': 'pass', 'okta.features': 'fail' },
    }),
    connected: { exit: 69, state: 'waiting', says: 'press Save' },
  },
  'nobody connects, with --handshake none': {
    flags: { handshake: 'none' },
    dryRun: { exit: 0, says: '--handshake none' },
    setup: { exit: 0, made: APP, oktaApps: 1 },
    verify: { exit: 100, finds: { 'salesforce.grant.exists': 'fail', 'okta.features': 'fail' } },
  },
};
