/** `rehearse` in the real `sf`: it starts itself again as child processes, in a home of their own. */
import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { API_TOKEN } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, type Household, type SfResult } from '../helpers/sfCli.ts';

const [ADMIN] = documentedWorld().users;
const SECRETS = [API_TOKEN, ADMIN?.password ?? '', ADMIN?.cliAccessToken ?? ''];

const lastLine = ({ stdout }: SfResult): string => stdout.trim().split('\n').at(-1) ?? '';

describe('sf okta rehearse', () => {
  let people: Household;
  let journey: SfResult;
  before(async () => {
    people = await household();
    journey = await people.sf(['okta', 'rehearse']);
  });

  it('travels the whole journey and says in its last line that it ended as it should', () => {
    expect(journey.exitCode, journey.stdout + journey.stderr).to.equal(0);
    expect(lastLine(journey)).to.match(/^Ended as it should: \d+ things proved in [\d.]+ seconds/);
    expect(journey.stdout).to.not.include('NOT SO');
  });

  it('gives no secret away, in its output or to a child process as an argument', async () => {
    if (process.platform === 'linux') expect(journey.commandLines.join('\n')).to.match(/org login access-token/);
    await noSecrets(SECRETS, journey.stdout, journey.stderr, ...journey.commandLines);
  });

  it('leaves nothing behind', async () => {
    expect(await readdir(people.temporary)).to.deep.equal([]);
    await noSecrets(SECRETS, ...people.folders.map((folder) => ({ folder })));
  });

  it('proves in the world in-use that what is in use is left alone, and says so in JSON', async () => {
    const { exitCode, stderr, json } = await people.sf(['okta', 'rehearse', '--scenario', 'in-use', '--json']);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const { result } = json<{ result: { scenario: string; ended: string; proved: Array<{ holds: boolean }> } }>();
    expect(result).to.include({ scenario: 'in-use', ended: 'as-it-should' });
    expect(result.proved.every(({ holds }) => holds)).to.equal(true);
  });

  it('lets the CLI not update itself meanwhile', async () => {
    expect(await people.startedByName()).to.deep.equal([]);
  });
});

describe('sf okta rehearse --serve', () => {
  it('prints how to reach two orgs that answer, until it is interrupted', async () => {
    const people = await household();
    const ctrlC = new AbortController();
    const answers: Array<Promise<number>> = [];
    const status = async (url: string, authorization: string): Promise<number> =>
      (await fetch(url, { headers: { authorization } })).status;
    const served: Record<string, string> = {};
    const { exitCode, stdout, stderr } = await people.sf(['okta', 'rehearse', '--serve'], {
      signal: ctrlC.signal,
      onLine: (line) => {
        const [, name, value] = /^export (\w+)='(.*)'$/.exec(line) ?? [];
        if (name !== undefined) served[name] = value ?? '';
        const salesforceUrl = /^sf org login .*--instance-url (\S+)/.exec(line)?.[1];
        if (salesforceUrl !== undefined) served['salesforce'] = salesforceUrl;
        if (!/logs in to Salesforce as/.test(line)) return; // its last line
        answers.push(
          status(`${served['salesforce']}/services/oauth2/userinfo`, `Bearer ${served['SF_ACCESS_TOKEN']}`),
          status(`${served['OKTA_CLIENT_ORGURL']}/api/v1/apps`, `SSWS ${served['OKTA_CLIENT_TOKEN']}`)
        );
        void Promise.allSettled(answers).then(() => ctrlC.abort());
      },
    });
    expect(await Promise.all(answers)).to.deep.equal([200, 200]);
    expect(stdout).to.match(/^sf okta provisioning setup .*--callback-url http/m);
    expect(stdout).to.match(/^sf okta provisioning verify .*--callback-url http/m);
    expect([0, 130], stderr).to.include(exitCode);
    await expectGone(served['OKTA_CLIENT_ORGURL'] ?? '');
  });
});

const expectGone = async (url: string): Promise<void> => {
  const answer = await fetch(url).catch(() => undefined);
  expect(answer, `${url} still answers`).to.equal(undefined);
};
