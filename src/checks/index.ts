import type { Check } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { appCallback } from './appCallback.ts';
import { appExists } from './appExists.ts';
import { appFlowsOff } from './appFlowsOff.ts';
import { appIpRelaxation } from './appIpRelaxation.ts';
import { appPermittedUsers } from './appPermittedUsers.ts';
import { appPkce } from './appPkce.ts';
import { appRefreshTokenPolicy } from './appRefreshTokenPolicy.ts';
import { appRefreshTokenRotation } from './appRefreshTokenRotation.ts';
import { appScopes } from './appScopes.ts';
import { appSecretRequired } from './appSecretRequired.ts';
import { grantExists } from './grantExists.ts';
import { grantUser } from './grantUser.ts';
import { oktaAppActive } from './oktaAppActive.ts';
import { oktaAppInstanceType } from './oktaAppInstanceType.ts';
import { oktaAssignments } from './oktaAssignments.ts';
import { oktaConnectionCheck } from './oktaConnection.ts';
import { oktaFeaturesCheck } from './oktaFeatures.ts';
import { orgApi } from './orgApi.ts';
import { userActive } from './userActive.ts';
import { userNotFrozen } from './userNotFrozen.ts';
import { userPermissions } from './userPermissions.ts';

/** Every claim of `verify`, in reading order. */
export const CHECKS: ReadonlyArray<Check<Context>> = [
  orgApi,
  appExists,
  appCallback,
  appScopes,
  appPkce,
  appRefreshTokenRotation,
  appSecretRequired,
  appFlowsOff,
  appRefreshTokenPolicy,
  appPermittedUsers,
  appIpRelaxation,
  userActive,
  userNotFrozen,
  userPermissions,
  grantExists,
  grantUser,
  oktaAppActive,
  oktaAppInstanceType,
  oktaConnectionCheck,
  oktaFeaturesCheck,
  oktaAssignments,
];
