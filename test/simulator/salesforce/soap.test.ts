import { expect } from 'chai';
import type { SalesforceSimulator } from '../../../src/simulator/salesforce/index.ts';
import { APP, CALLBACK, cliToken, closeOrg, records, startOrg } from './helpers.ts';

const soap = async (
  sim: SalesforceSimulator,
  body: string,
  sessionId = cliToken(sim)
): Promise<{ status: number; xml: string }> => {
  const answer = await fetch(`${sim.url}/services/Soap/m/67.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${sessionId}</sessionId></SessionHeader></soapenv:Header>
<soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">${body}</soapenv:Body></soapenv:Envelope>`,
  });
  return { status: answer.status, xml: await answer.text() };
};

const xmlOf = (type: string, fullName: string, fields: Readonly<Record<string, string>>): string =>
  `<metadata xsi:type="${type}"><fullName>${fullName}</fullName>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</metadata>`;

const create = async (sim: SalesforceSimulator, ...component: Parameters<typeof xmlOf>): Promise<string> =>
  (await soap(sim, `<createMetadata>${xmlOf(...component)}</createMetadata>`)).xml;
const update = async (sim: SalesforceSimulator, ...component: Parameters<typeof xmlOf>): Promise<string> =>
  (await soap(sim, `<updateMetadata>${xmlOf(...component)}</updateMetadata>`)).xml;
const read = async (sim: SalesforceSimulator, type: string, fullName: string): Promise<string> =>
  (await soap(sim, `<readMetadata><type>${type}</type><fullNames>${fullName}</fullNames></readMetadata>`)).xml;

const externalClientApplication = APP;
const createApp = async (sim: SalesforceSimulator, global: Readonly<Record<string, string>> = {}): Promise<void> => {
  const answers = [
    await create(sim, 'ExternalClientApplication', APP, { contactEmail: 'a@b.example', label: 'Okta Provisioning' }),
    await create(sim, 'ExtlClntAppOauthSettings', `${APP}_oauth`, {
      commaSeparatedOauthScopes: 'Api, RefreshToken',
      externalClientApplication,
    }),
    await create(sim, 'ExtlClntAppGlobalOauthSettings', `${APP}_glbloauth`, {
      callbackUrl: CALLBACK,
      externalClientApplication,
      ...global,
    }),
  ];
  for (const answer of answers) expect(answer).to.contain('<success>true</success>');
};

describe('SOAP createMetadata of an external client app', () => {
  let sim: SalesforceSimulator;
  beforeEach(async () => {
    sim = await startOrg();
  });
  afterEach(async () => closeOrg(sim));

  it('makes header, OAuth settings and global settings in this order, and a consumer with key and secret', async () => {
    await createApp(sim);
    const [consumer] = [...sim.store.consumers.values()];
    expect(consumer?.id).to.match(/^888\w{15}$/);
    expect(consumer?.key).to.match(/^3MVG9\w{80}$/);
    expect(consumer?.secret).to.match(/^[0-9A-F]{64}$/);
    const [app] = await records(
      sim,
      `SELECT Id, MasterLabel FROM ExternalClientApplication WHERE DeveloperName = '${APP}'`
    );
    expect(app?.['Id']).to.match(/^0xI\w{15}$/);
  });

  it('refuses a satellite without its header', async () => {
    const answer = await create(sim, 'ExtlClntAppOauthSettings', 'X', { externalClientApplication: 'Nobody' });
    expect(answer).to.contain('<statusCode>INVALID_CROSS_REFERENCE_KEY</statusCode>');
  });

  it('refuses a satellite that names no header', async () => {
    const answer = await create(sim, 'ExtlClntAppOauthSettings', 'X', { label: 'X' });
    expect(answer).to.contain('<statusCode>REQUIRED_FIELD_MISSING</statusCode>');
  });

  it('refuses global settings before the OAuth settings', async () => {
    await create(sim, 'ExternalClientApplication', APP, {});
    const answer = await create(sim, 'ExtlClntAppGlobalOauthSettings', 'G', { externalClientApplication });
    expect(answer).to.contain('<success>false</success>').and.contain('has no ExtlClntAppOauthSettings');
  });

  it('refuses a name that exists', async () => {
    await createApp(sim);
    const answer = await create(sim, 'ExternalClientApplication', APP, {});
    expect(answer).to.contain('<statusCode>DUPLICATE_DEVELOPER_NAME</statusCode>');
  });

  it('fails as a whole when an element does not belong to the type', async () => {
    const { status, xml } = await soap(
      sim,
      `<createMetadata>${xmlOf('ExternalClientApplication', APP, { isAdminApproved: 'true' })}</createMetadata>`
    );
    expect(status).to.equal(500);
    expect(xml).to.contain('Element isAdminApproved invalid at this location');
  });

  it('takes at most ten components in a call', async () => {
    const eleven = Array.from({ length: 11 }, (_, index) => xmlOf('ExternalClientApplication', `App${index}`, {}));
    expect((await soap(sim, `<createMetadata>${eleven.join('')}</createMetadata>`)).xml).to.contain('LIMIT_EXCEEDED');
    expect(sim.store.componentsOf('ExternalClientApplication')).to.have.length(0);
  });

  it('keeps one component failing from failing the others', async () => {
    const two = xmlOf('ExternalClientApplication', 'not a name', {}) + xmlOf('ExternalClientApplication', 'Good', {});
    const { xml } = await soap(sim, `<createMetadata>${two}</createMetadata>`);
    expect(xml.match(/<success>\w+<\/success>/g)).to.deep.equal([
      '<success>false</success>',
      '<success>true</success>',
    ]);
  });

  it('labels the request with call and type, and reads as no writes', async () => {
    await createApp(sim);
    await read(sim, 'ExternalClientApplication', APP);
    expect(sim.requests.map(({ operation, write }) => [operation, write])).to.deep.equal([
      ['SOAP createMetadata ExternalClientApplication', true],
      ['SOAP createMetadata ExtlClntAppOauthSettings', true],
      ['SOAP createMetadata ExtlClntAppGlobalOauthSettings', true],
      ['SOAP readMetadata ExternalClientApplication', false],
    ]);
  });
});

describe('SOAP readMetadata', () => {
  it('shows the key, never the secret', async () => {
    const sim = await startOrg();
    await createApp(sim, { consumerSecret: 'A'.repeat(64) });
    const xml = await read(sim, 'ExtlClntAppGlobalOauthSettings', `${APP}_glbloauth`);
    const [consumer] = [...sim.store.consumers.values()];
    expect(xml).to.contain(`<consumerKey>${consumer?.key ?? ''}</consumerKey>`);
    expect(xml).not.to.contain('consumerSecret');
    expect(consumer?.secret).not.to.equal('A'.repeat(64));
    await closeOrg(sim);
  });

  it('gives a nil record for what does not exist', async () => {
    const sim = await startOrg();
    expect(await read(sim, 'ExternalClientApplication', APP)).to.contain('<records xsi:nil="true"></records>');
    await closeOrg(sim);
  });

  it('gives the settings of the org, without API access control where Support did not turn it on', async () => {
    const sim = await startOrg();
    expect(await read(sim, 'ConnectedAppSettings', 'ConnectedApp')).not.to.contain('enableAdminApprovedAppsOnly');
    const settings = await read(sim, 'ExternalClientAppSettings', 'ExternalClientApp');
    expect(settings).to.contain('<enableClientSecretInRestApiAccess>false</enableClientSecretInRestApiAccess>');
    await closeOrg(sim);
  });

  const defaults = [
    { knobs: {}, sent: {}, pkce: 'true', rotation: 'false' },
    {
      knobs: {},
      sent: { isPkceRequired: 'false', isRefreshTokenRotationEnabled: 'true' },
      pkce: 'false',
      rotation: 'true',
    },
    {
      knobs: { pkceLocked: true, rotationLocked: true },
      sent: { isPkceRequired: 'false' },
      pkce: 'true',
      rotation: 'true',
    },
  ];
  for (const { knobs, sent, pkce, rotation } of defaults) {
    it(`says PKCE ${pkce} and rotation ${rotation} when ${JSON.stringify(sent)} was sent to an org with ${JSON.stringify(knobs)}`, async () => {
      const sim = await startOrg(knobs);
      await createApp(sim, sent);
      const xml = await read(sim, 'ExtlClntAppGlobalOauthSettings', `${APP}_glbloauth`);
      expect(xml).to.contain(`<isPkceRequired>${pkce}</isPkceRequired>`);
      expect(xml).to.contain(`<isRefreshTokenRotationEnabled>${rotation}</isRefreshTokenRotationEnabled>`);
      await closeOrg(sim);
    });
  }
});

describe('OAuth policy of an external client app', () => {
  const TYPE = 'ExtlClntAppOauthConfigurablePolicies';

  it('comes with the app, under a name that only listMetadata tells', async () => {
    const sim = await startOrg({ policyName: '<App>_oauthPlcy' });
    await createApp(sim);
    const { xml } = await soap(
      sim,
      `<listMetadata><queries><type>${TYPE}</type></queries><asOfVersion>67.0</asOfVersion></listMetadata>`
    );
    expect(xml).to.contain(`<fullName>${APP}_oauthPlcy</fullName>`);
    const changed = await update(sim, TYPE, `${APP}_oauthPlcy`, {
      externalClientApplication,
      ipRelaxationPolicyType: 'Enforce_RelaxRefresh',
    });
    expect(changed).to.contain('<success>true</success>');
    expect(await records(sim, 'SELECT IpRelaxationPolicyType FROM ExtlClntAppOauthPlcyCnfg')).to.have.nested.property(
      '[0].IpRelaxationPolicyType',
      'Enforce_relaxrefresh'
    );
    await closeOrg(sim);
  });

  it('cannot be made a second time under another name', async () => {
    const sim = await startOrg();
    await createApp(sim);
    const answer = await create(sim, TYPE, 'Mine', { externalClientApplication });
    expect(answer).to.contain('duplicate value found: ExternalClientApplicationId duplicates value on record with id');
    await closeOrg(sim);
  });

  it('cannot be updated under a name that does not exist', async () => {
    const sim = await startOrg();
    await createApp(sim);
    expect(await update(sim, TYPE, 'Mine', { externalClientApplication })).to.contain('<success>false</success>');
    await closeOrg(sim);
  });
});

describe('SOAP deleteMetadata of an external client app', () => {
  it('takes satellites, consumer and grants along', async () => {
    const sim = await startOrg();
    const before = sim.store.components.size;
    await createApp(sim);
    await soap(
      sim,
      `<deleteMetadata><type>ExternalClientApplication</type><fullNames>${APP}</fullNames></deleteMetadata>`
    );
    expect(sim.store.components.size).to.equal(before);
    expect(sim.store.consumers.size).to.equal(0);
    await closeOrg(sim);
  });
});

describe('SOAP of whoever may not', () => {
  it('faults with INVALID_SESSION_ID for an unknown session', async () => {
    const sim = await startOrg();
    const { status, xml } = await soap(
      sim,
      '<listMetadata><queries><type>ConnectedApp</type></queries></listMetadata>',
      'nonsense'
    );
    expect(status).to.equal(500);
    expect(xml).to.match(/<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/);
    await closeOrg(sim);
  });

  it('faults with INSUFFICIENT_ACCESS without Modify Metadata', async () => {
    const sim = await startOrg({}, (world) => ({
      ...world,
      users: world.users.map((user) => ({ ...user, profile: 'Standard User' })),
    }));
    expect(
      (await soap(sim, '<listMetadata><queries><type>ConnectedApp</type></queries></listMetadata>')).xml
    ).to.contain('INSUFFICIENT_ACCESS');
    await closeOrg(sim);
  });

  it('answers 501 to a call that is not simulated, and remembers it', async () => {
    const sim = await startOrg();
    expect((await soap(sim, '<cancelDeploy><String>0Af</String></cancelDeploy>')).status).to.equal(501);
    await closeOrg(sim, ['SOAP cancelDeploy']);
  });
});

describe('SOAP createMetadata of a connected app', () => {
  const fields = {
    label: 'Okta',
    contactEmail: 'a@b.example',
    oauthConfig: `<callbackUrl>${CALLBACK}</callbackUrl><scopes>Api</scopes><scopes>OfflineAccess</scopes>`,
  };

  it('is refused with the very message of Salesforce', async () => {
    const sim = await startOrg();
    const text =
      'You can&apos;t create a connected app. To enable connected app creation, contact Salesforce Customer Support.';
    expect((await create(sim, 'ConnectedApp', 'Okta', fields)).replaceAll("'", '&apos;')).to.contain(text);
    await closeOrg(sim);
  });

  it('works in an org with the exception, takes a chosen key once, and normalises scopes', async () => {
    const sim = await startOrg({ allowConnectedAppCreation: true });
    const oauthConfig = `${fields.oauthConfig}<consumerKey>abcdefgh1</consumerKey><consumerSecret>abcdefgh2</consumerSecret>`;
    expect(await create(sim, 'ConnectedApp', 'Okta', { ...fields, oauthConfig })).to.contain('<success>true</success>');
    const xml = await read(sim, 'ConnectedApp', 'Okta');
    expect(xml)
      .to.contain('<scopes>Api</scopes><scopes>RefreshToken</scopes>')
      .and.contain('<consumerKey>abcdefgh1</consumerKey>');
    expect(xml).not.to.contain('abcdefgh2');
    expect(await create(sim, 'ConnectedApp', 'Other', { ...fields, oauthConfig })).to.contain(
      'The consumer key is already taken'
    );
    expect(await update(sim, 'ConnectedApp', 'Okta', { oauthConfig })).to.contain('You cannot provide a Consumer Key');
    await closeOrg(sim);
  });

  it('leaves an existing one editable', async () => {
    const sim = await startOrg({}, (world) => ({
      ...world,
      apps: [{ kind: 'connected-app', name: 'Old', label: 'Old', contactEmail: 'a@b.example', callbackUrl: CALLBACK }],
    }));
    expect(await update(sim, 'ConnectedApp', 'Old', { label: 'New' })).to.contain('<success>true</success>');
    expect(await read(sim, 'ConnectedApp', 'Old'))
      .to.contain('<label>New</label>')
      .and.contain(CALLBACK);
    await closeOrg(sim);
  });
});
