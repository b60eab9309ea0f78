/**
 * What to do where Okta took a value of the app and did not keep it: the page of the Admin Console, by the names of
 * contracts/okta.md §9.3 and §9.4 (docs/sources.md).
 */
import type { Change } from '../engine/change.ts';
import { INSTANCE_TYPE } from './oktaApp.ts';

const BOXES: Readonly<Record<string, string>> = {
  'okta.features.create': 'Create Users',
  'okta.features.update': 'Update User Attributes',
  'okta.features.deactivate': 'Deactivate Users',
  'okta.features.sync-password': 'Sync Password',
};

export const oktaRemedies = ({ path, from, to }: Change, label: string): string[] => {
  const box = BOXES[path];
  if (box !== undefined)
    return [
      `In the Okta Admin Console, switch ${String(to)} "${box}" in Applications > Applications > ${label} > Provisioning > To App, and press Save.`,
    ];
  return path === INSTANCE_TYPE
    ? [
        `In the Okta Admin Console, set it in Applications > Applications > ${label} > General > App Settings > Instance Type.`,
        ...(typeof from === 'string' && from !== ''
          ? [`Or accept what is there: run the same command with --instance-type ${from.toLowerCase()}.`]
          : []),
        'Or add --okta-app-label with a new label to make an app of its own for this org.',
      ]
    : [
        `In the Okta Admin Console, activate the app in Applications > Applications > ${label}; Okta may say there why it stays inactive.`,
      ];
};
