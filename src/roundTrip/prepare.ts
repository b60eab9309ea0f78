/**
 * Before anything is written: who travels, by which Okta app, and what stands against it. What a person must decide or
 * correct is an InputError; what makes a trip impossible disproves the claim without one.
 */
import { lacksRight, OktaAnswerError } from '../clients/okta/errors.ts';
import type { App, AppUserSchema, User } from '../clients/okta/types.ts';
import type { Person } from '../clients/salesforce/types.ts';
import type { EvidenceSource } from '../engine/check.ts';
import type { World } from '../engine/world.ts';
import { InputError } from '../errors.ts';
import { sight } from '../resources/approvals.ts';
import { evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { hidden, integrationUser, integrationUserObstacles } from '../resources/integrationUser.ts';
import { FEATURE, oktaApp, oktaAppObstacles, type OktaApp } from '../resources/oktaApp.ts';
import { oktaOrg } from '../resources/oktaOrg.ts';
import { targetOrg, type TargetOrg } from '../resources/targetOrg.ts';
import { settleProfile, type Profile } from './profile.ts';
import { DORMANT, USABLE, type Traveller } from './trip.ts';
import { refuseUnderWay } from './underWay.ts';

export interface Wishes {
  readonly smokeUser?: string | undefined;
  readonly smokeProfile?: string | undefined;
}

/** What this machine remembers of the last trip of the pair. */
export interface LastTrip {
  readonly login: string;
  readonly own: boolean;
  readonly assigned: boolean;
  readonly woken?: string;
  readonly salesforceId?: string;
}

export interface Impossible {
  readonly why: string;
  readonly evidence: readonly EvidenceSource[];
}

export interface Prepared {
  readonly org: TargetOrg;
  readonly traveller: Traveller;
  readonly profileName?: string;
  /** Absent where there is none, which makes the trip impossible. */
  readonly app?: App;
  readonly impossible?: Impossible;
}

export const prepare = async (world: World<Context>, wishes: Wishes, last: LastTrip | undefined): Promise<Prepared> => {
  const [org, okta] = await Promise.all([world.see(targetOrg), world.see(oktaApp), refuseUnclear(world)]);
  const app = okta.kind === 'found' ? okta.app : undefined;
  const { okta: client, salesforce } = world.context;
  const own = wishes.smokeUser === undefined;
  const login = wishes.smokeUser ?? (await ownLogin(world));
  const profile: Settled = app
    ? await profileFor(world, app, wishes.smokeProfile)
    : { kind: 'settled' as const, values: {} };
  const [oktaUser, person] = await Promise.all([client.user(login), salesforce.person({ username: login })]);
  if (own) {
    refuseSuspended(login, oktaUser);
    refuseUnderWay(login, oktaUser, { mine: last?.login === login ? last : undefined, now: world.context.now() });
  }
  if (!own && (last?.login !== login || !last.assigned)) refuseSomebodys(login, { oktaUser, person, okta });
  const profileName = profile.name ?? person?.Profile?.Name;
  const impossible = (await unconnected(world, okta)) ?? (await withoutSeat(world, profileName, person, last));
  return {
    org,
    traveller: { login, own, profile: profile.values, ...(oktaUser && { oktaUser }) },
    ...(profileName !== undefined && { profileName }),
    ...(app && { app }),
    ...(impossible && { impossible }),
  };
};

/** The pair must be clear, as `setup` wants it. */
const refuseUnclear = async (world: World<Context>): Promise<void> => {
  const { intent } = world.context;
  const [okta, integration] = await Promise.all([world.see(oktaApp), world.see(integrationUser)]);
  const [refused] = [
    ...(integration.kind === 'found' ? [] : integrationUserObstacles(integration, intent)),
    ...(okta.kind === 'found' ? [] : oktaAppObstacles(okta, intent)),
  ];
  if (refused) throw new InputError(refused.reason, refused.actions);
};

const refuseSuspended = (login: string, oktaUser: User | undefined): void => {
  if (!oktaUser || [...USABLE, ...DORMANT].includes(oktaUser.status)) return;
  throw new InputError(`The test user ${login} is ${oktaUser.status} in Okta.`, [
    `Open ${login} in Okta Admin Console > Directory > People and unsuspend it.`,
  ]);
};

/** One for each pair, and the same on every machine. Nobody receives mail there (RFC 2606). 80 characters at most in Salesforce. */
const ownLogin = async (world: World<Context>): Promise<string> => {
  const [{ id }, okta] = await Promise.all([world.see(targetOrg), world.see(oktaOrg)]);
  return `provisioning-test.${id}.${okta.id}@example.com`.toLowerCase();
};

const refuseSomebodys = (
  login: string,
  {
    oktaUser,
    person,
    okta,
  }: { readonly oktaUser: User | undefined; readonly person: Person | undefined; readonly okta: OktaApp }
): void => {
  const another = 'Name another Okta user by --smoke-user, or leave it out: then a user is made for the test.';
  if (!oktaUser) throw new InputError(`There is no user ${login} in the Okta org.`, [another]);
  if (!USABLE.includes(oktaUser.status))
    throw new InputError(`The Okta user ${login} is ${oktaUser.status}, and is not activated for a test.`, [another]);
  if (okta.kind === 'found' && okta.users.some(({ id }) => id === oktaUser.id))
    throw new InputError(`${login} is assigned to the Okta app already, and would lose its access by the test.`, [
      another,
    ]);
  if (person?.IsActive)
    throw new InputError(`${login} is an active user in Salesforce, whom the test would deactivate.`, [another]);
};

type Settled = Extract<Profile, { kind: 'settled' }>;

const profileFor = async (world: World<Context>, app: App, named: string | undefined): Promise<Settled> => {
  const { okta, salesforce } = world.context;
  const schema = await okta.appUserSchema(app.id).catch((error: unknown): AppUserSchema | undefined => {
    if (lacksRight(error) || error instanceof OktaAnswerError) return undefined;
    throw error;
  });
  const profile = settleProfile(schema, named);
  const choose = (choices: readonly string[]): string =>
    choices.length > 0
      ? `Add --smoke-profile with one of: ${choices.slice(0, 20).join(', ')}.`
      : 'Add --smoke-profile with the name of a Salesforce profile, such as "Standard User".';
  if (profile.kind === 'open')
    throw new InputError(
      schema
        ? 'The Okta app wants a Salesforce profile for each user, and does not say which for the test user.'
        : 'Whether the Okta app needs a Salesforce profile cannot be told: its schema could not be read, which takes okta.schemas.read.',
      [choose(profile.choices)]
    );
  if (profile.kind === 'unknown-name')
    throw new InputError(`The Okta app does not offer the profile "${profile.name}".`, [choose(profile.choices)]);
  const { name } = profile;
  if (named !== undefined && name !== undefined && (await salesforce.profileId(name)) === undefined)
    throw new InputError(`There is no Salesforce profile "${name}".`, [choose([])]);
  return profile;
};

/** `unproven` is no obstacle: a trip is what proves it. */
const unconnected = async (world: World<Context>, okta: OktaApp): Promise<Impossible | undefined> => {
  if (okta.kind !== 'found') return { why: 'there is no Okta app', evidence: [{ source: 'GET /api/v1/apps' }] };
  const { app } = okta;
  const source = [{ source: `GET /api/v1/apps/${app.id}`, record: app.id }];
  if (app.status !== 'ACTIVE') return { why: `the Okta app "${app.label}" is ${app.status}`, evidence: source };
  if (!app.features.includes(FEATURE.create))
    return { why: `Create Users is off in the Okta app "${app.label}"`, evidence: source };
  const [found, seen] = await Promise.all([world.see(evidence), world.see(sight)]);
  if (found.grant || found.otherUsers.length > 0 || !seen.own) return undefined;
  const { name } = world.context.intent.oauthApp;
  return { why: `nobody has approved ${name} in Salesforce`, evidence: [{ source: 'SOQL OauthToken' }] };
};

/** An active user takes a seat of its profile's licence. What may not be read is no reason to stop. */
const withoutSeat = async (
  { context: { salesforce } }: World<Context>,
  profile: string | undefined,
  person: Person | undefined,
  last: LastTrip | undefined
): Promise<Impossible | undefined> => {
  // Whoever an earlier run left is taken away first, and gives up a seat.
  if (profile === undefined || person?.IsActive || last?.assigned) return undefined;
  const license = await salesforce.licenseOfProfile(profile).catch(hidden);
  if (!license || license.UsedLicenses < license.TotalLicenses) return undefined;
  const used = `${license.UsedLicenses} of ${license.TotalLicenses} used`;
  return {
    why: `no ${license.Name} licence is free (${used})`,
    evidence: [{ source: 'SOQL UserLicense', record: license.Id }],
  };
};
