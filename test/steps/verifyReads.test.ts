/** What `verify` says when it cannot read something: `unknown` with the reason, never a finding that nobody can stand by. */
import { expect } from 'chai';
import type { Status } from '../../src/engine/check.ts';
import type { Fault as Trouble } from '../../src/simulator/index.ts';
import { verifyCommand } from '../helpers/pairCommands.ts';
import {
  argvOf,
  flagsOf,
  HEALTHY,
  healthyPair,
  KINDS,
  NAMED,
  NEEDED,
  OKTA_USER,
  type Kind,
} from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { all } from './faults/fault.ts';
import { adminWithout, okta } from './faults/salesforceOrg.ts';

const claims = (side: string, ...names: string[]): string[] => names.map((name) => `${side}.${name}`);
const APP = claims(
  'salesforce.app',
  'exists',
  'callback',
  'scopes',
  'pkce',
  'refresh-token-rotation',
  'secret-required',
  'flows-off',
  'refresh-token-policy',
  'idle-limit',
  'permitted-users',
  'ip-relaxation'
);
const USER = claims('salesforce.user', 'active', 'not-frozen', 'license', 'permissions', 'least-privilege');
const GRANT = claims('salesforce.grant', 'exists', 'user', 'slots', 'last-used');
const OKTA_APP = claims('okta', 'app.active', 'app.instance-type', 'connection', 'features', 'assignments', 'log');
const ERRORS = 'salesforce.grant.errors';
const SETTINGS = ['callback', 'pkce', 'refresh-token-rotation', 'secret-required', 'flows-off', 'idle-limit'];
const POLICY = ['refresh-token-policy', 'permitted-users', 'ip-relaxation'];
const BY_APP = [...APP, ...GRANT, ERRORS];

/** Each read, what is asked, the claims that rest on it, and those that a refusal alone takes away where these are fewer. */
type Read = [
  what: string,
  vendor: 'salesforce' | 'okta',
  on: RegExp | ((pair: Pair) => RegExp),
  rests: readonly string[],
  refused?: readonly string[],
];
const permissionsOf =
  (username: string) =>
  ({ sim }: Pair): RegExp =>
    new RegExp(
      `FROM PermissionSetAssignment WHERE AssigneeId = '${sim.salesforce.store.userByName(username)?.Id ?? ''}`
    );

const READS: readonly Read[] = [
  ['the org', 'salesforce', /FROM Organization/, [...claims('salesforce.org', 'api', 'trial'), ...OKTA_APP]],
  [
    'the Metadata API',
    'salesforce',
    /services.Soap/,
    [...BY_APP, ...claims('salesforce', 'secret-access', 'org.api-access-control')],
  ],
  ['the secret setting', 'salesforce', /readMetadata.*ExternalClientAppSettings/s, ['salesforce.secret-access']],
  [
    'the API access control',
    'salesforce',
    /readMetadata.*ConnectedAppSettings/s,
    ['salesforce.org.api-access-control'],
  ],
  ['the permission sets', 'salesforce', /FROM PermissionSet WHERE/, ['salesforce.temporary-access']],
  ['the integration user', 'salesforce', /FROM User WHERE Username = 'okta/, [...USER, ...GRANT, ERRORS]],
  ['the freeze', 'salesforce', /FROM UserLogin/, ['salesforce.user.not-frozen']],
  [
    'the permissions of the integration user',
    'salesforce',
    permissionsOf(OKTA_USER.username),
    claims('salesforce.user', 'license', 'permissions', 'least-privilege'),
  ],
  ['the running user', 'salesforce', /FROM User WHERE Username = 'admin/, ['salesforce.grant.user', ERRORS]],
  [
    'the permissions of the running user',
    'salesforce',
    permissionsOf('admin@simulated.example'),
    ['salesforce.grant.user', ERRORS],
  ],
  ['what the running user may write', 'salesforce', /FROM UserPermissionAccess/, []],
  ['the approvals', 'salesforce', /FROM OauthToken/, GRANT],
  ['the logins', 'salesforce', /FROM LoginHistory/, [ERRORS]],
  ['the OAuth log', 'salesforce', /FROM IdpEventLog/, [ERRORS]],
  ['the Okta apps', 'okta', /GET \/api\/v1\/apps\?filter/, OKTA_APP],
  ['the assigned users', 'okta', /GET \/api\/v1\/apps\/\w+\/users/, ['okta.assignments']],
  ['the connection', 'okta', /connections\/default/, ['okta.connection']],
  ['the log of the app', 'okta', /GET \/api\/v1\/logs\?.*target\.id/, ['okta.log']],
  ['the log of the limits', 'okta', /GET \/api\/v1\/logs\?.*rate_limit/, ['okta.log']],
  ['the Okta org', 'okta', /okta-organization/, []],
];

const READS_OF: Readonly<Record<Kind, readonly Read[]>> = {
  'external-client-app': [
    ['the list of apps', 'salesforce', /listMetadata.*type>ExternalClientApplication</s, BY_APP],
    ['the apps', 'salesforce', /readMetadata.*type>ExternalClientApplication</s, BY_APP],
    ['the OAuth settings', 'salesforce', /readMetadata.*ExtlClntAppOauthSettings/s, ['salesforce.app.scopes']],
    [
      'the global OAuth settings',
      'salesforce',
      /readMetadata.*ExtlClntAppGlobalOauthSettings/s,
      claims('salesforce.app', ...SETTINGS),
    ],
    [
      'the list of policies',
      'salesforce',
      /listMetadata.*ExtlClntAppOauthConfigurablePolicies/s,
      claims('salesforce.app', ...POLICY),
    ],
    [
      'the policies',
      'salesforce',
      /readMetadata.*ExtlClntAppOauthConfigurablePolicies/s,
      claims('salesforce.app', ...POLICY),
    ],
    ['the connected apps', 'salesforce', /type>ConnectedApp</s, []],
  ],
  'connected-app': [
    ['the list of apps', 'salesforce', /listMetadata.*type>ConnectedApp</s, BY_APP],
    ['the apps', 'salesforce', /readMetadata.*type>ConnectedApp</s, BY_APP],
    ['the external client apps', 'salesforce', /type>ExternalClientApplication</s, []],
  ],
};

const TROUBLES: ReadonlyArray<[string, Trouble['with'] | 'nothing']> = [
  ['an answer that never comes', 'nothing'],
  ['a 500', 500],
  ['no answer', 'drop'],
  ['a page of a proxy', 'html'],
  ['a refusal', 403],
];

const proves = async (pair: Pair, kind: Kind, finds: Record<string, Status>): Promise<void> => {
  const results = await pair.verify({ ...flagsOf(kind), ...NAMED });
  const found = Object.fromEntries(Object.values(results).map(({ id, status }) => [id, status]));
  expect(found).to.deep.equal({ ...HEALTHY, ...finds });
  for (const { id, status, actual, evidence } of Object.values(results)) {
    if (status !== 'unknown') continue;
    expect(String(actual), id).to.have.length.greaterThan(10);
    expect(evidence, id).to.not.deep.equal([]);
  }
};

for (const kind of KINDS) {
  describe(`verify of a pair, the app being of the kind ${kind}, when a read fails`, () => {
    // It writes nothing, so one pair serves all.
    let pair: Pair;
    let mend = (): void => {};
    before(async () => {
      pair = await healthyPair(kind);
    });
    afterEach(() => mend());
    after(async () => pair.stop());

    for (const [what, vendor, on, rests, refused = rests] of [...READS, ...READS_OF[kind]])
      for (const [how, trouble] of TROUBLES) {
        const lost = trouble === 403 ? refused : rests;
        it(`${what}: ${how} makes exactly its ${lost.length} claims unknown`, async () => {
          mend = pair.sim[vendor].fail({
            on: on instanceof RegExp ? on : on(pair),
            with: trouble === 'nothing' ? pair.impatience.withhold : trouble,
            times: 99,
          });
          await proves(pair, kind, all('unknown', ...lost));
        });
      }

    for (const trouble of [503, 'html', 'drop'] as const)
      it(`a moment of trouble in each read (${trouble}): is not misled`, async () => {
        const undo = [...READS, ...READS_OF[kind]].map(([, vendor, on]) =>
          pair.sim[vendor].fail({ on: on instanceof RegExp ? on : on(pair), with: trouble })
        );
        mend = () => undo.forEach((one) => one());
        await proves(pair, kind, {});
      });
  });

  describe(`verify of a pair, the app being of the kind ${kind}, when it cannot read`, () => {
    let pair: Pair;
    let restore: () => Promise<void>;
    before(async () => {
      pair = await healthyPair(kind);
      restore = pair.capture();
    });
    afterEach(async () => restore());
    after(async () => pair.stop());

    it('the approvals of others, without Customize Application: says so, and judges the rest', async () => {
      await adminWithout('CustomizeApplication')(pair, kind);
      await proves(pair, kind, all('unknown', ...GRANT));
    });

    it('the logins of others, without Monitor Login History: says so, and judges the rest', async () => {
      await adminWithout('MonitorLoginHistory', 'ManageUsers')(pair, kind);
      await proves(pair, kind, all('unknown', ERRORS, 'salesforce.user.not-frozen'));
    });

    it('an org without API: the one finding is that', async () => {
      pair.sim.salesforce.store.knobs.apiDisabled = true;
      const { json, exitCode } = await verifyCommand(pair, argvOf({ ...flagsOf(kind), ...NAMED }));
      expect(json.result.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).to.deep.equal([
        'salesforce.org.api',
      ]);
      expect(exitCode).to.equal(100);
    });

    it('nothing at all: that is an error, not a report', async () => {
      pair.sim.okta.fail({ on: /./, with: 500, times: 99 });
      pair.sim.salesforce.fail({ on: /./, with: 500, times: 99 });
      expect((await verifyCommand(pair, argvOf({ ...flagsOf(kind), ...NAMED }))).exitCode).to.equal(1);
    });

    it('a needed permission that the integration user lacks is a finding all the same', async () => {
      await okta(NEEDED.filter((name) => name !== 'ManageUsers'))(pair, kind);
      pair.sim.salesforce.fail({ on: /FROM IdpEventLog/, with: 403, times: 9 });
      await proves(pair, kind, { 'salesforce.user.permissions': 'fail', [ERRORS]: 'unknown' });
    });
  });
}
