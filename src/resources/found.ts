/** What a dry run shows of what was read: facts of the target org that decide whether the rest can work. Pure. */
import type { OwnPermission } from '../clients/salesforce/people.ts';
import type { User } from '../clients/salesforce/types.ts';
import type { Found } from '../engine/step.ts';
import { APP_WORDS, type App, type AppType } from './app.ts';
import { missingPermissions, type IntegrationUser } from './integrationUser.ts';
import type { OauthApp } from './oauthApp.ts';
import type { Preflight } from './preflight.ts';
import { trialDaysLeft } from './targetOrg.ts';

/** Of the running user: what the writes take, in the order of need. */
const OWN: readonly OwnPermission[] = [
  'ApiEnabled',
  'CustomizeApplication',
  'ModifyMetadata',
  'ExternalClientAppDeveloper',
  'ExternalClientAppAdmin',
  'ViewClientSecret',
  'ManageRemoteAccess',
  'ManageUsers',
  'ManageProfilesPermissionsets',
  'AssignPermissionSets',
];

const NOT_SHOWN = 'not shown';

const onOff = (on: boolean | undefined): string => (on === undefined ? NOT_SHOWN : on ? 'on' : 'off');
const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

const licenseOf = ({ Profile }: User): string => Profile?.UserLicense?.Name ?? NOT_SHOWN;

export const foundOfOrg = ({ org, settings, running, permissions, license }: Preflight, now: number): Found[] => {
  const days = trialDaysLeft(org, now);
  return [
    { name: 'API', value: 'answers' },
    { name: 'edition', value: org.edition },
    { name: 'kind of org', value: org.kind },
    ...(days === undefined ? [] : [{ name: 'days left of the trial', value: days }]),
    { name: 'API access control', value: onOff(settings.approvedAppsOnly) },
    { name: 'client secrets readable through REST', value: onOff(settings.secretsReadable) },
    { name: 'free Salesforce licences', value: seats(license) },
    { name: 'logged in as', value: org.username },
    ...(running
      ? [
          { name: 'licence of this user', value: licenseOf(running) },
          { name: 'profile of this user', value: running.Profile?.Name ?? NOT_SHOWN },
        ]
      : []),
    { name: 'permissions of this user', value: listed(OWN.filter((one) => permissions.has(one))) },
    { name: 'permissions this user lacks', value: listed(OWN.filter((one) => !permissions.has(one))) },
  ];
};

const seats = (license: Preflight['license']): string =>
  license ? `${license.TotalLicenses - license.UsedLicenses} of ${license.TotalLicenses}` : NOT_SHOWN;

export const foundOfApp = ({ app, others, grants }: OauthApp): Found[] => {
  const names = (type: AppType): string =>
    listed([...(app ? [app] : []), ...others].filter((one: App) => one.type === type).map(({ name }) => name));
  return [
    ...(Object.keys(APP_WORDS) as AppType[]).map((type) => ({ name: `${APP_WORDS[type]}s there`, value: names(type) })),
    ...(app ? [{ name: `approvals of ${app.name}`, value: grants.length }] : []),
  ];
};

export const foundOfUser = (state: IntegrationUser): Found[] => {
  if (state.kind === 'unnamed') return [];
  if (state.kind === 'absent') return [{ name: 'integration user', value: `${state.username}, not there` }];
  const { user, frozen, permissions } = state;
  return [
    { name: 'integration user', value: user.Username },
    { name: 'state', value: user.IsActive ? 'active' : 'inactive' },
    { name: 'frozen', value: frozen === undefined ? NOT_SHOWN : frozen ? 'yes' : 'no' },
    { name: 'licence', value: licenseOf(user) },
    { name: 'profile', value: user.Profile?.Name ?? NOT_SHOWN },
    { name: 'permissions', value: listed([...permissions]) },
    { name: 'permissions it lacks', value: listed(missingPermissions(state)) },
    { name: 'last login', value: user.LastLoginDate ?? 'never' },
  ];
};
