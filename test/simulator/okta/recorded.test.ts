/** A real salesforce instance, as recorded in contracts/okta.md §1.3, beside one of the simulator. */
import { expect } from 'chai';
import { newSalesforceApp, startOrg } from './org.ts';

const recorded = {
  name: 'salesforce',
  label: 'Salesforce.com',
  status: 'ACTIVE',
  accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
  licensing: { seatCount: 0 },
  visibility: {
    autoLaunch: false,
    autoSubmitToolbar: true,
    hide: { iOS: false, web: false },
    appLinks: { mc: true },
  },
  features: [],
  signOnMode: 'BROWSER_PLUGIN',
  credentials: {
    scheme: 'EDIT_USERNAME_AND_PASSWORD',
    userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' },
    revealPassword: true,
    signing: {},
  },
  universalLogout: {
    status: 'DISABLED',
    supportType: 'FULL',
    identityStack: 'NOT_SHARED',
    protocol: 'PROPRIETARY',
  },
  settings: {
    app: {
      integrationType: 'STANDARD',
      siteURL: null,
      loginUrl: null,
      logoutUrl: null,
      instanceType: 'PRODUCTION',
      portalID: null,
      myDomain: null,
      orgID: null,
      customDomain: null,
    },
    notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
    manualProvisioning: false,
    implicitAssignment: false,
    emOptInStatus: 'NONE',
    notes: { admin: null, enduser: null },
  },
};

const links = [
  ...[
    'uploadLogo',
    'appLinks',
    'profileEnrollment',
    'policies',
    'groups',
    'logo',
    'accessPolicy',
    'users',
    'deactivate',
  ],
];

describe('simulated salesforce app', () => {
  it('answers as the recorded one did, but for ids, times and addresses', async () => {
    const org = await startOrg();
    const { body } = await org.ask('POST', '/api/v1/apps', { ...newSalesforceApp(), signOnMode: 'BROWSER_PLUGIN' });
    const { id, orn, created, lastUpdated, _links, ...rest } = body;
    expect(rest).to.deep.equal(recorded);
    expect(_links).to.have.all.keys(...links);
    expect(id).to.match(/^0oa[0-9A-Za-z]{17}$/);
    expect(orn).to.match(new RegExp(`^orn:okta\\w*:idp:00o\\w{17}:apps:salesforce:${id}$`));
    for (const time of [created, lastUpdated]) expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    await org.end();
  });
});
