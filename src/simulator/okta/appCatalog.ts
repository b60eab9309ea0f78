/**
 * The integrations that can be created, and what they ask of a client. contracts/okta.md §1.2, §1.3
 * - `salesforce`: `label`, `settings.app.instanceType` and `.integrationType` are required, with fixed values; sign-on
 * BROWSER_PLUGIN (unless told), BOOKMARK or SAML_2_0; nine settings. That `customDomain`, `myDomain`, `orgID`,
 * `portalID` and `siteURL` can be written is UNCONFIRMED; that others are refused, too
 * - `bookmark`: `url` and `requestIntegration`
 * - not simulated: every other integration (501), uniqueness of labels (UNCONFIRMED, so equal labels pass)
 */
import { invalid } from './errors.ts';
import type { Json } from './records.ts';
import { inner, textOf, without } from './requests.ts';

interface CatalogEntry {
  readonly signOnModes: readonly [string, ...string[]];
  readonly settings: readonly string[];
  readonly required: Readonly<Record<string, readonly string[] | undefined>>;
}

const CATALOG: Readonly<Record<string, CatalogEntry>> = {
  salesforce: {
    signOnModes: ['BROWSER_PLUGIN', 'BOOKMARK', 'SAML_2_0'],
    settings: [
      'integrationType',
      'siteURL',
      'loginUrl',
      'logoutUrl',
      'instanceType',
      'portalID',
      'myDomain',
      'orgID',
      'customDomain',
    ],
    required: {
      instanceType: ['SANDBOX', 'PRODUCTION', 'GOVERNMENT'],
      integrationType: ['STANDARD', 'PORTAL', 'COMMUNITY'],
    },
  },
  bookmark: { signOnModes: ['BOOKMARK'], settings: ['requestIntegration', 'url'], required: { url: undefined } },
};

/** What a client may set of an app, checked. */
export interface AppForm {
  readonly label: string;
  readonly signOnMode: string;
  readonly appSettings: Json;
  readonly settings: Json;
  readonly visibility: Json;
  readonly accessibility: Json;
  readonly credentials: Json;
}

export const inCatalog = (name: string): boolean => name in CATALOG;

/** Reads the body of a create or a full replace; what it does not say falls back to the defaults. */
export const readAppForm = (name: string, body: Json): AppForm => {
  const entry = CATALOG[name];
  const label = textOf(body, 'label');
  if (!entry || label === undefined) throw invalid('label', 'label: The field cannot be left blank');
  const signOnMode = textOf(body, 'signOnMode') ?? entry.signOnModes[0];
  if (!entry.signOnModes.includes(signOnMode))
    throw invalid('signOnMode', `signOnMode: Invalid value '${signOnMode}'.`);
  return {
    label,
    signOnMode,
    appSettings: readAppSettings(entry, inner(inner(body, 'settings'), 'app')),
    settings: without(inner(body, 'settings'), 'app'),
    visibility: inner(body, 'visibility'),
    accessibility: inner(body, 'accessibility'),
    credentials: without(inner(body, 'credentials'), 'scheme', 'signing'),
  };
};

const readAppSettings = ({ settings, required }: CatalogEntry, given: Json): Json => {
  const problems = Object.keys(given)
    .filter((key) => !settings.includes(key))
    .map((key) => `Unknown app setting '${key}'.`);
  for (const [key, values] of Object.entries(required)) {
    const value = given[key];
    if (typeof value !== 'string' || value === '') problems.push(`${key}: The field cannot be left blank`);
    else if (values && !values.includes(value)) problems.push(`${key}: Invalid value '${value}'.`);
  }
  if (problems.length > 0) throw invalid('settings', ...problems);
  return Object.fromEntries(settings.map((key) => [key, given[key] ?? null]));
};
