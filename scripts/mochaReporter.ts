/**
 * A mocha reporter that prints only what needs reading: a failure as it happens, then all failures in full and the titles
 * of what was skipped. It writes the counts to the file of the reporter option `counts`.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { Counts } from './gate.ts';

export default class CountingReporter extends Mocha.reporters.Base {
  public constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    runner.on('fail', (test) => console.log(`FAIL  ${test.fullTitle()}`));
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      this.epilogue();
      for (const title of skipped) console.log(`skip  ${title}`);
      const counts: Counts = { passed: this.stats.passes, failed: this.stats.failures, skipped: skipped.length };
      const { counts: file } = options.reporterOptions as { counts: string };
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
