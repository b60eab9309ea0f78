import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { secretAccess, type SecretAccess } from '../resources/left.ts';
import { skipped } from './compared.ts';

export const secretAccessCheck = defineCheck<SecretAccess, Context>({
  id: 'salesforce.secret-access',
  resource: secretAccess,
  judge: ({ on, ours }) => {
    if (on === undefined) return skipped('this org has no such setting');
    return {
      status: on ? (ours ? 'fail' : 'warn') : 'pass',
      expected: 'off',
      actual: on ? (ours ? 'on, and an earlier run of setup left it on' : 'on') : 'off',
      evidence: [
        { source: 'metadata ExternalClientAppSettings.enableClientSecretInRestApiAccess', record: 'ExternalClientApp' },
        ...(on && ours ? [{ source: 'journal of this machine' }] : []),
      ],
    };
  },
});
