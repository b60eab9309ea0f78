/** One bad world: what of the org is wrong, the flags, and how each command must end in it. */
import type { Status } from '../../../src/engine/check.ts';
import type { OktaWorld, SalesforceStore, SalesforceWorld } from '../../../src/simulator/index.ts';
import {
  documentedWorld,
  type AppSeed,
  type SalesforceKnobs,
  type UserSeed,
} from '../../../src/simulator/salesforce/index.ts';
import type { Flags, Pair, Person } from '../../helpers/pair.ts';

/** How a command ends: its exit code, and words of the message or of the plan's reasons, and of what to do about it. */
interface Ending {
  readonly exit: number;
  readonly says?: string;
  readonly action?: string;
}

interface AtPage extends Ending {
  /** The step that fails, where it comes to no page. */
  readonly at?: string;
  /** What a click for the secret gives: the secret, or words of the refusal. */
  readonly click?: 'secret' | { readonly says: string; readonly action: string };
}

export interface Row {
  /** The Salesforce org; as documented unless told. */
  readonly world?: SalesforceWorld;
  /** The Okta org; as documented unless told. */
  readonly okta?: (salesforce: SalesforceStore) => OktaWorld;
  /** What the product is told of the Okta org; the token of an admin unless told. */
  readonly credentials?: (oktaUrl: string) => NodeJS.ProcessEnv;
  readonly flags?: Flags;
  /** What goes wrong on the way, anew for each command; what it returns ends it. */
  readonly trouble?: (pair: Pair) => () => void;
  readonly dryRun: Ending;
  /** Before that: setup at a terminal, with a person at its companion page, who also does by hand what is left to do. */
  readonly atPage?: AtPage;
  readonly setup: Ending & {
    /** The step that fails or waits, where the run came as far as that. */
    readonly at?: string;
    /** Tables of the org that a failed run may have added to; nothing that was there before differs in any case. */
    readonly made?: readonly string[];
    /** How many apps Okta has more; one where people are to connect it, unless told. */
    readonly oktaApps?: number;
  };
  /** After setup, and after people have connected where they could: the claims that tell of this world. */
  readonly verify: {
    readonly exit: number;
    readonly finds?: Readonly<Record<string, Status>>;
    /** Without the trouble: to tell what a failed setup left. */
    readonly calm?: true;
  };
  /** Who approves the app for Okta, where setup prepared all for it. */
  readonly connects?: Person | ((pair: Pair) => Promise<void>);
  /** How setup ends then, where that is not with 0, connected. */
  readonly connected?: Ending & { readonly state?: string };
  /** Where the trouble is over, or by what ends it, setup goes on from there. */
  readonly goesOn?: true | ((pair: Pair) => void);
}
export type Rows = Readonly<Record<string, Row>>;

export const CALLBACK = 'https://system-admin.okta.com/admin/app/generic/oauth20redirect';
export const OURS: AppSeed = {
  kind: 'external-client-app',
  name: 'Okta_Provisioning',
  label: 'Okta Provisioning',
  contactEmail: 'a@b.example',
  callbackUrl: CALLBACK,
};
const [admin] = documentedWorld().users;
export const ADMIN: Person = { username: admin?.username ?? '', password: admin?.password ?? '' };
export const OKTA: Person = { username: 'okta@simulated.example', password: 'S3CRET-okta' };
export const NAMED: Flags = { 'integration-user': OKTA.username };
export const CREATE: Flags = { ...NAMED, 'create-integration-user': true };
export const CONNECTED: Flags = { 'app-type': 'connected-app' };

export const world = (change: Partial<SalesforceWorld>): SalesforceWorld => ({ ...documentedWorld(), ...change });
export const knobs = (change: Partial<SalesforceKnobs>): SalesforceWorld =>
  world({ knobs: { ...documentedWorld().knobs, ...change } });
export const organization = (change: Partial<SalesforceWorld['organization']>): SalesforceWorld =>
  world({ organization: { ...documentedWorld().organization, ...change } });
/** With a user of its own for Okta. */
export const user = (change: Partial<UserSeed>): SalesforceWorld =>
  world({
    users: [
      ...documentedWorld().users,
      { ...OKTA, profile: 'System Administrator', firstName: 'Ok', lastName: 'Ta', ...change },
    ],
  });
export const adminWithout = (...lacking: string[]): SalesforceWorld =>
  world({
    profiles: documentedWorld().profiles.map((profile) => ({
      ...profile,
      permissions: profile.permissions.filter((name) => !lacking.includes(name)),
    })),
  });

/** Refused before the first write: in the plan of a dry run with its reason, exit code 2 of setup. */
export const refused = (says: string, action: string, finds: Readonly<Record<string, Status>>): Omit<Row, 'world'> => ({
  dryRun: { exit: 0, says, action },
  setup: { exit: 2, says, action },
  verify: { exit: 100, finds },
});

/** A read that nobody can do without fails: every command is an error, and nothing is written. */
export const error = (says: string, action: string): Pick<Row, 'dryRun' | 'setup'> => ({
  dryRun: { exit: 1, says, action },
  setup: { exit: 1, says, action },
});

/** What a run that made the OAuth app adds. */
export const APP = ['components', 'consumers'];

/** Prepared, with a person to finish; then connected and healthy but for what is found. */
export const works = (
  connects: NonNullable<Row['connects']> = ADMIN,
  verify: Row['verify'] = { exit: 0 }
): Pick<Row, 'dryRun' | 'setup' | 'verify' | 'connects'> => ({
  dryRun: { exit: 0 },
  setup: { exit: 69, at: 'okta.connection' },
  verify,
  connects,
});
