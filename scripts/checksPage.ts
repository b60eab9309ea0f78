/** docs/checks.md from the registry of claims and their messages: `npm run docs` writes it, and a test compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Messages } from '@salesforce/core';
import { CHECKS } from '../src/checks/index.ts';
import { TEST_CLAIMS } from '../src/roundTrip/index.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'checks');
const PAGE = new URL('../docs/checks.md', import.meta.url);

const HEAD = `# The claims of \`sf okta provisioning verify\` and \`test\`

Generated from the code. A claim is \`pass\`, \`fail\`, \`warn\`, \`unknown\` (something that could have told did not) or \`skipped\`
(not observable here); what was expected, what was found and where it was read stand in the result.
`;

export const checksPage = (): string =>
  [
    HEAD,
    ...CHECKS.map(({ id, convergedBy }) =>
      [
        `## ${id}\n`,
        `${messages.getMessage(id)}.\n`,
        `Why: ${messages.getMessage(`${id}.why`)}\n`,
        `Read from: ${messages.getMessage(`${id}.read`)}\n`,
        convergedBy === undefined
          ? 'No step of `setup` changes this.\n'
          : `\`sf okta provisioning setup\` makes it so, in its step \`${convergedBy}\`.\n`,
        `If not: ${messages.getMessage(`${id}.action`)}\n`,
      ].join('\n')
    ),
    ...TEST_CLAIMS.map((id) =>
      [
        `## ${id}\n`,
        `${messages.getMessage(id)}.\n`,
        'Proven by `sf okta provisioning test`, which provisions one user and takes it away again.\n',
        `If not: ${messages.getMessage(`${id}.action`)}\n`,
      ].join('\n')
    ),
  ].join('\n');

export const storedChecksPage = (): string => readFileSync(PAGE, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, checksPage());
