import { expect } from 'chai';
import { judgeEvidence, newest } from '../../src/resources/connection.ts';

const at = (minute: number): string => `2026-09-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const grant = (minute: number, UserId = 'user'): Parameters<typeof judgeEvidence>[0]['grants'][number] => ({
  UserId,
  grantedAt: at(minute),
});
const event = (eventType: string, minute: number, result = 'SUCCESS') => ({
  uuid: `${eventType}${minute}`,
  eventType,
  published: at(minute),
  outcome: { result, reason: result === 'SUCCESS' ? null : 'because' },
});
const login = (LoginSubType: string, minute: number, Status = 'Success') => ({
  UserId: 'user',
  LoginTime: at(minute),
  LoginSubType,
  Status,
});

type Facts = Parameters<typeof judgeEvidence>[0];
const NOTHING: Facts = { grants: [], userId: 'user', features: [], logins: [], log: [] };
const ON = ['IMPORT_NEW_USERS'];

describe('evidence of the connection', () => {
  const table: Array<[string, Partial<Facts>, string]> = [
    ['nothing', {}, 'waiting'],
    ['features that were on before, without an approval', { features: ON }, 'waiting'],
    ['an approval alone, which appears before Save', { grants: [grant(1)] }, 'waiting'],
    [
      'an approval, and an old Save',
      { grants: [grant(5)], features: ON, log: [event('application.lifecycle.update', 4)] },
      'unproven',
    ],
    ['an approval and features without anything later', { grants: [grant(1)], features: ON }, 'unproven'],
    [
      'an approval and a later Save',
      { grants: [grant(1)], features: ON, log: [event('application.lifecycle.update', 2)] },
      'connected',
    ],
    [
      'a later Save that failed',
      { grants: [grant(1)], features: ON, log: [event('application.lifecycle.update', 2, 'FAILURE')] },
      'unproven',
    ],
    [
      'the login that the code exchange itself writes',
      { grants: [grant(1)], features: ON, logins: [login('OauthWebServer', 2)] },
      'unproven',
    ],
    ['a later refresh', { grants: [grant(1)], features: ON, logins: [login('OauthRefreshToken', 2)] }, 'connected'],
    [
      'a later refresh that failed',
      { grants: [grant(1)], features: ON, logins: [login('OauthRefreshToken', 2, 'Failed')] },
      'unproven',
    ],
    [
      'a user provisioned later',
      { grants: [grant(1)], features: ON, log: [event('application.provision.user.push', 2)] },
      'connected',
    ],
    [
      'a failure after the proof',
      {
        grants: [grant(1)],
        features: ON,
        log: [
          event('application.lifecycle.update', 2),
          event('application.integration.authentication_failure', 3, 'FAILURE'),
        ],
      },
      'unproven',
    ],
    [
      'a proof after the failure',
      {
        grants: [grant(1)],
        features: ON,
        log: [event('application.configuration.update', 2, 'FAILURE'), event('application.lifecycle.update', 3)],
      },
      'connected',
    ],
    ['an approval by somebody else', { grants: [grant(1, 'other')], features: ON }, 'wrong-user'],
    [
      'approvals by both, and a later Save',
      { grants: [grant(1, 'other'), grant(2)], features: ON, log: [event('application.lifecycle.update', 3)] },
      'connected',
    ],
    [
      'an approval whose time is not known',
      { grants: [{ UserId: 'user' }], features: ON, log: [event('application.lifecycle.update', 3)] },
      'unproven',
    ],
  ];
  for (const [what, facts, state] of table)
    it(`is ${state} when there is ${what}`, () => {
      expect(judgeEvidence({ ...NOTHING, ...facts }).state).to.equal(state);
    });

  it('compares times, not their spelling', () => {
    const older = { UserId: 'user', grantedAt: '2026-09-01T10:00:00.000+0000' };
    expect(newest([older, grant(1)])?.grantedAt).to.equal(at(1));
  });

  it('names the others who approved', () => {
    expect(judgeEvidence({ ...NOTHING, grants: [grant(1, 'other')] }).otherUsers).to.deep.equal(['other']);
  });
});
