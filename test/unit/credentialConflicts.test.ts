/** More than one source of Okta credentials: which one counts, and that the others are told. product.md §6 */
import { expect } from 'chai';
import type { Found } from '../../src/credentials/candidate.ts';
import { oktaCredentials, type OktaCredentials, type Sources } from '../../src/credentials/index.ts';
import type { StoredLogin } from '../../src/credentials/storedLogins.ts';
import { InputError } from '../../src/errors.ts';
import { Secret } from '../../src/secret.ts';
import { thrown } from '../helpers/rejection.ts';

const SDK = { OKTA_CLIENT_ORGURL: 'https://sdk.okta.com', OKTA_CLIENT_TOKEN: 'T0KEN-sdk' };
const TERRAFORM = { OKTA_ORG_NAME: 'terraform', OKTA_BASE_URL: 'okta.com', OKTA_API_TOKEN: 'T0KEN-terraform' };
const login = (alias: string, host = alias, isDefault = false): StoredLogin => ({
  alias,
  url: `https://${host}.okta.com`,
  credential: { mode: 'token', token: new Secret(`T0KEN-${alias}`) },
  isDefault,
});
const file = (name: string): NonNullable<Found> => ({
  name,
  without: `move ${name} away`,
  url: 'https://file.okta.com',
  credential: () => ({ mode: 'token', token: new Secret('T0KEN-file') }),
});

const choose = (
  asked: string | undefined,
  env: NodeJS.ProcessEnv,
  { logins = [], files = [], ...named }: Partial<Sources> = {}
): OktaCredentials => oktaCredentials(asked, env, { logins, files, ...named });
const tokenOf = ({ credential }: OktaCredentials): string =>
  credential.mode === 'token' ? credential.token.reveal() : 'none';

describe('of several sources of Okta credentials', () => {
  const ROWS: ReadonlyArray<
    [what: string, taken: string, told: RegExp, ...asked: [string | undefined, NodeJS.ProcessEnv, Partial<Sources>]]
  > = [
    [
      "the variables of Okta's SDKs go before those of Terraform, which are told",
      'sdk',
      /OKTA_API_TOKEN in the environment are for https:\/\/terraform\.okta\.com and are not used/,
      undefined,
      { ...SDK, ...TERRAFORM },
      {},
    ],
    [
      'half of those of the SDKs are no source, and are told',
      'terraform',
      /OKTA_CLIENT_ORGURL in the environment is no complete credential and not used/,
      undefined,
      { OKTA_CLIENT_ORGURL: SDK.OKTA_CLIENT_ORGURL, ...TERRAFORM },
      {},
    ],
    [
      'a token without a URL does not go to the URL of the default login, and is told',
      'own',
      /OKTA_API_TOKEN in the environment is no complete credential and not used; the login "own" is/,
      undefined,
      { OKTA_API_TOKEN: 'T0KEN-alone' },
      { logins: [login('own', 'own', true)] },
    ],
    [
      'a login that is named goes before variables, though they are for the same org, and they are told',
      'own',
      /OKTA_CLIENT_TOKEN in the environment are for https:\/\/sdk\.okta\.com and are not used; the login "own" is/,
      'own',
      SDK,
      { logins: [login('own', 'sdk')] },
    ],
    [
      'a stale variable overrides the default login, which is told',
      'sdk',
      /OKTA_CLIENT_TOKEN in the environment override the default login "own" .*unset the OKTA_CLIENT_ variables/,
      undefined,
      SDK,
      { logins: [login('own', 'own', true)] },
    ],
    [
      'a file that does not count is told where another file is used',
      'file',
      /okta\.yaml was not used: it is inside the git work tree .*; ~\/\.okta\/okta\.yaml is\./,
      undefined,
      {},
      {
        files: [
          { found: undefined, ignored: '/w/okta.yaml was not used: it is inside the git work tree /w' },
          { found: file('~/.okta/okta.yaml') },
        ],
      },
    ],
    [
      'the default one of two logins for the URL that is asked for',
      'second',
      /^$/,
      'https://same.okta.com',
      {},
      { logins: [login('first', 'same'), login('second', 'same', true)] },
    ],
    [
      'the file that is named goes before the logins for its URL',
      'file',
      /^$/,
      'https://file.okta.com',
      {},
      { named: file('mine.yaml'), logins: [login('first', 'file'), login('second', 'file')] },
    ],
  ];
  for (const [what, taken, told, ...asked] of ROWS)
    it(what, () => {
      const chosen = choose(...asked);
      expect(tokenOf(chosen)).to.equal(`T0KEN-${taken}`);
      expect(chosen.warnings.join('\n')).to.match(told);
    });

  it('a password in the URL of one that is not used is not told', () => {
    const stale = { ...SDK, OKTA_CLIENT_ORGURL: 'https://me:S3CRET-password@sdk.okta.com' };
    const { warnings } = choose('own', stale, { logins: [login('own')] });
    expect(warnings.join()).to.include('https://sdk.okta.com').and.not.include('S3CRET');
  });

  it('nothing is told where there is but one', () => {
    for (const env of [SDK, TERRAFORM]) expect(choose(undefined, env).warnings).to.deep.equal([]);
    expect(choose(undefined, {}, { logins: [login('own', 'own', true)] }).warnings).to.deep.equal([]);
  });

  it('none is guessed of two logins for one URL', () => {
    const logins = [login('first', 'same'), login('second', 'same')];
    const error = thrown(() => choose('https://same.okta.com', {}, { logins })) as InputError;
    expect(error).to.be.instanceOf(InputError);
    expect(error.message).to.include('first, second');
    expect(error.actions?.join()).to.include('--okta-org').and.include('--set-default');
  });

  it('the login that has its host for an alias, as without --alias, can be named by it', () => {
    const own = login('own.okta.com', 'own');
    expect(choose('own.okta.com', SDK, { logins: [own] }).source).to.equal('the login "own.okta.com"');
  });

  it('a named login and a named file are not weighed against each other', () => {
    const error = thrown(() => choose('own', {}, { logins: [login('own')], named: file('mine.yaml') }));
    expect(error.message).to.include('--okta-org and --okta-config contradict each other');
  });

  it('a secret of one never goes to the URL of another', () => {
    const MIXED: NodeJS.ProcessEnv[] = [
      { OKTA_CLIENT_ORGURL: SDK.OKTA_CLIENT_ORGURL, OKTA_API_TOKEN: 'T0KEN-alone' },
      { OKTA_CLIENT_TOKEN: 'T0KEN-alone', OKTA_ORG_NAME: 'terraform', OKTA_BASE_URL: 'okta.com' },
      { OKTA_CLIENT_ORGURL: SDK.OKTA_CLIENT_ORGURL, OKTA_API_CLIENT_ID: '0oa', OKTA_API_PRIVATE_KEY: 'k' },
    ];
    for (const env of MIXED) {
      const error = thrown(() => choose(undefined, env));
      expect(error.message).to.include('a URL and a secret must come from one source').and.not.include('T0KEN');
    }
  });
});
