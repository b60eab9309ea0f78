/** The canary: no secret where none belongs, in none of the forms that a secret takes on its way. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';

/** A text (what a command printed, a JSON value) or a folder, all of whose files are read. */
export type Place = string | { readonly folder: string };

/** Fails, and names the place but not the secret, when one of the secrets is found in a text or below a folder. */
export const noSecrets = async (secrets: readonly string[], ...places: readonly Place[]): Promise<void> => {
  expect(secrets, 'a hunt without secrets proves nothing').to.not.be.empty;
  const forms = secrets.flatMap((secret, index) => formsOf(secret).map(([form, value]) => ({ index, form, value })));
  const found: string[] = [];
  for (const { name, text } of (await Promise.all(places.map(textsOf))).flat())
    for (const { index, form, value } of forms)
      if (text.includes(value)) found.push(`secret ${index} (${secrets[index]?.slice(0, 6)}…), ${form}, in ${name}`);
  expect(found).to.deep.equal([]);
};

/** As it is, in a URL, in JSON, and in base64 at each of the three places that it can begin at within a longer text. */
const formsOf = (secret: string): Array<[form: string, value: string]> => {
  if (secret.length < 8) throw new Error(`"${secret}" is too short to be hunted: it is found everywhere.`);
  const base64 = [0, 1, 2].flatMap((shift) => base64At(secret, shift));
  const all: Array<[string, string]> = [
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ...base64.map((value): [string, string] => ['in base64', value]),
  ];
  return all;
};

/** The characters that depend on the secret alone when `shift` bytes stand before it and any number after it. */
const base64At = (secret: string, shift: number): string[] => {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = bytes
    .subarray(0, bytes.length - (bytes.length % 3))
    .toString('base64')
    .slice(shift === 0 ? 0 : 4);
  return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
};

const textsOf = async (place: Place): Promise<Array<{ name: string; text: string }>> => {
  if (typeof place === 'string') return [{ name: `"${place.slice(0, 40)}…"`, text: place }];
  const paths = await readdir(place.folder, { recursive: true });
  const texts = await Promise.all(
    paths.map(async (path) => {
      const full = join(place.folder, path);
      return (await lstat(full)).isFile() ? [{ name: full, text: `${path}\n${await readFile(full, 'latin1')}` }] : [];
    })
  );
  return texts.flat();
};
