/**
 * What to do where Okta took a value of the app and did not keep it: the page of the Admin Console, by the names of
 * contracts/okta.md §9.3 and §9.4 (docs/sources.md).
 */
import { Messages } from '@salesforce/core';
import type { Change } from '../engine/change.ts';
import { INSTANCE_TYPE } from './oktaApp.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'handshake');

const FEATURES = 'okta.features.';

export const oktaRemedies = ({ path, from, to }: Change, label: string): string[] => {
  if (path.startsWith(FEATURES))
    return [
      `In the Okta Admin Console, switch ${String(to)} "${messages.getMessage(`box.${path.slice(FEATURES.length)}`)}" in Applications > Applications > ${label} > Provisioning > To App, and press Save.`,
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
