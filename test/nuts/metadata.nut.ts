/** The official client as witness of the simulated org's metadata: `sf project` retrieves what setup made, and deploys. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';

interface Deployed {
  readonly status: number;
  readonly result?: { readonly details?: { readonly componentFailures?: unknown } };
  readonly message?: string;
}

const PROJECT = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '67.0' };
const CONNECTED_APP = `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>admin@simulated.example</contactEmail>
    <label>Okta</label>
    <oauthConfig>
        <callbackUrl>https://system-admin.okta.com/admin/app/generic/oauth20redirect</callbackUrl>
        <scopes>Api</scopes>
    </oauthConfig>
</ConnectedApp>
`;

describe('sf project, the witness', () => {
  let sim: Simulator;
  let people: Household;
  let project: string;
  const sf = async (...args: string[]): ReturnType<Household['sf']> => people.sf(args, { cwd: project });

  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    project = await mkdtemp(join(people.home, 'project-'));
    await mkdir(join(project, 'force-app'));
    await writeFile(join(project, 'sfdx-project.json'), JSON.stringify(PROJECT));
    expect((await people.login(sim)).exitCode).to.equal(0);
    expect((await people.sf(setup(sim))).exitCode).to.equal(69);
  });
  after(async () => {
    await sim.close();
    expect(sim.salesforce.unknown).to.deep.equal([]);
  });

  const retrieved = async (...path: string[]): Promise<string> =>
    readFile(join(project, 'force-app', 'main', 'default', ...path), 'utf8');

  it('retrieves what setup made, and the files hold the desired values', async () => {
    const types = [
      'ExternalClientApplication',
      'ExtlClntAppOauthSettings',
      'ExtlClntAppGlobalOauthSettings',
      'ExtlClntAppOauthConfigurablePolicies',
    ];
    const { exitCode, stdout, stderr } = await sf(
      'project',
      'retrieve',
      'start',
      ...types.flatMap((type) => ['--metadata', type]),
      '--json'
    );
    expect(exitCode, stdout + stderr).to.equal(0);
    expect(await retrieved('externalClientApps', 'Okta_Provisioning.eca-meta.xml')).to.include(
      '<label>Okta Provisioning</label>'
    );
    const scopes = await retrieved('extlClntAppOauthSettings', 'Okta_Provisioning_oauth.ecaOauth-meta.xml');
    expect(scopes).to.include('<commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>');
    const global = await retrieved('extlClntAppGlobalOauthSets', 'Okta_Provisioning_glbloauth.ecaGlblOauth-meta.xml');
    for (const element of [
      `<callbackUrl>${sim.callbackUrl}</callbackUrl>`,
      '<isPkceRequired>true</isPkceRequired>',
      '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>',
      '<isConsumerSecretOptional>false</isConsumerSecretOptional>',
    ])
      expect(global).to.include(element);
    expect(global).to.not.include('consumerSecret>');
    const policy = await retrieved('extlClntAppOauthPolicies', 'Okta_Provisioning_defaultPolicy.ecaOauthPlcy-meta.xml');
    expect(policy).to.include('<refreshTokenPolicyType>Infinite</refreshTokenPolicyType>');
  });

  const deployConnectedApp = async (): Promise<Deployed> => {
    await mkdir(join(project, 'force-app', 'main', 'default', 'connectedApps'), { recursive: true });
    await writeFile(
      join(project, 'force-app', 'main', 'default', 'connectedApps', 'Okta.connectedApp-meta.xml'),
      CONNECTED_APP
    );
    return (await sf('project', 'deploy', 'start', '--metadata', 'ConnectedApp:Okta', '--json')).json<Deployed>();
  };

  it('is refused a connected app, with the message of the real org', async () => {
    const { status, result } = await deployConnectedApp();
    expect(status).to.equal(1);
    expect(JSON.stringify(result?.details?.componentFailures)).to.include(
      "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support."
    );
    expect(sim.salesforce.store.componentsOf('ConnectedApp')).to.deep.equal([]);
  });

  it('deploys one in an org with the exception', async () => {
    sim.salesforce.store.knobs.allowConnectedAppCreation = true;
    expect((await deployConnectedApp()).status).to.equal(0);
    expect(sim.salesforce.store.componentsOf('ConnectedApp')).to.have.length(1);
  });
});
