import type { FieldMap } from '../records.ts';
import type { SalesforceStore } from '../store.ts';

/** The field that is presumed to show the limit of idle refresh tokens (§15.1). */
export const idleLimitField = ({ knobs }: SalesforceStore): FieldMap =>
  knobs.idleLimit === 'on' || knobs.idleLimit === 'off'
    ? { isEnforceRefreshTokenTTL: String(knobs.idleLimit === 'on') }
    : {};
