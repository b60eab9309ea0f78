/** The environment, as Okta's SDKs name its variables, then as Terraform does (contracts/okta.md §8). */
import { candidateOf, type Found, type Names } from './candidate.ts';

const SDK: Names = {
  url: 'OKTA_CLIENT_ORGURL',
  token: 'OKTA_CLIENT_TOKEN',
  clientId: 'OKTA_CLIENT_CLIENTID',
  privateKey: 'OKTA_CLIENT_PRIVATEKEY',
  keyId: 'OKTA_CLIENT_KEYID',
  mode: 'OKTA_CLIENT_AUTHORIZATIONMODE',
};
const TERRAFORM: Names = {
  url: 'OKTA_ORG_NAME, OKTA_BASE_URL',
  token: 'OKTA_API_TOKEN',
  clientId: 'OKTA_API_CLIENT_ID',
  privateKey: 'OKTA_API_PRIVATE_KEY',
  keyId: 'OKTA_API_PRIVATE_KEY_ID',
  mode: '',
};

/** What both kinds of variables hold, in the order in which they count. */
export const environmentSources = (env: NodeJS.ProcessEnv): readonly Found[] => [sdk(env), terraform(env)];

const sdk = (env: NodeJS.ProcessEnv): Found =>
  candidateOf(
    {
      url: env[SDK.url],
      token: env[SDK.token],
      clientId: env[SDK.clientId],
      privateKey: env[SDK.privateKey],
      // The Go SDK's name of it beside that of the others.
      keyId: env[SDK.keyId] ?? env['OKTA_CLIENT_PRIVATEKEYID'],
      mode: env[SDK.mode],
    },
    SDK,
    'unset the OKTA_CLIENT_ variables'
  );

const terraform = (env: NodeJS.ProcessEnv): Found => {
  const { OKTA_ORG_NAME: name, OKTA_BASE_URL: base } = env;
  return candidateOf(
    {
      url: name && base ? `https://${name}.${base}` : undefined,
      token: env[TERRAFORM.token],
      clientId: env[TERRAFORM.clientId],
      privateKey: env[TERRAFORM.privateKey],
      keyId: env[TERRAFORM.keyId],
    },
    TERRAFORM,
    'unset the OKTA_ORG_NAME and OKTA_API_ variables'
  );
};
