/** `rehearse` in the real `sf`: it starts itself again as child processes, in a home of their own. */
import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { API_TOKEN } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, type Household, type SfResult } from '../helpers/sfCli.ts';
import { until } from './until.ts';

const [ADMIN] = documentedWorld().users;
const SECRETS = [API_TOKEN, ADMIN?.password ?? '', ADMIN?.cliAccessToken ?? ''];

const lastLine = ({ stdout }: SfResult): string => stdout.trim().split('\n').at(-1) ?? '';

describe('sf okta rehearse', () => {
  let people: Household;
  let journey: SfResult;
  let inUse: SfResult;
  before(async () => {
    people = await household();
    [journey, inUse] = await Promise.all([
      people.sf(['okta', 'rehearse']),
      people.sf(['okta', 'rehearse', '--scenario', 'in-use', '--json']),
    ]);
  });

  it('travels the whole journey and says in its last line that it ended as it should', () => {
    expect(journey.exitCode, journey.stdout + journey.stderr).to.equal(0);
    expect(lastLine(journey)).to.match(/^Ended as it should: \d+ things proved in [\d.]+ seconds/);
    expect(journey.stdout).to.not.include('NOT SO');
  });

  it('gives no secret away, in its output or to a child process as an argument', async () => {
    if (process.platform === 'linux') expect(journey.commandLines.join('\n')).to.include('org login access-token');
    for (const { stdout, stderr, commandLines } of [journey, inUse])
      await noSecrets(SECRETS, stdout, stderr, ...commandLines);
  });

  it('leaves nothing behind', async () => {
    expect(await readdir(people.temporary)).to.deep.equal([]);
    await noSecrets(SECRETS, ...people.folders.map((folder) => ({ folder })));
  });

  it('proves in the world in-use that what is in use is left alone, and says so in JSON', () => {
    const { exitCode, stderr, json } = inUse;
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const { result } = json<{ result: { scenario: string; ended: string; proved: Array<{ holds: boolean }> } }>();
    expect(result).to.include({ scenario: 'in-use', ended: 'as-it-should' });
    expect(result.proved.every(({ holds }) => holds)).to.equal(true);
  });

  it('keeps the CLI from updating itself meanwhile', async () => {
    expect(await people.startedByName()).to.deep.equal([]);
  });
});

describe('sf okta rehearse --serve', () => {
  const lines: string[] = [];
  const served = (pattern: RegExp): string => lines.map((line) => pattern.exec(line)?.[1]).find(Boolean) ?? '';
  const status = async (url: string, authorization: string): Promise<number | undefined> =>
    (await fetch(url, { headers: { authorization } }).catch(() => undefined))?.status;

  /** What both orgs say to what was printed about them. */
  const ask = async (): Promise<Array<number | undefined>> => [
    await status(
      `${served(/^sf org login .*--instance-url (\S+)/)}/services/oauth2/userinfo`,
      `Bearer ${served(/^export SF_ACCESS_TOKEN='(.*)'$/)}`
    ),
    await status(
      `${served(/^export OKTA_CLIENT_ORGURL='(.*)'$/)}/api/v1/apps`,
      `SSWS ${served(/^export OKTA_CLIENT_TOKEN='(.*)'$/)}`
    ),
  ];

  it('prints how to reach two orgs, which answer until it is interrupted', async () => {
    const people = await household();
    const ctrlC = new AbortController();
    const running = people.sf(['okta', 'rehearse', '--serve'], {
      signal: ctrlC.signal,
      onLine: (line) => lines.push(line),
    });
    try {
      const printed = until(() => lines.some((line) => line.includes('logs in to Salesforce')), 'all is printed');
      await Promise.race([printed, running]);
      expect(await ask()).to.deep.equal([200, 200]);
    } finally {
      ctrlC.abort();
    }
    const { exitCode, stdout, stderr } = await running;
    expect(stdout).to.match(/^sf okta provisioning setup .*--callback-url http/m);
    expect(stdout).to.match(/^sf okta provisioning verify .*--callback-url http/m);
    expect(exitCode, stderr).to.equal(130);
    expect(await ask()).to.deep.equal([undefined, undefined]);
  });
});
