/**
 * An event of the System Log as Okta answers it, complete in shape. contracts/okta.md §5.1, §5.2
 * - `published` has milliseconds, unlike every other time
 * - not simulated: geography, devices, `legacyEventType`
 */
import type { Author, EventRecord, Json } from '../records.ts';

const MESSAGES: Readonly<Record<string, string>> = {
  'application.provision.user.push': 'Push new user to external application',
  'application.provision.user.push_profile': "Push user's profile to external application",
  'application.provision.user.sync': 'Sync user in external application',
  'application.provision.user.verify_exists': 'Verify user exists in external application',
  'application.provision.user.deactivate': 'Deactivate user in external application',
  'application.provision.user.reactivate': 'Reactivate user in external application',
  'app.user_management.push_new_user_success': 'Successfully pushed new user account to app',
  'application.user_membership.add': 'Add user to application membership',
  'application.user_membership.update': "Update user's application membership",
  'application.user_membership.remove': "Remove user's application membership",
  'application.lifecycle.create': 'Create application',
  'application.lifecycle.update': 'Update application',
  'application.lifecycle.activate': 'Activate application',
  'application.lifecycle.deactivate': 'Deactivate application',
  'application.lifecycle.delete': 'Delete application',
  'application.configuration.update': "Okta couldn't verify api credentials",
  'application.configuration.import_schema': "Okta couldn't download application configuration",
  'application.integration.authentication_failure': 'Authentication failure at the remote API',
  'application.integration.general_failure': 'Failure at the remote API',
};

export const eventWire = (event: EventRecord): Json => {
  const { author } = event;
  return {
    actor: actorWire(author),
    client: clientWire(author),
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: author.transactionId,
      externalSessionId: author.transactionId,
    },
    displayMessage: MESSAGES[event.eventType] ?? event.eventType,
    eventType: event.eventType,
    outcome: { result: event.result, reason: event.reason },
    published: new Date(event.published).toISOString(),
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    severity: event.result === 'FAILURE' ? 'ERROR' : 'INFO',
    debugContext: {
      debugData: { requestId: author.transactionId, requestUri: author.requestUri, url: author.requestUri },
    },
    legacyEventType: null,
    transaction: {
      type: author.kind,
      id: author.transactionId,
      detail: author.apiTokenId === undefined ? {} : { requestApiTokenId: author.apiTokenId },
    },
    uuid: event.uuid,
    version: '0',
    request: {
      ipChain:
        author.kind === 'WEB' ? [{ ip: '127.0.0.1', geographicalContext: null, version: 'V4', source: null }] : [],
    },
    target: event.targets.map((target) => ({ ...target })),
  };
};

const actorWire = ({ user }: Author): Json =>
  user
    ? {
        id: user.id,
        type: 'User',
        alternateId: user.profile.login,
        displayName: `${user.profile.firstName} ${user.profile.lastName}`,
        detailEntry: null,
      }
    : {
        id: 'sprSIMULATED',
        type: 'SystemPrincipal',
        alternateId: 'system@okta.com',
        displayName: 'Okta System',
        detailEntry: null,
      };

const clientWire = ({ kind, userAgent }: Author): Json => ({
  userAgent: kind === 'WEB' ? { rawUserAgent: userAgent, os: 'Unknown', browser: 'UNKNOWN' } : null,
  zone: 'null',
  device: kind === 'WEB' ? 'Unknown' : null,
  id: null,
  ipAddress: kind === 'WEB' ? '127.0.0.1' : null,
  geographicalContext: null,
});
