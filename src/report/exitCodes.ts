/** Outcome → exit code. The one place that knows; shown in `--help`. 10 and 20 belong to sf and mean a bug. */
import { toHelpSection } from '@salesforce/sf-plugins-core';
import type { CheckReport } from './checkReport.ts';
import type { StepReport } from './report.ts';

export const EXIT = { done: 0, error: 1, input: 2, waiting: 69, checksFailed: 100, interrupted: 130 } as const;

export const setupExitCodes = toHelpSection('ERROR CODES', {
  'Done (0)': 'Everything is as desired, and the connection is proven, or the handshake was left out on purpose.',
  'Error (1)': 'A step failed. The same command goes on from what is there.',
  'Bad input (2)': 'Flags or environment are wrong, or something in use would change and nobody agreed to it.',
  'Waiting for a person (69)': 'All that needs no person is done; the output says what is left to do.',
  'Interrupted (130)': 'A signal ended the command, after what was borrowed had been put back.',
});

export const verifyExitCodes = toHelpSection('ERROR CODES', {
  'Healthy (0)': 'Every claim was proven.',
  'Error (1)': 'Nothing could be read.',
  'Bad input (2)': 'Flags or environment are wrong.',
  'Cannot tell (69)': 'No claim was disproven, but at least one could not be read.',
  'Checks failed (100)': 'At least one claim was disproven.',
  'Interrupted (130)': 'A signal ended the command.',
});

export const testExitCodes = toHelpSection('ERROR CODES', {
  'Done (0)': 'The user arrived in Salesforce as it is in Okta, and was deactivated there.',
  'Error (1)': 'Nothing was tried, since something could not be read.',
  'Bad input (2)': 'Flags or environment are wrong, the user cannot be used, or nobody agreed to a test in production.',
  'Cannot tell (69)': 'No claim was disproven, but a call failed in between.',
  'Checks failed (100)': 'At least one claim was disproven.',
  'Interrupted (130)': 'A signal ended the command, after what was assigned had been taken away.',
});

export const loginExitCodes = toHelpSection('ERROR CODES', {
  'Done (0)': 'The login was kept, or forgotten.',
  'Error (1)': 'Okta refused the credential, or could not be reached.',
  'Bad input (2)': 'A flag or the secret is wrong, or the URL is not that of an Okta org.',
  'Interrupted (130)': 'A signal ended the command.',
});

/** Something that only a person can end keeps a run from being a success, also where every step is done. */
export const setupExitCode = (
  steps: readonly StepReport[],
  notes: ReadonlyArray<{ readonly open: boolean }> = []
): number =>
  steps.some(({ outcome }) => outcome === 'waiting') || notes.some(({ open }) => open) ? EXIT.waiting : EXIT.done;

export const verifyExitCode = (checks: readonly CheckReport[], strict: boolean): number => {
  const has = (status: CheckReport['status']): boolean => checks.some((check) => check.status === status);
  if (has('fail') || (strict && has('warn'))) return EXIT.checksFailed;
  return has('unknown') ? EXIT.waiting : EXIT.done;
};
