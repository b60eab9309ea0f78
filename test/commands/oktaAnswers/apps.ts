/** What Okta holds of the app before anything is done. contracts/okta.md §1.1, §1.2, §6.6, §14; product.md §4.3 */
import { documentedWorld, type OktaWorld } from '../../../src/simulator/okta/index.ts';
import { alreadyConnectedOkta } from '../../../src/simulator/oktaScenarios.ts';
import { connectOnTheConsoles } from '../../../src/rehearsal/people.ts';
import { ADMIN, refused, works, type Row, type Rows } from '../../steps/badWorlds/row.ts';

type App = OktaWorld['apps'][number];
export const okta = (change: Partial<OktaWorld>) => (): OktaWorld => ({ ...documentedWorld(), ...change });
const app = (change: Partial<App> = {}): App => ({ label: 'Salesforce.com', features: [], assignments: [], ...change });
const withApps = (...apps: App[]): (() => OktaWorld) => okta({ apps });
const numbered = Array.from({ length: 450 }, (_, index) => app({ label: `Salesforce ${index}` }));
const ASSIGNED = [{ login: 'ada.lovelace@simulated.example' }];

/** People find the app by its label among others. */
const byLabel =
  (oktaApp: string): NonNullable<Row['connects']> =>
  async ({ sim }) =>
    connectOnTheConsoles(sim, () => {}, undefined, { oktaApp });

/** Nothing is made where the app is there. */
const adopts = (label?: string): ReturnType<typeof works> => {
  const there = works(label === undefined ? ADMIN : byLabel(label));
  return { ...there, setup: { ...there.setup, oktaApps: 0 } };
};

export const apps: Rows = {
  'no Salesforce app': { okta: okta({}), ...works() },
  '450 Salesforce apps over pages, ours on the last': {
    okta: withApps(...numbered),
    flags: { 'okta-app-label': 'Salesforce 449' },
    ...adopts('Salesforce 449'),
  },
  '450 Salesforce apps over pages, ours not among them': {
    okta: withApps(...numbered),
    ...works(byLabel('Salesforce.com')),
  },
  'several Salesforce apps, one of the label': {
    okta: withApps(app({ label: 'Other' }), app(), app({ label: 'Third' })),
    ...adopts('Salesforce.com'),
  },
  'several Salesforce apps of the label': {
    okta: withApps(app(), app()),
    ...refused('Salesforce.com', '--okta-app-id', { 'okta.app.active': 'unknown' }),
  },
  'as many instances as the plan allows': {
    okta: okta({ maxInstances: 0 }),
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'okta.app',
      says: 'Maximum number of instances has been reached',
      action: '--okta-app-id or --okta-app-label',
      made: ['components', 'consumers'],
      oktaApps: 0,
    },
    verify: { exit: 100, finds: { 'okta.app.active': 'fail', 'salesforce.app.exists': 'pass' } },
  },
  'the app inactive': { okta: withApps(app({ status: 'INACTIVE' })), ...adopts() },
  'an instance type that nobody knows': { okta: withApps(app({ instanceType: 'MY_DOMAIN' })), ...adopts() },
  'the instance type of another kind of org, unused': {
    okta: withApps(app({ instanceType: 'SANDBOX' })),
    ...adopts(),
  },
  'the instance type of another kind of org, in use': {
    okta: withApps(app({ instanceType: 'SANDBOX', assignments: ASSIGNED })),
    ...refused('instance type', '--okta-app-label', { 'okta.app.instance-type': 'fail' }),
  },
  'a custom domain, 450 apps over pages that link to the canonical host': {
    okta: okta({ canonicalUrl: 'https://simulated.okta.com', apps: numbered }),
    flags: { 'okta-app-label': 'Salesforce 449' },
    ...adopts('Salesforce 449'),
  },
  'a custom domain, 450 apps over pages that link to itself': {
    okta: okta({ canonicalUrl: 'https://simulated.okta.com', linksOn: 'asked', apps: numbered }),
    flags: { 'okta-app-label': 'Salesforce 449' },
    ...adopts('Salesforce 449'),
  },
  'a custom domain': { okta: okta({ canonicalUrl: 'https://simulated.okta.com' }), ...works() },
  'users assigned who were never provisioned': {
    okta: withApps(app({ assignments: ASSIGNED })),
    ...refused('in use', '--adopt', { 'okta.features': 'fail', 'okta.assignments': 'warn' }),
  },
  'an app connected by old credentials': {
    okta: alreadyConnectedOkta,
    ...refused('in use', '--adopt', { 'salesforce.grant.exists': 'fail' }),
  },
  'an app connected by old credentials, adopted': {
    okta: alreadyConnectedOkta,
    flags: { adopt: true },
    ...adopts(),
    dryRun: { exit: 0, says: 'in use' },
  },
};
