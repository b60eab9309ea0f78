/** `--json` beside the other formats: nothing but the JSON on stdout, the files that it lists, and the exit code of each outcome. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import Verify, { type VerifyResult } from '../../src/commands/okta/provisioning/verify.ts';
import type { Status } from '../../src/engine/check.ts';
import { runCommand, type Ended } from '../helpers/command.ts';
import { argvOf, healthyPair, NAMED } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { logIn } from '../helpers/pairCommands.ts';
import { oktaApp } from '../steps/faults/okta.ts';
import { APP_FAULTS } from '../steps/faults/salesforceApp.ts';
import { ORG_FAULTS } from '../steps/faults/salesforceOrg.ts';

// What the CLI sets when it finds a command by its file.
Verify.id = 'okta:provisioning:verify';

type Trouble = Exclude<Status, 'pass' | 'skipped'>;

const OUTCOMES: ReadonlyArray<[troubles: readonly Trouble[], exitCode: number, strictly: number]> = [
  [[], 0, 0],
  [['warn'], 0, 100],
  [['unknown'], 69, 69],
  [['unknown', 'warn'], 69, 100],
  [['fail'], 100, 100],
  [['fail', 'warn'], 100, 100],
  [['fail', 'unknown'], 100, 100],
  [['fail', 'unknown', 'warn'], 100, 100],
];

const FORMATS = ['--result-format', 'human', '--result-format', 'junit', '--result-format', 'markdown'];
const FILES = ['verify.html', 'verify.md', 'verify.xml'];

describe('the output of verify', () => {
  let pair: Pair;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okta-output-'));
    pair = await healthyPair('external-client-app');
    await logIn(pair);
  });
  afterEach(async () => {
    await pair.stop();
    await rm(folder, { recursive: true });
  });

  const make: Readonly<Record<Trouble, () => unknown>> = {
    fail: async () => APP_FAULTS.find(({ what }) => what === 'PKCE off')?.make(pair, 'external-client-app'),
    warn: async () =>
      ORG_FAULTS.find(({ what }) => what === 'secret access on by others')?.make(pair, 'external-client-app'),
    unknown: () =>
      pair.sim.okta.fail({
        on: `GET /api/v1/apps/${oktaApp(pair).id}/connections/default`,
        with: 500,
        times: Infinity,
      }),
  };
  const verify = async (...flags: string[]): Promise<Ended> => {
    class Brisk extends Verify {
      protected override readonly pause = async (milliseconds: number): Promise<void> =>
        pair.sim.clock.advance(milliseconds);
    }
    const org = ['--target-org', pair.sim.people.salesforceAdmin.username, '--callback-url', pair.sim.callbackUrl];
    const where = ['--output-dir', folder, ...FORMATS, '--result-format', 'html'];
    const env = { OKTA_CLIENT_ORGURL: pair.sim.okta.url, OKTA_CLIENT_TOKEN: pair.sim.people.oktaApiToken };
    return runCommand(Brisk, [...org, ...argvOf(NAMED), ...where, ...flags], env);
  };
  /** All of stdout: whatever else were there would make it throw. */
  const json = ({ stdout }: Ended): { status: number; result: VerifyResult; warnings?: string[] } =>
    JSON.parse(stdout) as { status: number; result: VerifyResult };

  for (const [troubles, exitCode, strictly] of OUTCOMES)
    it(`with ${troubles.join(' and ') || 'all proven'} is JSON alone and ends with ${exitCode}, --strict with ${strictly}`, async () => {
      for (const trouble of troubles) await make[trouble]();
      for (const [flags, expected] of [
        [[], exitCode],
        [['--strict'], strictly],
      ] as const) {
        const ended = await verify('--json', ...flags);
        const { status, result } = json(ended);
        expect([ended.exitCode, status, result.healthy], flags.join()).to.deep.equal([
          expected,
          expected,
          expected === 0,
        ]);
        const { pass, skipped, ...others } = result.summary;
        expect(Object.entries(others).flatMap(([name, count]) => (count > 0 ? name : []))).to.have.members(troubles);
        expect(pass + skipped).to.be.greaterThan(0);
        expect(result.files?.toSorted()).to.deep.equal(FILES.map((name) => join(folder, name)));
        expect((await readdir(folder)).sort()).to.deep.equal(FILES);
        const plain = await verify(...flags);
        expect(plain.exitCode, `without --json ${flags.join()}`).to.equal(expected);
        for (const file of FILES) expect(plain.stdout).to.include(`Wrote ${join(folder, file)}`);
      }
    });

  it('tells the same in each file as in the JSON', async () => {
    for (const trouble of ['fail', 'unknown', 'warn'] as const) await make[trouble]();
    const { result } = json(await verify('--json'));
    const texts = await Promise.all(FILES.map(async (name) => readFile(join(folder, name), 'utf8')));
    for (const { id } of result.checks)
      texts.forEach((text, index) => expect(text.includes(id), `${FILES[index]}: ${id}`).to.equal(true));
    const [html = '', markdown = '', xml = ''] = texts;
    expect(XMLValidator.validate(xml)).to.equal(true);
    expect(xml.match(/<failure /g)).to.have.length(result.summary.fail);
    expect(xml.match(/<skipped /g)).to.have.length(result.summary.unknown + result.summary.skipped);
    expect(html.match(/<details open>/g)).to.have.length(
      result.summary.fail + result.summary.unknown + result.summary.warn
    );
    expect(markdown.match(/^\| \*\*FAIL\*\* /gm)).to.have.length(result.summary.fail);
  });

  it('writes nothing where only the JSON is asked for', async () => {
    const env = { OKTA_CLIENT_ORGURL: pair.sim.okta.url, OKTA_CLIENT_TOKEN: pair.sim.people.oktaApiToken };
    const { username } = pair.sim.people.salesforceAdmin;
    const org = ['--target-org', username, '--callback-url', pair.sim.callbackUrl, ...argvOf(NAMED)];
    const ended = await runCommand(Verify, [...org, '--json', '--output-dir', folder], env);
    expect([ended.exitCode, json(ended).result.files]).to.deep.equal([0, undefined]);
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
