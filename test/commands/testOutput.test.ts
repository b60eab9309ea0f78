/** `test` beside its reports: nothing but the JSON on stdout, the same claims in each file, and the exit code. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import Test, { type TestResult } from '../../src/commands/okta/provisioning/test.ts';
import { runCommand, type Ended } from '../helpers/command.ts';
import { argvOf, healthyPair, NAMED } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { logIn } from '../helpers/pairCommands.ts';
import { oktaApp } from '../steps/faults/okta.ts';

// What the CLI sets when it finds a command by its file.
Test.id = 'okta:provisioning:test';

const FILES = ['test.html', 'test.md', 'test.xml'];
const CLAIMS = ['test.provisioned', 'test.attributes', 'test.deprovisioned', 'test.cleaned-up'];

describe('the output of test', () => {
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

  const test = async (...flags: string[]): Promise<Ended> => {
    class Brisk extends Test {
      protected override readonly pause = async (milliseconds: number): Promise<void> => {
        pair.sim.clock.advance(milliseconds);
        await pair.sim.okta.idle();
      };
    }
    const org = ['--target-org', pair.sim.people.salesforceAdmin.username, '--callback-url', pair.sim.callbackUrl];
    const formats = ['human', 'junit', 'markdown', 'html'].flatMap((format) => ['--result-format', format]);
    const how = ['--smoke-profile', 'Standard User', '--no-prompt', '--output-dir', folder, ...formats];
    const env = { OKTA_CLIENT_ORGURL: pair.sim.okta.url, OKTA_CLIENT_TOKEN: pair.sim.people.oktaApiToken };
    return runCommand(Brisk, [...org, ...argvOf(NAMED), ...how, ...flags], env);
  };
  /** All of stdout: whatever else were there would make it throw. */
  const json = ({ stdout }: Ended): { status: number; result: TestResult } =>
    JSON.parse(stdout) as { status: number; result: TestResult };
  const written = async (): Promise<string[]> => {
    expect((await readdir(folder)).sort()).to.deep.equal(FILES);
    const texts = await Promise.all(FILES.map(async (name) => readFile(join(folder, name), 'utf8')));
    for (const id of CLAIMS)
      texts.forEach((text, index) => expect(text.includes(id), `${FILES[index]}: ${id}`).to.equal(true));
    return texts;
  };

  it('is JSON alone, with a report in each format, and ends with 0 where the user went there and back', async () => {
    const ended = await test('--json');
    const { status, result } = json(ended);
    expect([ended.exitCode, status, result.healthy]).to.deep.equal([0, 0, true]);
    expect(result.checks.map(({ id }) => id)).to.deep.equal(CLAIMS);
    expect(result.files?.toSorted()).to.deep.equal(FILES.map((name) => join(folder, name)));
    const [html, markdown, xml = ''] = await written();
    expect(html).to.include('<h1>Okta provisioning test: healthy</h1>');
    expect(markdown).to.include('## Okta provisioning test: healthy');
    expect(XMLValidator.validate(xml)).to.equal(true);
    expect(xml).to.include('failures="0"').and.include('tests="4"');
  });

  it('ends with 100 where the user did not come back, and each report says so', async () => {
    const app = oktaApp(pair);
    app.features = app.features.filter((feature) => feature !== 'PUSH_USER_DEACTIVATION');
    const ended = await test('--json');
    const { status, result } = json(ended);
    expect([ended.exitCode, status, result.healthy]).to.deep.equal([100, 100, false]);
    const [html = '', markdown = '', xml = ''] = await written();
    expect(xml.match(/<failure /g)).to.have.length(result.summary.fail);
    expect(html.match(/<li class="fail" id="test/g)).to.have.length(result.summary.fail);
    expect(markdown.match(/^\| \*\*FAIL\*\* /gm)).to.have.length(result.summary.fail);
  });

  it('without --json tells each hop, the verdict and the files', async () => {
    const { stdout, exitCode } = await test();
    expect(exitCode).to.equal(0);
    for (const part of [/^pass +/m, /^Healthy: 0 fail/m, ...FILES.map((file) => `Wrote ${join(folder, file)}`)])
      expect(stdout).to.match(part instanceof RegExp ? part : new RegExp(part));
  });
});
