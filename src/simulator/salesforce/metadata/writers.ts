import { ComponentError } from '../errors.ts';
import { holdsAny, type Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { rulesOf } from './components.ts';

/** Who may write a type. That the permissions for external client apps are enforced so is unconfirmed: hence the knob. */
export const refuseWriter = ({ knobs }: SalesforceStore, type: string, caller: Caller): void => {
  const { writers } = rulesOf(type);
  const isOpen = !knobs.ecaPermissionsEnforced && writers.some((name) => name.startsWith('ExternalClientApp'));
  if (isOpen || holdsAny(caller, writers)) return;
  throw new ComponentError(
    'INSUFFICIENT_ACCESS_OR_READONLY',
    `insufficient access rights on ${type}: ${writers.join(' or ')} needed`
  );
};
