/** The commands in the examples for pipelines, as their readers would run them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

export const exampleFiles = (): Array<{ name: string; text: string }> =>
  readdirSync(EXAMPLES).map((name) => ({ name, text: readFileSync(`${EXAMPLES}/${name}`, 'utf8') }));

/** Each command of this plugin in a file, without what the shell does with its output. */
export const commandsIn = (text: string): string[] =>
  [...text.matchAll(/sf okta provisioning [^\n`|>]*/g)].map(([command]) => command.trim());
