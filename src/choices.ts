/** What the flags may be. Apart from `intent.ts`, so that `--help` need not load what checks them. */

/** Okta's documented callback (contracts/okta.md §9.1). */
export const DEFAULT_CALLBACK_URL = 'https://system-admin.okta.com/admin/app/generic/oauth20redirect';
export const PROVISIONING_FEATURES = ['create', 'update', 'deactivate', 'sync-password'] as const;
export const IP_RELAXATIONS = ['enforce', 'enforce-relax-refresh', 'bypass-2factor', 'bypass'] as const;
export const INSTANCE_TYPES = ['production', 'sandbox', 'government'] as const;
export const DEFAULT_APP_NAME = 'Okta_Provisioning';
export const APP_TYPES = ['external-client-app', 'connected-app'] as const;
export const PERMITTED_USERS = ['self-authorize', 'pre-authorized'] as const;
export const GRANT_PERMISSIONS = ['profile', 'permission-set'] as const;
export const SECRET_ACCESSES = ['temporary', 'manual'] as const;
export const HANDSHAKES = ['auto', 'api', 'console', 'none'] as const;
