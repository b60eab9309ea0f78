/** Each right to read that the credentials lack: `unknown` for exactly the claims that it serves, and all else is judged. */
import { expect } from 'chai';
import type { ServiceAppRecord } from '../../src/simulator/okta/index.ts';
import type { Status } from '../../src/engine/check.ts';
import { flagsOf, HEALTHY, healthyPair, KINDS, NAMED } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { ALL_SCOPES, serviceApp } from '../helpers/serviceApp.ts';
import { all } from './faults/fault.ts';
import { OF_OKTA_APP } from './faults/okta.ts';
import { adminWithout } from './faults/salesforceOrg.ts';

const OKTA = ['okta.app.active', ...OF_OKTA_APP];
const APP = Object.keys(HEALTHY).filter((id) => id.startsWith('salesforce.app.'));
const GRANT = ['exists', 'user', 'slots', 'last-used'].map((claim) => `salesforce.grant.${claim}`);

const OKTA_RIGHTS: ReadonlyArray<[string, Partial<ServiceAppRecord>, readonly string[]]> = [
  ...ALL_SCOPES.map((scope): [string, Partial<ServiceAppRecord>, readonly string[]] => [
    `the scope ${scope}`,
    { scopes: ALL_SCOPES.filter((one) => one !== scope) },
    scope === 'okta.apps.read' ? OKTA : scope === 'okta.logs.read' ? ['okta.log'] : [],
  ]),
  ['every role', { roles: [] }, OKTA],
  ['a role that may see the log', { roles: ['APP_ADMIN'] }, ['okta.log']],
];

/** contracts/salesforce.md §7: who may see what. */
const SALESFORCE_RIGHTS: ReadonlyArray<[readonly string[], readonly string[]]> = [
  [['CustomizeApplication'], GRANT],
  [
    ['ModifyMetadata', 'ModifyAllData'],
    [...APP, ...GRANT, 'salesforce.grant.errors', 'salesforce.secret-access', 'salesforce.org.api-access-control'],
  ],
  [['MonitorLoginHistory'], []],
  [
    ['MonitorLoginHistory', 'ManageUsers'],
    ['salesforce.grant.errors', 'salesforce.user.not-frozen'],
  ],
  [['ManageUsers'], ['salesforce.user.not-frozen']],
  [['ExternalClientAppDeveloper', 'ExternalClientAppAdmin', 'ViewClientSecret'], []],
];

for (const kind of KINDS)
  describe(`verify of a pair, the app being of the kind ${kind}, without a right to read`, () => {
    let pair: Pair;
    afterEach(async () => pair.stop());

    const found = async (): Promise<Record<string, Status>> => {
      pair.readOnly = true;
      const results = Object.values(await pair.verify({ ...flagsOf(kind), ...NAMED }));
      for (const { id, status, actual } of results)
        if (status === 'unknown') expect(String(actual), id).to.have.length.greaterThan(10);
      return Object.fromEntries(results.map(({ id, status }) => [id, status]));
    };

    for (const [what, record, lost] of OKTA_RIGHTS)
      it(`in Okta, without ${what}, cannot tell ${lost.join(', ') || 'nothing that it needs to'}`, async () => {
        const app = serviceApp(record);
        pair = await healthyPair(kind, { okta: (world) => ({ ...world, serviceApps: [app.record] }) });
        pair.oktaEnvironment = app.environment(pair.sim.okta.url);
        expect(await found()).to.deep.equal({ ...HEALTHY, ...all('unknown', ...lost) });
      });

    for (const [names, lost] of SALESFORCE_RIGHTS)
      it(`in Salesforce, without ${names.join(' and ')}, cannot tell ${lost.join(', ') || 'nothing that it needs to'}`, async () => {
        pair = await healthyPair(kind);
        await adminWithout(...names)(pair, kind);
        expect(await found()).to.deep.equal({ ...HEALTHY, ...all('unknown', ...lost) });
      });
  });
