import { expect } from 'chai';
import type { SalesforceSimulator } from '../../../src/simulator/salesforce/index.ts';
import { ADMIN, APP, closeOrg, get, query, records, startOrg, withApp } from './helpers.ts';

const errorCode = async (answer: Response): Promise<string> =>
  `${answer.status} ${((await answer.json()) as Array<{ errorCode: string }>)[0]?.errorCode ?? ''}`;

describe('SOQL', () => {
  let sim: SalesforceSimulator;
  before(async () => {
    sim = await startOrg({}, (world) => ({
      ...withApp(world),
      users: [
        ...world.users,
        {
          username: 'joe@simulated.example',
          password: 'x',
          profile: 'Standard User',
          firstName: "O'Neil",
          lastName: 'Joe',
          isActive: false,
        },
      ],
      grants: [{ app: APP, username: ADMIN.username, refreshToken: '5Aep861seeded' }],
    }));
  });
  after(async () =>
    closeOrg(sim, [
      'SOQL on OauthToken.AccessToken, which holds a token',
      'SOQL GROUP: SELECT Id FROM User GROUP BY Id',
      'SOQL semi-join: SELECT Id FROM User WHERE ProfileId IN (SELECT Id FROM Profile)',
    ])
  );

  const answers: ReadonlyArray<readonly [string, readonly unknown[]]> = [
    [
      "SELECT Alias FROM User WHERE IsActive = true AND (Username = 'ADMIN@simulated.example' OR Alias = 'x')",
      ['admin'],
    ],
    ["SELECT Alias FROM User WHERE FirstName = 'O\\'Neil'", ['joe']],
    ["SELECT Alias FROM User WHERE Username LIKE '%simulated.exam_le' ORDER BY Alias DESC", ['joe', 'admin']],
    ["SELECT Alias FROM User WHERE Alias IN ('joe', 'nobody')", ['joe']],
    ["SELECT Alias FROM User WHERE Alias NOT IN ('joe')", ['admin']],
    ["SELECT Alias FROM User WHERE NOT Alias = 'joe'", ['admin']],
    ["SELECT Alias FROM User WHERE Alias != 'joe' AND Title = null", ['admin']],
    ['SELECT Alias FROM User WHERE CreatedDate >= 2026-09-01T00:00:00Z LIMIT 1', ['admin']],
    ['SELECT Alias FROM User WHERE CreatedDate < 2026-09-01T00:00:00.000+00:00', []],
    ['SELECT Alias FROM User WHERE CreatedDate = LAST_N_DAYS:7 ORDER BY Alias', ['admin', 'joe']],
    [
      "SELECT Alias FROM User WHERE Profile.UserLicense.Name = 'Salesforce' AND Profile.Name = 'Standard User'",
      ['joe'],
    ],
    ["select alias from user where username = 'joe@simulated.example'", ['joe']],
    ['SELECT UsedLicenses FROM UserLicense WHERE TotalLicenses > 1', [1]],
    ['SELECT PermissionsManageUsers FROM UserPermissionAccess', [true]],
    [
      `SELECT ExternalClientApplication.DeveloperName FROM ExtlClntAppOauthConsumer WHERE ExternalClientApplication.DeveloperName = '${APP}'`,
      [APP],
    ],
    ['SELECT AppName FROM OauthToken WHERE UseCount <= 1', ['Okta Provisioning']],
    ['SELECT Type FROM AppMenuItem', ['ExternalClientApplication']],
    ['SELECT OrganizationType FROM Organization', ['Developer Edition']],
  ];
  for (const [soql, expected] of answers) {
    it(soql, async () => {
      const values = (await records(sim, soql)).map((record): unknown => {
        const [, value] = Object.values(record);
        return typeof value === 'object' && value !== null ? (Object.values(value) as unknown[])[1] : value;
      });
      expect(values).to.deep.equal(expected);
    });
  }

  it('counts without records', async () => {
    expect(await (await query(sim, 'SELECT COUNT() FROM User')).json()).to.deep.equal({
      totalSize: 2,
      done: true,
      records: [],
    });
  });

  it('takes ids of 15 and of 18 characters', async () => {
    const id = [...sim.store.users.keys()][0] ?? '';
    expect(await records(sim, `SELECT Id FROM User WHERE Id = '${id.slice(0, 15)}'`)).to.have.length(1);
    expect(await records(sim, `SELECT Id FROM User WHERE Id = '${id.toLowerCase()}'`)).to.have.length(0);
  });

  const refusals: ReadonlyArray<readonly [string, string]> = [
    ['SELECT Id FROM Nothing', '400 INVALID_TYPE'],
    ['SELECT Id FROM ScratchOrgInfo limit 1', '400 INVALID_TYPE'],
    ['SELECT Nothing FROM User', '400 INVALID_FIELD'],
    ['SELECT Profile.Nothing FROM User', '400 INVALID_FIELD'],
    ['SELECT Nobody.Name FROM User', '400 INVALID_FIELD'],
    ["SELECT Id FROM User WHERE IsActive = 'true'", '400 INVALID_FIELD'],
    ["SELECT Id FROM User WHERE CreatedDate > '2026-09-01T00:00:00Z'", '400 INVALID_FIELD'],
    ['SELECT Id FROM User WHERE Alias = ', '400 MALFORMED_QUERY'],
    ["SELECT Id FROM User WHERE Alias = 'a' AND Title = 'b' OR City = 'c'", '400 MALFORMED_QUERY'],
    ["SELECT Id FROM User WHERE Alias = 'it's'", '400 MALFORMED_QUERY'],
    ['SELECT FROM User', '400 MALFORMED_QUERY'],
    ['DELETE FROM User', '400 MALFORMED_QUERY'],
    ["SELECT Id FROM LoginHistory WHERE LoginSubType = 'OauthWebServer'", '400 INVALID_FIELD'],
    ["SELECT Id FROM LoginHistory WHERE Application = 'Okta Provisioning'", '400 INVALID_FIELD'],
    ["SELECT Id FROM LoginHistory WHERE Status = 'Success'", '400 INVALID_FIELD'],
    ["SELECT Id FROM SetupAuditTrail WHERE Display LIKE '%Okta%'", '400 INVALID_FIELD'],
    ['SELECT Id FROM UserLicense WHERE UsedLicenses < 1', '400 INVALID_FIELD'],
    ['SELECT AccessToken FROM OauthToken', '501 NOT_SIMULATED'],
    ['SELECT Id FROM User GROUP BY Id', '501 NOT_SIMULATED'],
    ['SELECT Id FROM User WHERE ProfileId IN (SELECT Id FROM Profile)', '501 NOT_SIMULATED'],
  ];
  for (const [soql, expected] of refusals) {
    it(`refuses with ${expected}: ${soql}`, async () => {
      expect(await errorCode(await query(sim, soql))).to.equal(expected);
    });
  }

  it('says where a query is wrong', async () => {
    const [error] = (await (await query(sim, 'SELECT Id FROM Nothing')).json()) as Array<{ message: string }>;
    expect(error?.message).to.equal(
      "\nSELECT Id FROM Nothing\n^\nERROR at Row:1:Column:16\nsObject type 'Nothing' is not supported."
    );
  });

  it('knows external client apps in the data API only, and no sandbox', async () => {
    const tooling = async (soql: string): Promise<Response> =>
      get(sim, `/services/data/v67.0/tooling/query?q=${encodeURIComponent(soql)}`);
    expect(await errorCode(await tooling('SELECT Id FROM ExternalClientApplication'))).to.equal('400 INVALID_TYPE');
    const sandboxes = await tooling("SELECT Id, SandboxName FROM SandboxProcess WHERE SandboxOrganization = 'x'");
    expect(await sandboxes.json()).to.have.property('totalSize', 0);
  });

  it('tells the columns to who asks for them', async () => {
    const soql = encodeURIComponent('SELECT Id, Profile.Name FROM User');
    const answer = (await (await get(sim, `/services/data/v67.0/query?q=${soql}&columns=true`)).json()) as {
      columnMetadata: Array<{ columnName: string; joinColumns: Array<{ columnName: string }> }>;
    };
    const names = answer.columnMetadata.map(({ columnName, joinColumns }) => [
      columnName,
      ...joinColumns.map((join) => join.columnName),
    ]);
    expect(names).to.deep.equal([['Id'], ['Profile', 'Name']]);
  });

  it('shows a user without Manage Users or Customize Application only what is theirs', async () => {
    const other = await startOrg({}, (world) => ({
      ...withApp(world),
      users: [
        ...world.users,
        {
          username: 'joe@simulated.example',
          password: 'x',
          profile: 'Standard User',
          firstName: 'J',
          lastName: 'J',
          cliAccessToken: '00D!joe',
        },
      ],
      grants: [{ app: APP, username: ADMIN.username, refreshToken: '5Aep861seeded' }],
    }));
    const count = async (soql: string): Promise<unknown> => (await query(other, soql, '00D!joe')).json();
    expect(await count('SELECT COUNT() FROM OauthToken')).to.have.property('totalSize', 0);
    expect(await errorCode(await query(other, 'SELECT Id FROM UserLogin', '00D!joe'))).to.equal('400 INVALID_TYPE');
    await closeOrg(other);
  });
});
