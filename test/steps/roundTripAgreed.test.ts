/** `test` where nobody is there to agree: the real command, without a terminal. */
import { expect } from 'chai';
import { healthyPair, OKTA_USER } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { testCommand } from '../helpers/pairCommands.ts';
import { CLEAN, remains } from '../helpers/roundTrip.ts';

const ENTERPRISE = { OrganizationType: 'Enterprise Edition' };
const ARGV = ['--integration-user', OKTA_USER.username, '--smoke-profile', 'Standard User'];

describe('sf okta provisioning test, without a terminal', () => {
  let pair: Pair;
  const start = async (organization: object): Promise<void> => {
    pair = await healthyPair('external-client-app', {
      salesforce: (world) => ({ ...world, organization: { ...world.organization, ...organization } }),
    });
  };
  afterEach(async () => pair.stop());

  for (const { kind, organization } of [
    { kind: 'production', organization: ENTERPRISE },
    { kind: 'trial', organization: { ...ENTERPRISE, TrialExpirationDate: '2099-01-01T00:00:00.000+0000' } },
  ])
    it(`refuses a ${kind} org with exit code 2 before any write`, async () => {
      await start(organization);
      const requests = await pair.requestsOf(async () => {
        const { exitCode, json } = await testCommand(pair, ARGV);
        expect([exitCode, json.status]).to.deep.equal([2, 2]);
        expect(json.message).to.include(`a ${kind} org`);
        expect(json.actions?.join()).to.include('--no-prompt');
      });
      expect(requests.filter(({ write }) => write)).to.deep.equal([]);
    });

  for (const { what, organization, argv } of [
    { what: 'production with --no-prompt', organization: ENTERPRISE, argv: ['--no-prompt'] },
    { what: 'a sandbox', organization: { ...ENTERPRISE, IsSandbox: true }, argv: [] },
  ])
    it(`tests in ${what}`, async () => {
      await start(organization);
      const { exitCode, json } = await testCommand(pair, [...ARGV, ...argv]);
      expect(exitCode, JSON.stringify(json)).to.equal(0);
      expect(remains(pair)).to.deep.equal(CLEAN);
    });
});
