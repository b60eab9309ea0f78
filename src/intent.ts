/**
 * Flags and environment → Intent: what the person wants, checked. The only validation of input, done before any request.
 * The words of the flags are those of the commands; the desired state that depends on what the orgs say (such as the
 * default label for a sandbox) is worked out by the resources.
 */
import { z } from 'zod';
import {
  APP_TYPES,
  DEFAULT_APP_NAME,
  GRANT_PERMISSIONS,
  HANDSHAKES,
  INSTANCE_TYPES,
  IP_RELAXATIONS,
  PERMITTED_USERS,
  PROVISIONING_FEATURES,
  SECRET_ACCESSES,
} from './choices.ts';
import { InputError } from './errors.ts';
import { oktaCredentials, type OktaCredentials, type Sources } from './credentials/index.ts';

export type ProvisioningFeature = (typeof PROVISIONING_FEATURES)[number];

export interface Intent {
  readonly okta: OktaCredentials;
  readonly oauthApp: {
    readonly type: (typeof APP_TYPES)[number];
    readonly name: string;
    /** Whether the person chose the name: then it is meant, whatever other app has our callback. */
    readonly named: boolean;
    readonly label: string;
    readonly contactEmail?: string;
    readonly callbackUrl: string;
    readonly pkce: boolean;
    readonly refreshTokenRotation: boolean;
    readonly ipRelaxation: (typeof IP_RELAXATIONS)[number];
    readonly permittedUsers: (typeof PERMITTED_USERS)[number];
  };
  readonly integrationUser?: string;
  /** Present where the integration user may be created, with what it is given. */
  readonly createIntegrationUser?: { readonly email?: string; readonly grant: (typeof GRANT_PERMISSIONS)[number] };
  readonly secretAccess: (typeof SECRET_ACCESSES)[number];
  readonly grantTemporarily: boolean;
  readonly oktaApp: {
    readonly id?: string;
    readonly label?: string;
    readonly instanceType?: (typeof INSTANCE_TYPES)[number];
    readonly features: readonly ProvisioningFeature[];
  };
  readonly handshake: (typeof HANDSHAKES)[number];
  readonly reauthenticate: boolean;
  readonly adopt: boolean;
  /** How far back `verify` and `test` read the logs, in milliseconds. */
  readonly logWindow: number;
}

/** The flags that name the pair and the desired state, as oclif parsed them; shared by `setup` and `verify`. */
export interface PairFlags {
  readonly 'okta-org'?: string | undefined;
  readonly 'okta-config'?: string | undefined;
  readonly 'app-type'?: string | undefined;
  readonly 'permitted-users'?: string | undefined;
  readonly 'app-name': string;
  readonly 'app-label': string;
  readonly 'callback-url': string;
  readonly pkce: boolean;
  readonly 'refresh-token-rotation': boolean;
  readonly 'ip-relaxation': string;
  readonly 'integration-user'?: string | undefined;
  readonly 'okta-app-id'?: string | undefined;
  readonly 'okta-app-label'?: string | undefined;
  readonly 'instance-type'?: string | undefined;
  readonly 'provisioning-feature': readonly string[];
}

export interface SetupFlags extends PairFlags {
  readonly 'contact-email'?: string | undefined;
  readonly 'create-integration-user'?: boolean | undefined;
  readonly 'integration-user-email'?: string | undefined;
  readonly 'grant-permissions'?: string | undefined;
  readonly 'secret-access'?: string | undefined;
  readonly 'grant-temporarily'?: boolean | undefined;
  readonly handshake: string;
  readonly reauthenticate: boolean;
  readonly adopt: boolean;
  readonly 'no-browser'?: boolean | undefined;
  readonly 'companion-port'?: number | undefined;
  readonly since?: string;
}

/** Throws an InputError that says in one line which flag or variable is wrong and what to do. */
export const parseIntent = (
  flags: PairFlags & Partial<SetupFlags>,
  env: NodeJS.ProcessEnv,
  sources?: Sources
): Intent => {
  const oktaAppId = optional(flags['okta-app-id'], oktaId, '--okta-app-id');
  const contactEmail = optional(flags['contact-email'], z.email(), '--contact-email');
  const integrationUser = optional(flags['integration-user'], z.email(), '--integration-user');
  const instanceType = optional(flags['instance-type'], z.enum(INSTANCE_TYPES), '--instance-type');
  const oktaAppLabel = optional(flags['okta-app-label'], label, '--okta-app-label');
  const createIntegrationUser = creation(flags);
  refuseContradictions(flags);
  return {
    okta: oktaCredentials(flags['okta-org'], env, sources),
    oauthApp: {
      type: checked(flags['app-type'] ?? 'external-client-app', z.enum(APP_TYPES), '--app-type'),
      name: checked(flags['app-name'], apiName, '--app-name'),
      named: flags['app-name'] !== DEFAULT_APP_NAME,
      label: checked(flags['app-label'], label, '--app-label'),
      ...(contactEmail && { contactEmail }),
      callbackUrl: checked(flags['callback-url'], callbackUrl, '--callback-url'),
      pkce: flags.pkce,
      refreshTokenRotation: flags['refresh-token-rotation'],
      ipRelaxation: checked(flags['ip-relaxation'], z.enum(IP_RELAXATIONS), '--ip-relaxation'),
      permittedUsers: checked(
        flags['permitted-users'] ?? 'self-authorize',
        z.enum(PERMITTED_USERS),
        '--permitted-users'
      ),
    },
    ...(integrationUser && { integrationUser }),
    ...(createIntegrationUser && { createIntegrationUser }),
    secretAccess: checked(flags['secret-access'] ?? 'temporary', z.enum(SECRET_ACCESSES), '--secret-access'),
    grantTemporarily: flags['grant-temporarily'] ?? false,
    oktaApp: {
      ...(oktaAppId && { id: oktaAppId }),
      ...(oktaAppLabel && { label: oktaAppLabel }),
      ...(instanceType && { instanceType }),
      features: checked(flags['provisioning-feature'], features, '--provisioning-feature'),
    },
    handshake: checked(flags.handshake ?? 'auto', z.enum(HANDSHAKES), '--handshake'),
    reauthenticate: flags.reauthenticate ?? false,
    adopt: flags.adopt ?? false,
    logWindow: checked(flags.since ?? '7d', logWindow, '--since'),
  };
};

const creation = (flags: Partial<SetupFlags>): Intent['createIntegrationUser'] => {
  const email = optional(flags['integration-user-email'], z.email(), '--integration-user-email');
  const grant = checked(flags['grant-permissions'] ?? 'profile', z.enum(GRANT_PERMISSIONS), '--grant-permissions');
  return flags['create-integration-user'] === true ? { ...(email && { email }), grant } : undefined;
};

/** An API name: a letter, then letters, digits and single underscores, not ending with one; 80 characters in Salesforce. */
const apiName = z
  .string()
  .regex(
    /^[A-Za-z](?:_?[A-Za-z0-9])*$/,
    'use letters, digits and single underscores, beginning with a letter and without spaces'
  )
  .max(80, 'use at most 80 characters');
const label = z.string().trim().min(1, 'it is empty').max(80, 'use at most 80 characters');
const oktaId = z
  .string()
  .regex(/^[A-Za-z0-9]{20}$/, 'an Okta app id has 20 letters and digits, such as 0oa1gjh63g214q0Hq0g4');
const callbackUrl = z.string().refine((value) => isSecureUrl(value), 'use an https URL; http is for 127.0.0.1 only');
const features = z
  .array(z.enum(PROVISIONING_FEATURES))
  .transform((chosen): readonly ProvisioningFeature[] =>
    PROVISIONING_FEATURES.filter((feature) => chosen.includes(feature))
  );

const HOUR = 3_600_000;
/** Okta keeps its log for 90 days (contracts/okta.md §5.1). */
const MAX_LOG_WINDOW = 90 * 24 * HOUR;
const logWindow = z
  .string()
  .regex(/^\d{1,4}[hd]$/, 'use a number of hours or days, such as 36h or 7d')
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('h') ? HOUR : 24 * HOUR))
  .refine(
    (window) => window > 0 && window <= MAX_LOG_WINDOW,
    'use at least 1h and at most 90d, which is how long Okta keeps its log'
  );

/** https anywhere, http on this machine only. */
export const isSecureUrl = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && loopback));
};

const checked = <T>(value: unknown, schema: z.ZodType<T>, flag: string): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(`${flag} "${String(value)}" cannot be used: ${result.error.issues[0]?.message ?? 'invalid'}.`, [
    `Correct ${flag} and run the command again.`,
  ]);
};

const optional = <T>(value: unknown, schema: z.ZodType<T>, flag: string): T | undefined =>
  value === undefined ? undefined : checked(value, schema, flag);

const refuseContradictions = (flags: Partial<SetupFlags>): void => {
  const clash = (one: string, other: string, why: string): InputError =>
    new InputError(`${one} and ${other} contradict each other: ${why}.`, [`Leave out ${one} or ${other}.`]);
  if (flags.reauthenticate && flags.handshake === 'none')
    throw clash('--reauthenticate', '--handshake none', 'the one asks for a handshake, the other for none');
  if (flags['no-browser'] && flags['companion-port'] !== undefined)
    throw clash(
      '--no-browser',
      '--companion-port',
      'the one does without the companion page, the other says where it is'
    );
  if (flags['create-integration-user'] === true && flags['integration-user'] === undefined)
    throw new InputError('--create-integration-user needs the username of the user to create.', [
      'Add --integration-user with a username that no Salesforce org has, such as okta-provisioning@example.com.',
    ]);
  if (flags['okta-app-id'] !== undefined && flags['okta-app-label'] !== undefined)
    throw clash('--okta-app-id', '--okta-app-label', 'each names an Okta app');
};
