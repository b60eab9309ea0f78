/**
 * The example script in a shell, with the real `sf`, against the orgs that `sf okta rehearse --serve` keeps up and by what it prints
 * about them: a refreshed sandbox's pipeline from end to end.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectOnTheConsoles, type Consoles } from '../../src/rehearsal/people.ts';
import { commandsIn, EXAMPLES, exampleFiles } from '../helpers/examples.ts';
import { household, type Household, type SfResult } from '../helpers/sfCli.ts';
import { until } from './until.ts';

const LAST = 'logs in to Salesforce as';

/** What `--serve` prints of the orgs. */
const readServed = (lines: readonly string[]): Consoles & { readonly callbackUrl: string; readonly token: string } => {
  const printed = (pattern: RegExp): string => lines.map((line) => pattern.exec(line)?.[1]).find(Boolean) ?? '';
  return {
    salesforce: { url: printed(/--instance-url (\S+)/) },
    okta: { url: printed(/^export OKTA_CLIENT_ORGURL='(.*)'$/) },
    people: {
      salesforceAdmin: {
        username: printed(/ as (\S+) with the password /),
        password: printed(/ with the password (\S+)/),
      },
      oktaApiToken: printed(/^export OKTA_CLIENT_TOKEN='(.*)'$/),
    },
    callbackUrl: printed(/--callback-url (\S+)/),
    token: printed(/^export SF_ACCESS_TOKEN='(.*)'$/),
  };
};

describe('the examples for pipelines', () => {
  let served: ReturnType<typeof readServed>;
  let people: Household;
  let serving: Promise<SfResult>;
  const end = new AbortController();
  /** Runs a line in a shell whose `sf` is the real one with the plugin. */
  const shell = async (line: string): Promise<{ code: number; output: string }> => {
    const { file, args, env, cwd } = people.invocation([]);
    await writeFile(join(people.home, 'bin', 'sf'), `#!/bin/sh\nexec '${file}' '${args[0] ?? ''}' "$@"\n`, {
      mode: 0o755,
    });
    const given = {
      TARGET_ORG: served.people.salesforceAdmin.username,
      INTEGRATION_USER: served.people.salesforceAdmin.username,
      PAIR_FLAGS: `--callback-url ${served.callbackUrl}`,
    };
    return new Promise((resolve) => {
      execFile('/bin/sh', ['-c', line], { env: { ...env, ...given }, cwd }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr })
      );
    });
  };
  const pipeline = async (job: string): Promise<{ code: number; output: string }> =>
    shell(`'${join(EXAMPLES, 'pipeline.sh')}' ${job}`);
  const reports = async (): Promise<string[]> => readdir(join(people.home, 'okta-provisioning-results'));

  before(async () => {
    const lines: string[] = [];
    const onLine = (line: string): void => void lines.push(line);
    serving = (await household()).sf(['okta', 'rehearse', '--serve'], { signal: end.signal, onLine });
    await Promise.race([until(() => lines.some((line) => line.includes(LAST)), 'all is printed'), serving]);
    served = readServed(lines);
    people = await household({
      OKTA_CLIENT_ORGURL: served.okta.url,
      OKTA_CLIENT_TOKEN: served.people.oktaApiToken,
    });
    const login = ['org', 'login', 'access-token', '--instance-url', served.salesforce.url, '--no-prompt'];
    await people.sf([...login, '--set-default'], { env: { SF_ACCESS_TOKEN: served.token } });
  });
  after(async () => {
    end.abort();
    await serving;
  });

  it('tell a person what is left after a refresh, by 69', async () => {
    const { code, output } = await pipeline('refreshed');
    expect(code, output).to.equal(69);
    expect(await readFile(join(people.home, 'okta-provisioning-results', 'next.txt'), 'utf8')).to.include(
      'Provisioning'
    );
    await connectOnTheConsoles(served, () => {});
  });

  it('verify after a refresh, once the person has finished', async () => {
    const { code, output } = await pipeline('refreshed');
    expect(code, output).to.equal(0);
    expect(await reports()).to.include.members(['verify.xml', 'verify.md']);
  });

  it('test with one user every week', async () => {
    const { code, output } = await pipeline('weekly');
    expect(code, output).to.equal(0);
    expect(await reports()).to.include('test.xml');
  });

  it('hold no command that sf does not take', async () => {
    const lines = exampleFiles().flatMap(({ text }) => commandsIn(text));
    const each = [...new Set(lines.map((line) => line.replace(/--target-org \S+/, '--target-org "$TARGET_ORG"')))];
    expect(each).to.not.be.empty;
    for (const line of each.filter((one) => !one.includes('PAIR_FLAGS'))) {
      const { code, output } = await shell(`${line} $PAIR_FLAGS`);
      expect(code, `${line}\n${output}`).to.equal(0);
    }
  });
});
