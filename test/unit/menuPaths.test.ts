import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';

/**
 * docs/sources.md: a menu path that a person is shown is on it, with the page of the vendor that says so. Paths are looked
 * for in the texts of commands, in every string of the source (but the simulators', which show pages of their own) and in
 * what the repository tells its readers.
 */
const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const textOf = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `%s${literal.text}`).join('');
};

const stringsOf = (path: string): string => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest));
  return found.join('\n');
};

const SHOWN: Array<[string, string]> = [
  ...filesIn('messages', '.md').map((path): [string, string] => [path, read(path)]),
  ...['README.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/checks.md', 'examples/README.md'].map(
    (path): [string, string] => [path, read(path)]
  ),
  ...filesIn('src', '.ts')
    .filter((path) => !path.startsWith('src/simulator/'))
    .map((path): [string, string] => [path, stringsOf(path)]),
];

/** Names that differ are one sign, and where the console is named first is no part of the path. */
const plain = (text: string): string => text.replace(/%s|\bthe app\b/g, '…').replace(/Okta Admin Console > /g, '');

/** A step of a menu: what stands on either side begins with a capital or is a name. Not `a > b` of a shell or of a page's style. */
const STEP = /[\p{L}…§)"] > ["(…§\p{Lu}]/u;

const ROWS = read('docs/sources.md')
  .split('## Menu paths')[1]
  ?.split('\n## ')[0]
  ?.split('\n')
  .filter((line) => line.includes(' > '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, path = '', source = '']) => ({ path, source }));

const PATHS = (ROWS ?? []).map(({ path }) => path).sort((a, b) => b.length - a.length);

const unlisted = (text: string): string[] =>
  PATHS.reduce((rest, path) => rest.replaceAll(path, '§'), plain(text))
    .split('\n')
    .filter((line) => STEP.test(line));

describe('menu paths', () => {
  it('are all on docs/sources.md, wherever a person is shown one', () => {
    const missing = SHOWN.flatMap(([path, text]) => unlisted(text).map((line) => `${path}: ${line}`));
    expect(missing).to.deep.equal([]);
  });

  it('are on docs/sources.md only while somebody is shown them', () => {
    const all = plain(SHOWN.map(([, text]) => text).join('\n'));
    expect(PATHS.filter((path) => !all.includes(path))).to.deep.equal([]);
  });

  for (const { path, source } of ROWS ?? [])
    it(`has a page of the vendor for ${path}`, () => {
      expect(source).to.match(
        /^<https:\/\/(help|developer)\.salesforce\.com\/|^<https:\/\/(help|support|developer)\.okta\.com\//
      );
    });

  it('is noticed in a text that no page is known for', () => {
    expect(
      unlisted('Look in Setup > Company Settings, or in Okta Admin Console > Reports > System Log.')
    ).to.have.length(1);
    expect(unlisted('Setup > Users > Merge Users')).to.have.length(1);
    expect(unlisted('Company Settings > Setup > Users')).to.have.length(1);
    expect(unlisted('Unfreeze the user in Setup > Users, then sf x > y.json')).to.deep.equal([]);
  });
});
