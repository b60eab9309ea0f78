import type { ClientPair } from './engine/salesforce.ts';
import type {
  AccessTokenRecord,
  ApiTokenRecord,
  AppRecord,
  AssignmentRecord,
  ConnectionRecord,
  DraftRecord,
  EventRecord,
  OrgRecord,
  PendingAuthorization,
  ServiceAppRecord,
  UserRecord,
} from './records.ts';

/** All that the simulated org knows. Iteration order is the order of creation, which is also the order of lists. */
export class OktaStore {
  public org: OrgRecord = { id: '', name: '', subdomain: '', created: 0, expiresAt: null };
  public readonly apiTokens: ApiTokenRecord[] = [];
  public readonly serviceApps: ServiceAppRecord[] = [];
  /** By value. */
  public readonly accessTokens = new Map<string, AccessTokenRecord>();
  /** `jti` of client assertions. */
  public readonly usedAssertions = new Set<string>();
  public readonly users = new Map<string, UserRecord>();
  public readonly apps = new Map<string, AppRecord>();
  /** By app id. */
  public readonly connections = new Map<string, ConnectionRecord>();
  public readonly assignments: AssignmentRecord[] = [];
  public readonly events: EventRecord[] = [];
  /** By app id. */
  public readonly drafts = new Map<string, DraftRecord>();
  /** By `state`. */
  public readonly pending = new Map<string, PendingAuthorization>();

  /** What the person of the control endpoint has typed into an open form, by app id. */
  public readonly typed = new Map<string, ClientPair>();

  public clear(): void {
    const { users, apps, connections, drafts, pending, typed, accessTokens, usedAssertions } = this;
    for (const map of [users, apps, connections, drafts, pending, typed, accessTokens, usedAssertions]) map.clear();
    for (const list of [this.apiTokens, this.serviceApps, this.assignments, this.events]) list.length = 0;
  }

  public userBy(idOrLogin: string): UserRecord | undefined {
    return this.users.get(idOrLogin) ?? [...this.users.values()].find(({ profile }) => profile.login === idOrLogin);
  }

  public assignment(appId: string, userId: string): AssignmentRecord | undefined {
    return this.assignments.find((one) => one.appId === appId && one.userId === userId);
  }

  /** Forgets the assignment; false where there is none. */
  public unassign(record: AssignmentRecord): boolean {
    const at = this.assignments.indexOf(record);
    if (at < 0) return false;
    this.assignments.splice(at, 1);
    return true;
  }

  /** Canonical JSON of what the org stores. Open forms, pending sign-ins and the System Log are left out. */
  public snapshot(): string {
    const { org, apiTokens, users, apps, connections, assignments } = this;
    return canonical({
      org,
      apiTokens,
      users: [...users.values()],
      apps: [...apps.values()],
      connections: Object.fromEntries(connections),
      assignments,
    });
  }
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  );
