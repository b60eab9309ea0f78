/**
 * An app instance as Okta answers it. contracts/okta.md §1.3
 * - `salesforce` has nine keys in `settings.app`; known but unset keys are null, not missing
 * - an ACTIVE app links to `deactivate`, an INACTIVE one to `activate`; there is no `self`
 * - a SAML app has no credentials `scheme`, and more `settings.signOn`, `help` and `metadata`
 * - not simulated: policies behind the links, logos
 */
import type { AppRecord, Json } from '../records.ts';
import { timestamp } from './time.ts';

export const appWire = (app: AppRecord, { url, orgId }: { url: string; orgId: string }): Json => ({
  id: app.id,
  orn: `orn:okta:idp:${orgId}:apps:${app.name}:${app.id}`,
  name: app.name,
  label: app.label,
  status: app.status,
  lastUpdated: timestamp(app.lastUpdated),
  created: timestamp(app.created),
  accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null, ...app.accessibility },
  licensing: { seatCount: 0 },
  visibility: {
    autoLaunch: false,
    autoSubmitToolbar: true,
    hide: { iOS: false, web: false },
    appLinks: { [linkName(app)]: true },
    ...app.visibility,
  },
  features: [...app.features],
  signOnMode: app.signOnMode,
  credentials: credentialsWire(app),
  universalLogout: {
    status: 'DISABLED',
    supportType: 'FULL',
    identityStack: 'NOT_SHARED',
    protocol: 'PROPRIETARY',
  },
  settings: settingsWire(app),
  _links: linksWire(app, `${url}/api/v1/apps/${app.id}`, url),
});

const linkName = ({ name }: AppRecord): string => (name === 'salesforce' ? 'mc' : 'login');

const credentialsWire = ({ id, signOnMode, credentials }: AppRecord): Json => {
  const template = { userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' } };
  if (signOnMode === 'SAML_2_0') return { ...template, signing: { kid: `kid-${id}` }, ...credentials };
  if (signOnMode === 'BOOKMARK') return { ...template, signing: {}, ...credentials };
  return { scheme: 'EDIT_USERNAME_AND_PASSWORD', ...template, revealPassword: true, signing: {}, ...credentials };
};

const settingsWire = ({ signOnMode, appSettings, settings }: AppRecord): Json => ({
  app: appSettings,
  notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
  manualProvisioning: false,
  implicitAssignment: false,
  emOptInStatus: 'NONE',
  notes: { admin: null, enduser: null },
  ...(signOnMode === 'SAML_2_0' && {
    signOn: {
      defaultRelayState: null,
      ssoAcsUrlOverride: null,
      audienceOverride: null,
      recipientOverride: null,
      destinationOverride: null,
      attributeStatements: [],
    },
  }),
  ...settings,
});

const linksWire = (app: AppRecord, self: string, url: string): Json => {
  const policy = `${url}/api/v1/policies/rst${app.id.slice(3)}`;
  const turn = app.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    uploadLogo: { href: `${self}/logo`, hints: { allow: ['POST'] } },
    appLinks: [{ name: linkName(app), href: `${url}/home/${app.name}/${app.id}/46`, type: 'text/html' }],
    profileEnrollment: { href: policy },
    policies: { href: `${self}/policies`, hints: { allow: ['PUT'] } },
    groups: { href: `${self}/groups` },
    logo: [{ name: 'medium', href: `${url}/assets/img/logos/${app.name}.png`, type: 'image/png' }],
    accessPolicy: { href: policy },
    users: { href: `${self}/users` },
    [turn]: { href: `${self}/lifecycle/${turn}` },
    ...(app.signOnMode === 'SAML_2_0' && {
      help: { href: `${url}/app/${app.name}/${app.id}/setup/help/SAML_2_0/instructions`, type: 'text/html' },
      metadata: { href: `${self}/sso/saml/metadata`, type: 'application/xml' },
    }),
  };
};
