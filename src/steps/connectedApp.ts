/**
 * A connected app: one component. contracts/salesforce.md §1.3 key and secret can be chosen at creation only, §1.6 shape,
 * §1.7 an update must not carry them
 */
import { randomInt } from 'node:crypto';
import { ConsumerKeyTakenError } from '../clients/salesforce/errors.ts';
import type { ConnectedApp, SentConnectedApp } from '../clients/salesforce/types.ts';
import type { App } from '../resources/app.ts';
import { CA_FLOWS, CA_IP_RELAXATION } from '../resources/connectedApps.ts';
import { runningUser } from '../resources/integrationUser.ts';
import { SCOPES } from '../resources/oauthApp.ts';
import { Secret } from '../secret.ts';
import type { Intent } from '../intent.ts';
import type { AppWriter } from './appWriter.ts';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 64;

const random = (): string =>
  Array.from({ length: LENGTH }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');

const componentsOf = (app: App): ConnectedApp | undefined =>
  app.type === 'connected-app' ? app.components : undefined;

interface Chosen {
  readonly key: string;
  readonly secret: Secret;
}

/** Keys are unique across all orgs: where one is taken another is chosen, once, since nothing was made (§1.7). */
const withNewKey = async (make: (chosen: Chosen) => Promise<void>): Promise<Chosen> => {
  const choose = (): Chosen => ({ key: random(), secret: new Secret(random()) });
  let chosen = choose();
  try {
    await make(chosen);
  } catch (error) {
    if (!(error instanceof ConsumerKeyTakenError)) throw error;
    chosen = choose();
    await make(chosen);
  }
  return chosen;
};

export const connectedAppWriter: AppWriter = {
  create: async ({ context, see }) => {
    const { salesforce, intent, handOver } = context;
    const { name, label, contactEmail, ipRelaxation } = intent.oauthApp;
    const email = contactEmail ?? (await see(runningUser))?.Email;
    const make = async (chosen: Chosen | undefined): Promise<void> =>
      salesforce.create('ConnectedApp', {
        fullName: name,
        contactEmail: email ?? '',
        description: 'Okta user provisioning',
        label,
        oauthConfig: {
          ...wantedConfig(intent),
          ...(chosen && { consumerKey: chosen.key, consumerSecret: chosen.secret.reveal() }),
        },
        oauthPolicy: { ipRelaxation: CA_IP_RELAXATION[ipRelaxation], refreshTokenPolicy: 'infinite' },
      });
    // Chosen only where there is somewhere to hand them to: they never come back from Salesforce's API.
    if (handOver) handOver(await withNewKey(make));
    else await make(undefined);
  },
  writeSettings: async ({ context: { salesforce, intent } }, app) => {
    const { kept, oauthConfig } = asRead(app);
    const on = Object.entries(CA_FLOWS).filter(([, flow]) => app.settings.flows[flow] === 'on');
    await salesforce.update('ConnectedApp', {
      ...kept,
      oauthConfig: {
        ...oauthConfig,
        ...wantedConfig(intent),
        ...Object.fromEntries(on.map(([field]) => [field, false])),
      },
    });
  },
  writePolicy: async ({ context: { salesforce, intent } }, app) => {
    const { kept, oauthConfig } = asRead(app);
    const { permittedUsers, ipRelaxation } = intent.oauthApp;
    await salesforce.update('ConnectedApp', {
      ...kept,
      oauthConfig: { ...oauthConfig, isAdminApproved: permittedUsers === 'pre-authorized' },
      oauthPolicy: {
        ...kept.oauthPolicy,
        ipRelaxation: CA_IP_RELAXATION[ipRelaxation],
        refreshTokenPolicy: 'infinite',
      },
    });
  },
};

type Sent = Omit<SentConnectedApp, 'oauthConfig'>;

/** The app as it was read, without what no update may carry or is not ours: key, secret, id, the limit of idle tokens. */
const asRead = (app: App): { kept: Sent; oauthConfig: NonNullable<SentConnectedApp['oauthConfig']> } => {
  const { id, oauthConfig, oauthPolicy, ...kept } = componentsOf(app) ?? { fullName: app.name };
  const { consumerKey, consumerSecret, isEnforceRefreshTokenTTL, ...config } = oauthConfig ?? { scopes: [] };
  return {
    kept: { ...kept, ...(oauthPolicy && { oauthPolicy }) } as Sent,
    oauthConfig: config as NonNullable<SentConnectedApp['oauthConfig']>,
  };
};

/** contracts/salesforce.md §0.3; fields of newer versions of the API are not sent (U31). */
const wantedConfig = ({
  oauthApp: { callbackUrl, pkce, refreshTokenRotation },
}: Intent): NonNullable<SentConnectedApp['oauthConfig']> => ({
  callbackUrl,
  isConsumerSecretOptional: false,
  isIntrospectAllTokens: false,
  isPkceRequired: pkce,
  isRefreshTokenRotationEnabled: refreshTokenRotation,
  isSecretRequiredForRefreshToken: true,
  scopes: [...SCOPES],
});
