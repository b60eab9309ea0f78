/** Flags of `setup` alone, by what they are about. */
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { GRANT_PERMISSIONS, HANDSHAKES, SECRET_ACCESSES } from './choices.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.setup');

export const salesforceFlags = {
  'contact-email': Flags.string({ summary: messages.getMessage('flags.contact-email.summary') }),
  'create-integration-user': Flags.boolean({
    summary: messages.getMessage('flags.create-integration-user.summary'),
    description: messages.getMessage('flags.create-integration-user.description'),
  }),
  'integration-user-email': Flags.string({ summary: messages.getMessage('flags.integration-user-email.summary') }),
  'grant-permissions': Flags.option({
    summary: messages.getMessage('flags.grant-permissions.summary'),
    description: messages.getMessage('flags.grant-permissions.description'),
    options: GRANT_PERMISSIONS,
    default: 'profile',
  })(),
  'grant-temporarily': Flags.boolean({ summary: messages.getMessage('flags.grant-temporarily.summary') }),
  'secret-access': Flags.option({
    summary: messages.getMessage('flags.secret-access.summary'),
    description: messages.getMessage('flags.secret-access.description'),
    options: SECRET_ACCESSES,
    // Not filled in: it matters whether it was asked for.
    defaultHelp: 'temporary',
  })(),
};

export const handshakeFlags = {
  handshake: Flags.option({
    summary: messages.getMessage('flags.handshake.summary'),
    description: messages.getMessage('flags.handshake.description'),
    options: HANDSHAKES,
    default: 'auto',
  })(),
  'show-link': Flags.boolean({
    summary: messages.getMessage('flags.show-link.summary'),
    description: messages.getMessage('flags.show-link.description'),
    exclusive: ['json'],
  }),
  reauthenticate: Flags.boolean({ summary: messages.getMessage('flags.reauthenticate.summary') }),
};

export const companionFlags = {
  'no-browser': Flags.boolean({ summary: messages.getMessage('flags.no-browser.summary') }),
  'companion-port': Flags.integer({
    summary: messages.getMessage('flags.companion-port.summary'),
    description: messages.getMessage('flags.companion-port.description'),
    min: 1024,
    max: 65_535,
  }),
};
