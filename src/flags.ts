/** Flags shared by the commands that name a pair and the state it is held to. */
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import {
  APP_TYPES,
  DEFAULT_APP_NAME,
  DEFAULT_CALLBACK_URL,
  INSTANCE_TYPES,
  IP_RELAXATIONS,
  PERMITTED_USERS,
  PROVISIONING_FEATURES,
} from './choices.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'pair');

/** How `verify` and `test` tell what they found. The formats are named here, so that `--help` loads no renderer. */
export const reportFlags = {
  since: Flags.string({
    summary: messages.getMessage('flags.since.summary'),
    description: messages.getMessage('flags.since.description'),
    default: '7d',
  }),
  'result-format': Flags.option({
    summary: messages.getMessage('flags.result-format.summary'),
    description: messages.getMessage('flags.result-format.description'),
    options: ['human', 'junit', 'markdown', 'html'] as const,
    multiple: true,
    default: ['human'],
  })(),
  'output-dir': Flags.directory({
    summary: messages.getMessage('flags.output-dir.summary'),
    default: 'okta-provisioning-results',
  }),
};

export const pairFlags = {
  'target-org': Flags.requiredOrg(),
  'api-version': Flags.orgApiVersion(),
  'okta-org': Flags.string({
    summary: messages.getMessage('flags.okta-org.summary'),
    description: messages.getMessage('flags.okta-org.description'),
  }),
  'okta-config': Flags.file({
    summary: messages.getMessage('flags.okta-config.summary'),
    description: messages.getMessage('flags.okta-config.description'),
  }),
  'app-type': Flags.option({
    summary: messages.getMessage('flags.app-type.summary'),
    description: messages.getMessage('flags.app-type.description'),
    options: APP_TYPES,
    default: 'external-client-app',
  })(),
  'app-name': Flags.string({ summary: messages.getMessage('flags.app-name.summary'), default: DEFAULT_APP_NAME }),
  'app-label': Flags.string({ summary: messages.getMessage('flags.app-label.summary'), default: 'Okta Provisioning' }),
  'callback-url': Flags.string({
    summary: messages.getMessage('flags.callback-url.summary'),
    default: DEFAULT_CALLBACK_URL,
  }),
  pkce: Flags.boolean({ summary: messages.getMessage('flags.pkce.summary'), default: true, allowNo: true }),
  'refresh-token-rotation': Flags.boolean({
    summary: messages.getMessage('flags.refresh-token-rotation.summary'),
    default: true,
    allowNo: true,
  }),
  'permitted-users': Flags.option({
    summary: messages.getMessage('flags.permitted-users.summary'),
    description: messages.getMessage('flags.permitted-users.description'),
    options: PERMITTED_USERS,
    default: 'self-authorize',
  })(),
  'ip-relaxation': Flags.option({
    summary: messages.getMessage('flags.ip-relaxation.summary'),
    options: IP_RELAXATIONS,
    default: 'enforce',
  })(),
  'integration-user': Flags.string({
    summary: messages.getMessage('flags.integration-user.summary'),
    description: messages.getMessage('flags.integration-user.description'),
  }),
  'okta-app-id': Flags.string({ summary: messages.getMessage('flags.okta-app-id.summary') }),
  'okta-app-label': Flags.string({
    summary: messages.getMessage('flags.okta-app-label.summary'),
    description: messages.getMessage('flags.okta-app-label.description'),
  }),
  'instance-type': Flags.option({
    summary: messages.getMessage('flags.instance-type.summary'),
    description: messages.getMessage('flags.instance-type.description'),
    options: INSTANCE_TYPES,
  })(),
  'provisioning-feature': Flags.option({
    summary: messages.getMessage('flags.provisioning-feature.summary'),
    options: PROVISIONING_FEATURES,
    multiple: true,
    default: ['create', 'update', 'deactivate'],
  })(),
};
