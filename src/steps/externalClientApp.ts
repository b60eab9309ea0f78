/**
 * The components of an external client app. contracts/salesforce.md §2.3 names, §2.4 order, §2.6 no key or secret is ever
 * sent, §2.9 shapes.
 */
import { SfError } from '@salesforce/core';
import type { ExternalClientApp, ExtlClntAppGlobalOauthSettings } from '../clients/salesforce/types.ts';
import type { App } from '../resources/app.ts';
import type { Context } from '../resources/context.ts';
import { ECA_FLOWS, ECA_IP_RELAXATION, ECA_PERMITTED_USERS } from '../resources/externalClientApps.ts';
import { runningUser } from '../resources/integrationUser.ts';
import { SCOPES } from '../resources/oauthApp.ts';
import type { Intent } from '../intent.ts';
import type { AppWriter } from './appWriter.ts';

const componentsOf = (app: App): ExternalClientApp | undefined =>
  app.type === 'external-client-app' ? app.components : undefined;

export const externalClientAppWriter: AppWriter = {
  create: async ({ context, see }) => {
    const { name, label, contactEmail } = context.intent.oauthApp;
    const email = contactEmail ?? (await see(runningUser))?.Email;
    await context.salesforce.create('ExternalClientApplication', {
      fullName: name,
      ...(email ? { contactEmail: email } : {}),
      description: 'Okta user provisioning',
      distributionState: 'Local',
      isProtected: false,
      label,
    });
    await writeOauthSettings(context, undefined);
    await writeGlobalSettings(context, undefined);
  },
  writeSettings: async ({ context }, app, changes) => {
    const { oauth, global } = componentsOf(app) ?? {};
    if (!oauth || changes.some(({ path }) => path === 'salesforce.app.scopes'))
      await writeOauthSettings(context, oauth);
    if (!global || changes.some(({ path }) => path !== 'salesforce.app.scopes'))
      await writeGlobalSettings(context, global);
  },
  writePolicy: async ({ context: { salesforce, intent } }, app) => {
    const policy = componentsOf(app)?.policy;
    // Sent under another name it would be a second one, which Salesforce refuses.
    if (!policy) throw new PolicyNotFoundError(app.name);
    // A validity period stands with the policies that end only, and there is none here.
    const { refreshTokenValidityPeriod, refreshTokenValidityUnit, ...kept } = policy;
    await salesforce.update('ExtlClntAppOauthConfigurablePolicies', {
      ...kept,
      externalClientApplication: app.name,
      ipRelaxationPolicyType: ECA_IP_RELAXATION[intent.oauthApp.ipRelaxation],
      permittedUsersPolicyType: ECA_PERMITTED_USERS[intent.oauthApp.permittedUsers],
      refreshTokenPolicyType: 'Infinite',
    });
  },
};

const writeOauthSettings = async (
  { salesforce, intent }: Context,
  there: ExternalClientApp['oauth']
): Promise<void> => {
  const { name, label } = intent.oauthApp;
  const wanted = { commaSeparatedOauthScopes: SCOPES.join(', '), externalClientApplication: name };
  if (there) await salesforce.update('ExtlClntAppOauthSettings', { ...there, ...wanted });
  else await salesforce.create('ExtlClntAppOauthSettings', { fullName: `${name}_oauth`, ...wanted, label });
};

const writeGlobalSettings = async (
  { salesforce, intent }: Context,
  there: ExternalClientApp['global']
): Promise<void> => {
  const { name, label } = intent.oauthApp;
  if (!there) {
    await salesforce.create('ExtlClntAppGlobalOauthSettings', {
      fullName: `${name}_glbloauth`,
      ...wantedGlobal(intent),
      label,
    });
    return;
  }
  // Fields that we do not know are sent as they were read: whether an omitted one is kept is unconfirmed (§2.2
  // `certificate`). Not the key, which no update may carry (§2.6), nor the limit of idle tokens, which is not ours (§15.1).
  const { consumerKey, isEnforceRefreshTokenTTL, ...kept } = there as Record<string, unknown> & { fullName: string };
  await salesforce.update('ExtlClntAppGlobalOauthSettings', { ...kept, ...wantedGlobal(intent) });
};

/** contracts/salesforce.md §0.3 */
const wantedGlobal = ({
  oauthApp: { name, callbackUrl, pkce, refreshTokenRotation },
}: Intent): Omit<ExtlClntAppGlobalOauthSettings, 'fullName'> => ({
  callbackUrl,
  externalClientApplication: name,
  isConsumerSecretOptional: false,
  isPkceRequired: pkce,
  isRefreshTokenRotationEnabled: refreshTokenRotation,
  isSecretRequiredForRefreshToken: true,
  ...(Object.fromEntries(Object.keys(ECA_FLOWS).map((field) => [field, false])) as Record<
    keyof typeof ECA_FLOWS,
    false
  >),
});

class PolicyNotFoundError extends SfError {
  public constructor(name: string) {
    super(`Salesforce shows no OAuth policy of the external client app ${name}.`, 'PolicyNotFoundError', [
      'Ask a Salesforce admin for the permission "View all External Client Apps, view their settings, and edit their policies".',
      'Then run the same command again.',
    ]);
  }
}
