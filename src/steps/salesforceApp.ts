/**
 * The external client app and its OAuth settings. contracts/salesforce.md §2.3 names, §2.4 order, §2.6 no key or secret is
 * ever sent, §2.9 shapes.
 */
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { externalClientApps } from '../resources/externalClientApps.ts';
import { runningUser } from '../resources/integrationUser.ts';
import { diffOauthApp, OFF, oauthApp, oauthAppObstacles, SCOPES, type OauthApp } from '../resources/oauthApp.ts';
import type { ExtlClntAppGlobalOauthSettings } from '../clients/salesforce/types.ts';
import type { Look } from '../engine/world.ts';
import type { Intent } from '../intent.ts';

export const salesforceApp = defineStep<OauthApp, Context>({
  id: 'salesforce.app',
  needs: ['salesforce.org', 'salesforce.user'],
  resource: oauthApp,
  affects: [externalClientApps],
  diff: (state, { intent }) => diffOauthApp(state, intent),
  obstacles: (state, { intent }) => oauthAppObstacles(state, intent),
  facts: ({ app }): Record<string, string> =>
    app?.global?.consumerKey ? { 'salesforce.app.consumer-key': app.global.consumerKey } : {},
  apply: async ({ state: { app }, changes, world }) => {
    const changed = (prefix: string): boolean => changes.some(({ path }) => path.startsWith(prefix));
    if (!app) await createHeader(world);
    if (!app?.oauth || changed('salesforce.app.scopes')) await writeOauthSettings(world.context, app?.oauth);
    const globalDiffers = changes.some(({ path }) => path !== 'salesforce.app.scopes');
    if (!app?.global || globalDiffers) await writeGlobalSettings(world.context, app?.global);
  },
});

const createHeader = async ({ context, see }: Look<Context>): Promise<void> => {
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
};

type Existing<T> = ({ readonly fullName: string } & T) | undefined;

const writeOauthSettings = async ({ salesforce, intent }: Context, there: Existing<object>): Promise<void> => {
  const { name, label } = intent.oauthApp;
  const wanted = { commaSeparatedOauthScopes: SCOPES.join(', '), externalClientApplication: name };
  if (there) await salesforce.update('ExtlClntAppOauthSettings', { ...there, ...wanted });
  else await salesforce.create('ExtlClntAppOauthSettings', { fullName: `${name}_oauth`, ...wanted, label });
};

const writeGlobalSettings = async (
  { salesforce, intent }: Context,
  there: Existing<{ consumerKey?: string | undefined }>
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
  // `certificate`). The key is the exception: no update may carry it (§2.6).
  const { consumerKey, ...kept } = there;
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
  ...(Object.fromEntries(Object.keys(OFF).map((field) => [field, false])) as Record<keyof typeof OFF, false>),
});
