/** Which links of Okta's are opened, and which answers belong to them. */
import { expect } from 'chai';
import { ownLink, readReturned, type Ours } from '../../src/resources/authorizeLink.ts';

const CALLBACK = 'https://system-admin.okta.com/admin/app/generic/oauth20redirect';
const ours: Ours = {
  instanceUrl: 'https://acme.my.salesforce.com',
  kind: 'production',
  consumerKey: '3MVG9.ours',
  callbackUrl: CALLBACK,
};
const STATE = 'state-that-nobody-may-see';

const link = (
  more: Record<string, string> = {},
  base = 'https://acme.my.salesforce.com/services/oauth2/authorize'
): string => {
  const url = new URL(base);
  const asked = { response_type: 'code', client_id: '3MVG9.ours', redirect_uri: CALLBACK, state: STATE, ...more };
  url.search = new URLSearchParams(asked).toString();
  return url.href;
};
const complaint = (href: string, more: Partial<Ours> = {}): string => {
  try {
    ownLink(href, { ...ours, ...more });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe("the link of Okta's approval", () => {
  it("is opened on the target org's own host and on the login host of its kind", () => {
    expect(complaint(link())).to.equal('');
    expect(complaint(link({}, 'https://login.salesforce.com/services/oauth2/authorize'))).to.equal('');
    const sandbox = { kind: 'sandbox', instanceUrl: 'https://acme--uat.sandbox.my.salesforce.com' } as const;
    expect(complaint(link({}, 'https://test.salesforce.com/services/oauth2/authorize'), sandbox)).to.equal('');
  });

  const FOREIGN: Array<[what: string, href: string, named: string, more?: Partial<Ours>]> = [
    ['another host', link({}, 'https://evil.example/services/oauth2/authorize'), 'https://evil.example'],
    [
      'a host that begins like ours',
      link({}, 'https://acme.my.salesforce.com.evil.example/services/oauth2/authorize'),
      'evil.example',
    ],
    ['our host without https', link({}, 'http://acme.my.salesforce.com/services/oauth2/authorize'), 'http://acme'],
    ['our host at another port', link({}, 'https://acme.my.salesforce.com:444/services/oauth2/authorize'), ':444'],
    ["another org's host", link({}, 'https://other.my.salesforce.com/services/oauth2/authorize'), 'other.my'],
    ['the login host of sandboxes', link({}, 'https://test.salesforce.com/services/oauth2/authorize'), 'test.'],
    ['another path', link({}, 'https://acme.my.salesforce.com/secur/logout.jsp'), '/secur/logout.jsp'],
    ['a user name', link({}, 'https://a:b@acme.my.salesforce.com/services/oauth2/authorize'), 'user name'],
    ['another client', link({ client_id: 'theirs' }), 'client_id is theirs'],
    ['two clients', `${link()}&client_id=theirs`, 'client_id is 2 values'],
    ['another callback', link({ redirect_uri: 'https://evil.example/cb' }), 'redirect_uri is https://evil.example/cb'],
    ['a client that nobody can tell ours from', link(), 'our consumer key unknown', { consumerKey: undefined }],
    ['no URL', 'javascript alert', 'it is no URL'],
    ['a script', 'javascript:alert(1)', 'it leads to null'],
  ];
  for (const [what, href, named, more] of FOREIGN)
    it(`is not opened with ${what}, which is named, and its state is not`, () => {
      expect(complaint(href, more)).to.include('was not opened').and.include(named).and.not.include(STATE);
    });
});

describe('what a person brings back', () => {
  const ID = '0oasd2uwo7w08x9bO1d7';
  const expected = {
    oktaUrls: ['https://id.acme.example', 'https://acme.okta.com'],
    appId: ID,
    state: STATE,
  };
  const at = (query: string, base = 'https://acme.okta.com'): string =>
    `${base}/api/v1/apps/salesforce/${ID}/oauth2/callback?${query}`;
  const good = at(`code=aPrx%3D%3D&state=${STATE}`);
  const taken = { query: { code: 'aPrx==', state: STATE } };

  const TAKEN: Array<[string, string]> = [
    ['the address alone', good],
    ["Okta's answer whole", JSON.stringify({ continue_oauth_flow_url: { href: good, method: 'POST' } })],
    [
      'it as a browser lays it out',
      `{\n  "continue_oauth_flow_url": {\n    "href": "${good}",\n    "method": "POST"\n}}`,
    ],
    ['it as the source of a page has it', good.replace('&', '&amp;')],
    ['the custom domain', good.replace('acme.okta.com', 'id.acme.example')],
  ];
  for (const [what, text] of TAKEN)
    it(`is taken as ${what}`, () => expect(readReturned(text, expected)).to.deep.equal(taken));

  const REFUSED: Array<[string, string, RegExp]> = [
    ['nothing', '', /no address/],
    ['another host', good.replace('acme.okta.com', 'evil.example'), /not that of Okta's callback/],
    ['another app', good.replace(ID, '0oaOther'), /not that of Okta's callback/],
    ['another approval', at('code=c&state=other'), /another approval/],
    ['no state', at('code=c'), /another approval/],
    ['a denial', at(`error=access_denied&state=${STATE}`), /denied/],
  ];
  for (const [what, text, why] of REFUSED)
    it(`is refused for ${what}, without being repeated`, () => {
      const answer = readReturned(text, expected);
      expect('problem' in answer && answer.problem).to.match(why);
      if (text !== '') expect(JSON.stringify(answer)).to.not.include(text).and.not.include('state=');
    });
});
