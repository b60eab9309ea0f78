/** The example script in a shell, with the real `sf`, against two simulated orgs: a refreshed sandbox's pipeline from end to end. */
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectOnTheConsoles } from '../../src/rehearsal/people.ts';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { commandsIn, EXAMPLES, exampleFiles } from '../helpers/examples.ts';
import { household, oktaEnvironment, type Household } from '../helpers/sfCli.ts';

describe('the examples for pipelines', () => {
  let sim: Simulator;
  let people: Household;
  /** Runs a line in a shell whose `sf` is the real one with the plugin. */
  const shell = async (line: string): Promise<{ code: number; output: string }> => {
    const { file, args, env, cwd } = people.invocation([]);
    await writeFile(join(people.home, 'bin', 'sf'), `#!/bin/sh\nexec '${file}' '${args[0] ?? ''}' "$@"\n`, {
      mode: 0o755,
    });
    const given = {
      ...{ TARGET_ORG: sim.people.salesforceAdmin.username, INTEGRATION_USER: sim.people.salesforceAdmin.username },
      PAIR_FLAGS: `--callback-url ${sim.callbackUrl}`,
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
    sim = await startSimulator({ clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
  });
  after(async () => sim.close());

  it('tell a person what is left after a refresh, by 69', async () => {
    const { code, output } = await pipeline('refreshed');
    expect(code, output).to.equal(69);
    expect(await readFile(join(people.home, 'okta-provisioning-results', 'next.txt'), 'utf8')).to.include(
      'Provisioning'
    );
    await connectOnTheConsoles(sim, () => {});
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
