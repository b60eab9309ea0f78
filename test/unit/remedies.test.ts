/** What is said where a vendor took a value and did not keep it: something to do for each, and no flag that there is not. */
import { expect } from 'chai';
import { appRemedies } from '../../src/resources/appRemedies.ts';
import { oktaRemedies } from '../../src/resources/oktaRemedies.ts';
import { userRemedies } from '../../src/resources/userRemedies.ts';

const APP = { type: 'external-client-app', name: 'Okta_Provisioning' } as const;
const ofApp = (path: string, from: boolean | string): string => appRemedies({ path, from, to: '' }, APP).join('\n');

describe('remedies', () => {
  const flags: Array<[string, boolean | string, string]> = [
    ['salesforce.app.pkce', true, 'without --no-pkce'],
    ['salesforce.app.pkce', false, 'with --no-pkce'],
    ['salesforce.app.permitted-users.policy', 'self-authorize', 'with --permitted-users self-authorize'],
    ['salesforce.app.ip-relaxation', 'enforce', 'with --ip-relaxation enforce'],
  ];
  for (const [path, from, flag] of flags)
    it(`of ${path} that reads back as ${from} are the field, and ${flag}`, () => {
      expect(ofApp(path, from)).to.include('In Salesforce Setup, set').and.include(flag);
    });

  it('offer no flag for a value that no flag can ask for', () => {
    for (const path of ['salesforce.app.permitted-users.integration-user', 'salesforce.app.ip-relaxation'])
      expect(ofApp(path, 'not authorized')).to.include('In Salesforce Setup, set').and.not.include('--');
    expect(ofApp('salesforce.app.refresh-token-policy', 'zero')).to.include('until revoked').and.not.include('--');
  });

  it('of a box of Okta name the box, and whether to tick it', () => {
    for (const [path, box] of [
      ['okta.features.create', 'Create Users'],
      ['okta.features.update', 'Update User Attributes'],
      ['okta.features.deactivate', 'Deactivate Users'],
      ['okta.features.sync-password', 'Sync Password'],
    ] as const)
      expect(oktaRemedies({ path, from: 'on', to: 'off' }, 'CRM').join()).to.include(
        `switch off "${box}" in Applications > Applications > CRM > Provisioning > To App`
      );
  });

  it('of a user that reads back as absent name it', () => {
    expect(userRemedies({ path: 'salesforce.user.exists', to: '' }, 'o@x.example').join()).to.include('o@x.example');
  });
});
