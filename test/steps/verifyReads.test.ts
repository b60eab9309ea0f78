/** What `verify` says when it cannot read something: `unknown` with the reason, never a finding that nobody can stand by. */
import { expect } from 'chai';
import type { Status } from '../../src/engine/check.ts';
import type { Fault as Trouble } from '../../src/simulator/index.ts';
import { verifyCommand } from '../helpers/pairCommands.ts';
import { argvOf, flagsOf, HEALTHY, healthyPair, KINDS, NAMED, NEEDED, type Kind } from '../helpers/healthy.ts';
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
const BY_APP = [...APP, ...GRANT, ERRORS, 'salesforce.org.api-access-control'];

/** Each read, what is asked, the claims that rest on it, and those that a refusal alone takes away where these are fewer. */
type Read = [
  what: string,
  vendor: 'salesforce' | 'okta',
  on: RegExp,
  rests: readonly string[],
  refused?: readonly string[],
];
const READS: readonly Read[] = [
  [
    'the org',
    'salesforce',
    /FROM Organization/,
    [...claims('salesforce', 'org.api', 'org.trial', 'secret-access'), ...OKTA_APP],
  ],
  ['the Metadata API', 'salesforce', /services.Soap/, [...BY_APP, 'salesforce.secret-access']],
  ['the secret setting', 'salesforce', /readMetadata.*ExternalClientAppSettings/s, ['salesforce.secret-access']],
  [
    'the API access control',
    'salesforce',
    /readMetadata.*ConnectedAppSettings/s,
    ['salesforce.org.api-access-control'],
  ],
  ['the permission sets', 'salesforce', /FROM PermissionSet WHERE/, ['salesforce.temporary-access']],
  ['the integration user', 'salesforce', /FROM User WHERE Username = 'okta/, [...USER, ...GRANT, ERRORS]],
  ['the freeze', 'salesforce', /FROM UserLogin/, [...USER, ...GRANT, ERRORS], ['salesforce.user.not-frozen']],
  ['the approvals', 'salesforce', /FROM OauthToken/, [...GRANT, ...APP, 'salesforce.org.api-access-control']],
  ['the logins', 'salesforce', /FROM LoginHistory/, [ERRORS]],
  ['the OAuth log', 'salesforce', /FROM IdpEventLog/, [ERRORS]],
  ['the Okta apps', 'okta', /GET \/api\/v1\/apps\?filter/, OKTA_APP],
  ['the assigned users', 'okta', /GET \/api\/v1\/apps\/\w+\/users/, OKTA_APP],
  ['the connection', 'okta', /connections\/default/, ['okta.connection']],
  ['the log of the app', 'okta', /GET \/api\/v1\/logs\?.*target\.id/, ['okta.log']],
  ['the log of the limits', 'okta', /GET \/api\/v1\/logs\?.*rate_limit/, ['okta.log']],
  ['the Okta org', 'okta', /okta-organization/, []],
];

const THE_OTHER_KIND = [...APP, 'salesforce.org.api-access-control'];
/** The apps of the other kind are read too: one of them may have our callback or our label. */
const READS_OF: Readonly<Record<Kind, readonly Read[]>> = {
  'external-client-app': [
    ['the global OAuth settings', 'salesforce', /readMetadata.*ExtlClntAppGlobalOauthSettings/s, BY_APP],
    ['the policy', 'salesforce', /readMetadata.*ExtlClntAppOauthConfigurablePolicies/s, BY_APP],
    ['the connected apps', 'salesforce', /type>ConnectedApp</s, THE_OTHER_KIND],
    ['the list of connected apps', 'salesforce', /listMetadata.*type>ConnectedApp</s, THE_OTHER_KIND],
    ['the list of external client apps', 'salesforce', /listMetadata.*type>ExternalClientApplication</s, BY_APP],
  ],
  'connected-app': [
    ['the connected apps', 'salesforce', /readMetadata.*type>ConnectedApp</s, BY_APP],
    ['the list of connected apps', 'salesforce', /listMetadata.*type>ConnectedApp</s, BY_APP],
    ['the external client apps', 'salesforce', /type>ExternalClientApplication</s, THE_OTHER_KIND],
  ],
};

const TROUBLES: ReadonlyArray<[string, Trouble['with'] | 'nothing']> = [
  ['an answer that never comes', 'nothing'],
  ['a 500', 500],
  ['no answer', 'drop'],
  ['a page of a proxy', 'html'],
  ['a refusal', 403],
];

for (const kind of KINDS)
  describe(`verify of a pair, the app being of the kind ${kind}, when it cannot read`, () => {
    let pair: Pair;
    beforeEach(async () => {
      pair = await healthyPair(kind);
    });
    afterEach(async () => pair.stop());

    const proves = async (finds: Record<string, Status>): Promise<void> => {
      const results = await pair.verify({ ...flagsOf(kind), ...NAMED });
      const found = Object.fromEntries(Object.values(results).map(({ id, status }) => [id, status]));
      expect(found).to.deep.equal({ ...HEALTHY, ...finds });
      for (const { id, status, actual, evidence } of Object.values(results)) {
        if (status !== 'unknown') continue;
        expect(String(actual), id).to.have.length.greaterThan(10);
        expect(evidence, id).to.not.deep.equal([]);
      }
    };

    for (const [what, vendor, on, rests, refused = rests] of [...READS, ...READS_OF[kind]])
      for (const [how, trouble] of TROUBLES) {
        const lost = trouble === 403 ? refused : rests;
        it(`${what}: ${how} makes exactly its ${lost.length} claims unknown`, async () => {
          pair.sim[vendor].fail({ on, with: trouble === 'nothing' ? pair.impatience.withhold : trouble, times: 99 });
          await proves(all('unknown', ...lost));
        });
      }

    it('the approvals of others, without Customize Application: says so, and judges the rest', async () => {
      await adminWithout('CustomizeApplication')(pair);
      await proves(all('unknown', ...GRANT));
    });

    it('the logins of others, without Monitor Login History: says so, and judges the rest', async () => {
      await adminWithout('MonitorLoginHistory', 'ManageUsers')(pair);
      await proves(all('unknown', ERRORS, 'salesforce.user.not-frozen'));
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

    it('a moment of trouble in each read: is not misled', async () => {
      for (const [, vendor, on] of [...READS, ...READS_OF[kind]]) pair.sim[vendor].fail({ on, with: 503 });
      await proves({});
    });

    it('a needed permission that the integration user lacks is a finding all the same', async () => {
      await okta(NEEDED.filter((name) => name !== 'ManageUsers'))(pair);
      pair.sim.salesforce.fail({ on: /FROM IdpEventLog/, with: 403, times: 9 });
      await proves({ 'salesforce.user.permissions': 'fail', [ERRORS]: 'unknown' });
    });
  });
