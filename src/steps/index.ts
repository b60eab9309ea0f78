import type { Step } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { oktaAppStep } from './oktaApp.ts';
import { oktaConnection } from './oktaConnection.ts';
import { oktaFeatures } from './oktaFeatures.ts';
import { salesforceApp } from './salesforceApp.ts';
import { salesforceAppKnown } from './salesforceAppKnown.ts';
import { salesforceAppPolicy } from './salesforceAppPolicy.ts';
import { salesforceOrg } from './salesforceOrg.ts';
import { salesforceUser } from './salesforceUser.ts';
import { salesforceUserLogin } from './salesforceUserLogin.ts';

/** Every step of `setup`, in reading order. */
export const STEPS: ReadonlyArray<Step<Context>> = [
  salesforceOrg,
  salesforceApp,
  salesforceUser,
  salesforceAppPolicy,
  oktaAppStep,
  salesforceUserLogin,
  salesforceAppKnown,
  oktaConnection,
  oktaFeatures,
];
