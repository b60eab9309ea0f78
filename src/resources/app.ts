/**
 * An OAuth app in the words of this product, whichever kind of metadata it is made of: an external client app or a
 * connected app. What the vendor's words mean is told in one file for each kind.
 */
import type { EvidenceSource } from '../engine/check.ts';
import type { ConnectedApp, ExternalClientApp } from '../clients/salesforce/types.ts';
import type { Intent } from '../intent.ts';

export type AppType = Intent['oauthApp']['type'];

export const APP_WORDS = {
  'external-client-app': 'external client app',
  'connected-app': 'connected app',
} as const satisfies Record<AppType, string>;

/** Undefined where the app has no such setting yet. */
export interface AppSettings {
  readonly scopes: readonly string[] | undefined;
  readonly callback: string | undefined;
  readonly pkce: boolean | undefined;
  readonly refreshTokenRotation: boolean | undefined;
  readonly secretForWebServerFlow: boolean | undefined;
  readonly secretForRefreshFlow: boolean | undefined;
  /** OAuth flows that Okta does not use, by name. */
  readonly flows: Readonly<Record<string, 'on' | 'off'>>;
}

/** In the flags' words; a value that has none is kept as the vendor's. */
export interface AppPolicy {
  readonly permittedUsers: string | undefined;
  readonly refreshToken: string | undefined;
  readonly ipRelaxation: string | undefined;
}

export const UNTIL_REVOKED = 'until-revoked';

interface Common {
  readonly id?: string;
  readonly name: string;
  readonly label: string;
  readonly consumerKey?: string;
  readonly settings: AppSettings;
  readonly policy: AppPolicy;
  /** The limit of idle refresh tokens, which makes "until revoked" untrue (contracts/salesforce.md §15.1). */
  readonly idleLimit: 'on' | 'off' | 'not-shown';
  readonly sources: Readonly<Record<'app' | 'scopes' | 'settings' | 'policy', EvidenceSource>>;
}

export type App = Common &
  (
    | { readonly type: 'external-client-app'; readonly components: ExternalClientApp }
    | { readonly type: 'connected-app'; readonly components: ConnectedApp }
  );

/** What Salesforce makes of scope names when they are read back (§1.5). */
export const normalisedScopes = (scopes: readonly string[]): string[] => [
  ...new Set(
    scopes
      .map((scope) => scope.trim())
      .filter(Boolean)
      .map((scope) => (scope === 'OfflineAccess' ? 'RefreshToken' : scope))
      .map((scope) => (['Address', 'Email', 'Phone', 'Profile'].includes(scope) ? 'Basic' : scope))
  ),
];

/** The flag's word for a value of the vendor's; the vendor's spelling is not the same everywhere (§2.2). */
export const wordFor = (words: Readonly<Record<string, string>>, value: string | undefined): string | undefined =>
  Object.entries(words).find(([, one]) => one.toLowerCase() === value?.toLowerCase())?.[0] ?? value;

export const idleLimitOf = (enforced: boolean | undefined): App['idleLimit'] => {
  if (enforced === undefined) return 'not-shown';
  return enforced ? 'on' : 'off';
};
