import type { Clock } from '../clock.ts';
import { seededMint, type Mint } from './ids.ts';
import type * as records from './records.ts';
import type { SalesforceKnobs, SalesforceWorld } from './seed.ts';

type Table<R> = Map<string, R>;

/** All that the simulated org knows. Rules live elsewhere; here are the tables, the clock and the secrets that were ever made. */
export class SalesforceStore {
  public readonly clock: Clock;
  public readonly knobs: SalesforceKnobs;
  public readonly organization: records.OrganizationRecord;
  public mint: Mint;

  public readonly licenses: Table<records.LicenseRecord> = new Map();
  public readonly profiles: Table<records.ProfileRecord> = new Map();
  public readonly permissionSets: Table<records.PermissionSetRecord> = new Map();
  /** Permissions by the id of the permission set that holds them. */
  public readonly permissions: Table<readonly string[]> = new Map();
  public readonly assignments: Table<records.AssignmentRecord> = new Map();
  public readonly entityAccess: Table<records.EntityAccessRecord> = new Map();
  public readonly users: Table<records.UserRecord> = new Map();
  public readonly userLogins: Table<records.UserLoginRecord> = new Map();
  /** Passwords by user id. A user that the API created has none until the person sets one. */
  public readonly passwords: Table<string> = new Map();
  /** Metadata components by `type/fullName`. */
  public readonly components: Table<records.ComponentRecord> = new Map();
  public readonly consumers: Table<records.ConsumerRecord> = new Map();
  public readonly grants: Table<records.GrantRecord> = new Map();
  public readonly loginHistory: Table<records.LoginHistoryRecord> = new Map();
  public readonly idpEvents: Table<records.IdpEventRecord> = new Map();
  public readonly auditTrail: Table<records.AuditRecord> = new Map();

  public readonly accessTokens: Table<records.AccessTokenRecord> = new Map();
  public readonly authorizations: Table<records.AuthorizationRecord> = new Map();
  public readonly codes: Table<records.CodeRecord> = new Map();
  public readonly browserSessions: Table<records.BrowserSessionRecord> = new Map();
  /** One-time passwords of frontdoor.jsp, with the session that each opens and where it leads. */
  public readonly frontDoors: Table<{ readonly userId: string; readonly path: string }> = new Map();
  /** User ids by the one-time value of the mailed link that sets a password. */
  public readonly passwordLinks: Table<string> = new Map();
  /** Deploys and retrieves. */
  public readonly jobs: Table<records.AsyncJobRecord> = new Map();
  public readonly mails: records.MailRecord[] = [];
  public readonly secrets = new Set<string>();

  readonly #seed: string;
  readonly #initial: SalesforceWorld;

  public constructor(world: SalesforceWorld, clock: Clock, seed: string) {
    this.clock = clock;
    this.#seed = seed;
    this.#initial = structuredClone(world);
    this.mint = seededMint(seed);
    this.knobs = { ...world.knobs };
    this.organization = { ...world.organization };
  }

  /** Makes a value that must never be seen where it does not belong, and remembers it for canary hunts. */
  public secret(kind: string, prefix: string, length: number, alphabet?: string): string {
    const value = prefix + this.mint.text(kind, length, alphabet);
    this.secrets.add(value);
    return value;
  }

  /** Empties every table. Who calls it seeds again. */
  public clear(): void {
    for (const value of Object.values(this) as unknown[]) {
      if (value instanceof Map || value instanceof Set) value.clear();
    }
    this.mails.length = 0;
    this.mint = seededMint(this.#seed);
    Object.assign(this.knobs, this.#initial.knobs);
    Object.assign(this.organization, this.#initial.organization);
  }

  public component(type: string, fullName: string): records.ComponentRecord | undefined {
    return this.components.get(`${type}/${fullName}`);
  }

  public componentsOf(type: string): records.ComponentRecord[] {
    return [...this.components.values()].filter((component) => component.type === type);
  }

  public app(appId: string): records.ComponentRecord | undefined {
    return [...this.components.values()].find(({ id }) => id === appId);
  }

  public userByName(username: string): records.UserRecord | undefined {
    const wanted = username.toLowerCase();
    return [...this.users.values()].find((user) => user.Username.toLowerCase() === wanted);
  }

  public loginOf(userId: string): records.UserLoginRecord | undefined {
    return [...this.userLogins.values()].find((login) => login.UserId === userId);
  }

  public permissionsOf(userId: string): ReadonlySet<string> {
    const assigned = [...this.assignments.values()].filter(({ AssigneeId }) => AssigneeId === userId);
    return new Set(assigned.flatMap(({ PermissionSetId }) => this.permissions.get(PermissionSetId) ?? []));
  }

  public logAudit(caller: string, Action: string, Display: string): void {
    const Id = this.mint.id('0Ym');
    const Section = 'External Client Apps';
    this.auditTrail.set(Id, { Id, Action, Section, Display, CreatedDate: this.timestamp(), CreatedById: caller });
  }

  /** The time as sObjects print it. */
  public timestamp(milliseconds: number = this.clock.now()): string {
    return new Date(milliseconds).toISOString().replace('Z', '+0000');
  }
}
