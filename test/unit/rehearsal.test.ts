import { expect } from 'chai';
import Rehearse from '../../src/commands/okta/rehearse.ts';
import { childEnvironment } from '../../src/rehearsal/child.ts';
import { JOURNEYS } from '../../src/rehearsal/journeys.ts';
import { SCENARIO_NAMES } from '../../src/simulator/index.ts';

describe('rehearsal', () => {
  const cli = { node: 'node', script: 'sf', bin: 'sf', dataDir: '/data' };
  const environment = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
    childEnvironment(
      { cli, home: '/tmp/home', variables: { OKTA_CLIENT_TOKEN: 'simulated' }, signal: AbortSignal.timeout(1) },
      own
    );

  it('gives its commands nothing that could point at a real org', () => {
    const own = {
      PATH: '/bin',
      OKTA_API_TOKEN: 'real',
      OKTA_CLIENT_TOKEN: 'real',
      SF_ACCESS_TOKEN: 'real',
      SF_TARGET_ORG: 'real',
      SFDX_AUTH_URL: 'real',
      HTTPS_PROXY: 'real',
      http_proxy: 'real',
      NO_PROXY: 'real',
      XDG_DATA_HOME: 'real',
      NODE_EXTRA_CA_CERTS: 'real',
      NODE_OPTIONS: 'real',
      HOME: 'real',
      USERPROFILE: 'real',
    };
    const given = environment(own);
    expect(Object.values(given)).to.not.include('real');
    expect([given['PATH'], given['HOME'], given['OKTA_CLIENT_TOKEN']]).to.deep.equal([
      '/bin',
      '/tmp/home',
      'simulated',
    ]);
  });

  it('lets them find the plugins of the CLI that runs it', () => {
    expect(environment({})['SF_DATA_DIR']).to.equal('/data');
  });

  it('offers each simulated world, and has a journey for each', () => {
    expect(Rehearse.flags.scenario.options).to.deep.equal([...SCENARIO_NAMES]);
    expect(Object.keys(JOURNEYS).sort()).to.deep.equal([...SCENARIO_NAMES].sort());
  });
});
