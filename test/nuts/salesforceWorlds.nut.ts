/** Every world in which Salesforce is another than usual, travelled in the real `sf`. */
import { expect } from 'chai';
import { household, type Household } from '../helpers/sfCli.ts';

const WORLDS = [
  'connected-apps-allowed',
  'locked-policies',
  'slow-propagation',
  'trial',
  'sandbox',
  'pre-authorized',
  'frozen-user',
];

describe('sf okta rehearse --scenario', () => {
  let people: Household;
  before(async () => {
    people = await household();
  });

  for (const world of WORLDS)
    it(`${world} ends as its line says`, async () => {
      const { exitCode, stdout, stderr } = await people.sf(['okta', 'rehearse', '--scenario', world]);
      expect(stdout + stderr).to.not.include('NOT SO');
      expect(exitCode, stdout + stderr).to.equal(0);
    });
});
