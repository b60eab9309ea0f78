import { expect } from 'chai';
import { InputError } from '../../src/errors.ts';
import { DEFAULT_CALLBACK_URL } from '../../src/choices.ts';
import { parseIntent } from '../../src/intent.ts';
import { defaultFlags, type Flags } from '../helpers/pair.ts';
import { thrown } from '../helpers/rejection.ts';

const ENV = { OKTA_CLIENT_ORGURL: 'https://example.okta.com', OKTA_CLIENT_TOKEN: 'T0KEN-unit' };
const TERRAFORM = { OKTA_ORG_NAME: 'example', OKTA_BASE_URL: 'okta.com', OKTA_API_TOKEN: 'T0KEN-terraform' };
const parse = (flags: Flags = {}, env: Record<string, string> = ENV): ReturnType<typeof parseIntent> =>
  parseIntent({ ...defaultFlags(DEFAULT_CALLBACK_URL), ...flags }, env);

describe('intent', () => {
  const refused: Array<[string, Flags, Record<string, string>, string]> = [
    ['a malformed Okta URL', { 'okta-org': 'example' }, ENV, 'it is not a URL'],
    ['an Okta URL with two schemes', {}, { ...ENV, OKTA_CLIENT_ORGURL: 'https://https://x' }, 'it is not a URL'],
    ['a placeholder for a URL', {}, { ...ENV, OKTA_CLIENT_ORGURL: 'https://{yourOktaDomain}' }, 'it is a placeholder'],
    [
      'http to a host that is not this machine',
      {},
      { ...ENV, OKTA_CLIENT_ORGURL: 'http://example.okta.com' },
      'must begin with https://',
    ],
    [
      'http to a host that only looks like this machine',
      {},
      { ...ENV, OKTA_CLIENT_ORGURL: 'http://127.0.0.1.example.com' },
      'must begin with https://',
    ],
    [
      'a URL with a path',
      {},
      { ...ENV, OKTA_CLIENT_ORGURL: 'https://example.okta.com/admin' },
      'must end after the host name',
    ],
    [
      'a URL with credentials',
      {},
      { ...ENV, OKTA_CLIENT_ORGURL: 'https://a:b@example.okta.com' },
      'holds a user name or password',
    ],
    ['a URL ending .com.com', {}, { ...ENV, OKTA_CLIENT_ORGURL: 'https://example.okta.com.com' }, '.com.com'],
    ['no credentials at all', {}, {}, 'OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN'],
    ['a URL alone', {}, { OKTA_CLIENT_ORGURL: 'https://example.okta.com' }, 'must come from one source'],
    [
      'URL and token from two sources',
      {},
      { OKTA_CLIENT_ORGURL: 'https://example.okta.com', OKTA_API_TOKEN: 'x' },
      'must come from one source',
    ],
    [
      'a URL flag that differs from the source',
      { 'okta-org': 'https://other.okta.com' },
      ENV,
      'but the credential found in',
    ],
    ['a redacted token', {}, { ...ENV, OKTA_CLIENT_TOKEN: '[REDACTED]' }, 'does not hold an API token'],
    ['a token with a line break', {}, { ...ENV, OKTA_CLIENT_TOKEN: 'a\nb' }, 'does not hold an API token'],
    [
      'an app name with spaces',
      { 'app-name': 'Okta Provisioning' },
      ENV,
      '--app-name "Okta Provisioning" cannot be used',
    ],
    ['an app name over length', { 'app-name': 'a'.repeat(81) }, ENV, 'use at most 80 characters'],
    ['an app name with a double underscore', { 'app-name': 'Okta__P' }, ENV, '--app-name'],
    ['an app name ending with an underscore', { 'app-name': 'Okta_' }, ENV, '--app-name'],
    ['an empty label', { 'app-label': ' ' }, ENV, '--app-label'],
    ['an http callback', { 'callback-url': 'http://example.com/cb' }, ENV, '--callback-url'],
    ['a contact email that is none', { 'contact-email': 'me' }, ENV, '--contact-email'],
    ['an integration user that is no username', { 'integration-user': 'okta' }, ENV, '--integration-user'],
    ['an Okta app id of another form', { 'okta-app-id': 'abc' }, ENV, '--okta-app-id'],
    [
      'an app id and a label',
      { 'okta-app-id': '0oa1gjh63g214q0Hq0g4', 'okta-app-label': 'x' },
      ENV,
      'contradict each other',
    ],
    ['a new handshake and none', { reauthenticate: true, handshake: 'none' }, ENV, 'contradict each other'],
  ];
  for (const [what, flags, env, message] of refused)
    it(`refuses ${what} in one line that says what to do`, () => {
      const error = thrown(() => parse(flags, env));
      expect(error).to.be.instanceOf(InputError);
      const { exitCode, actions } = error as InputError;
      expect(error.message).to.include(message).and.not.include('\n');
      expect(exitCode).to.equal(2);
      expect(actions).to.not.be.empty;
      expect(error.message).to.not.include('T0KEN');
    });

  it('takes the variables of the Okta SDKs before those of Terraform', () => {
    expect(parse({}, { ...ENV, ...TERRAFORM }).okta.source).to.equal('OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN');
    expect(parse({}, TERRAFORM).okta.url).to.equal('https://example.okta.com');
  });

  it('uses the variables of Terraform whole when those of the SDKs are incomplete', () => {
    const { okta } = parse({}, { OKTA_CLIENT_ORGURL: 'https://other.okta.com', ...TERRAFORM });
    expect([okta.url, okta.token.reveal()]).to.deep.equal(['https://example.okta.com', 'T0KEN-terraform']);
  });

  it('corrects the URL of the Admin Console, with a warning', () => {
    const { okta } = parse({}, { ...ENV, OKTA_CLIENT_ORGURL: 'https://example-admin.okta.com/' });
    expect(okta.url).to.equal('https://example.okta.com');
    expect(okta.warnings).to.have.length(1);
  });

  it('accepts http on this machine, for a simulator', () => {
    expect(parse({}, { ...ENV, OKTA_CLIENT_ORGURL: 'http://127.0.0.1:8080' }).okta.url).to.equal(
      'http://127.0.0.1:8080'
    );
  });

  it('never shows the token', () => {
    const { okta } = parse();
    expect(JSON.stringify(okta) + String(okta.token)).to.not.include('T0KEN');
  });
});
