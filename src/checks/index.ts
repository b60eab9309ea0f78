import type { Check } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { appCallback } from './appCallback.ts';
import { appExists } from './appExists.ts';
import { appFlowsOff } from './appFlowsOff.ts';
import { appIdleLimit } from './appIdleLimit.ts';
import { appIpRelaxation } from './appIpRelaxation.ts';
import { appPermittedUsers } from './appPermittedUsers.ts';
import { appPkce } from './appPkce.ts';
import { appRefreshTokenPolicy } from './appRefreshTokenPolicy.ts';
import { appRefreshTokenRotation } from './appRefreshTokenRotation.ts';
import { appScopes } from './appScopes.ts';
import { appSecretRequired } from './appSecretRequired.ts';
import { grantErrors } from './grantErrors.ts';
import { grantExists } from './grantExists.ts';
import { grantLastUsed } from './grantLastUsed.ts';
import { grantSlots } from './grantSlots.ts';
import { grantUser } from './grantUser.ts';
import { oktaAppActive } from './oktaAppActive.ts';
import { oktaAppInstanceType } from './oktaAppInstanceType.ts';
import { oktaAssignments } from './oktaAssignments.ts';
import { oktaConnectionCheck } from './oktaConnection.ts';
import { oktaFeaturesCheck } from './oktaFeatures.ts';
import { oktaLogCheck } from './oktaLog.ts';
import { orgApi } from './orgApi.ts';
import { orgApiAccessControl } from './orgApiAccessControl.ts';
import { orgTrial } from './orgTrial.ts';
import { secretAccessCheck } from './secretAccess.ts';
import { temporaryAccess } from './temporaryAccess.ts';
import { userActive } from './userActive.ts';
import { userLeastPrivilege } from './userLeastPrivilege.ts';
import { userLicense } from './userLicense.ts';
import { userNotFrozen } from './userNotFrozen.ts';
import { userPermissionsCheck } from './userPermissions.ts';

/** Every claim of `verify`, in reading order. */
export const CHECKS: ReadonlyArray<Check<Context>> = [
  orgApi,
  orgTrial,
  orgApiAccessControl,
  appExists,
  appCallback,
  appScopes,
  appPkce,
  appRefreshTokenRotation,
  appSecretRequired,
  appFlowsOff,
  appRefreshTokenPolicy,
  appIdleLimit,
  appPermittedUsers,
  appIpRelaxation,
  secretAccessCheck,
  temporaryAccess,
  userActive,
  userNotFrozen,
  userLicense,
  userPermissionsCheck,
  userLeastPrivilege,
  grantExists,
  grantUser,
  grantSlots,
  grantLastUsed,
  grantErrors,
  oktaAppActive,
  oktaAppInstanceType,
  oktaConnectionCheck,
  oktaFeaturesCheck,
  oktaAssignments,
  oktaLogCheck,
];
