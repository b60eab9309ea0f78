import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

/** What the documents name is there: files, functions, scripts and flags. Whether they say the truth of it a reader must see. */
const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const listed = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
const isThere = (path: string): boolean => existsSync(new URL(path, ROOT));

const DOCUMENTS = ['README.md', 'DESIGN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/README.md'];
const texts = [...DOCUMENTS, ...listed('docs', '.md'), ...listed('messages', '.md')].map((path) => ({
  path,
  text: read(path),
}));
const all = (pattern: RegExp): Array<{ path: string; found: string }> =>
  texts.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([, found = '']) => ({ path, found })));

/** Of `sf` itself and of npm. */
const FLAGS_OF_OTHERS = ['client-id', 'fast', 'help', 'instance-url', 'name', 'no-install', 'plugin'];

describe('the documents name', () => {
  it('files and folders that there are', () => {
    const paths = all(/`((?:src|test|docs|scripts|messages|examples|schemas)\/[\w./-]*)`/g);
    expect(paths.length).to.be.greaterThan(40);
    expect(paths.filter(({ found }) => !isThere(found))).to.deep.equal([]);
  });

  it('links that lead somewhere', () => {
    const links = all(/\]\((?!https:|#)([^)#]+)/g);
    const from = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
    expect(links.length).to.be.greaterThan(10);
    expect(links.filter(({ path, found }) => !isThere(from(path) + found))).to.deep.equal([]);
  });

  it('functions that the source has, stage by stage', () => {
    const source = listed('src', '.ts').map(read).join('\n');
    const stages = [...read('DESIGN.md').matchAll(/^\| [^|]+ \| ((?:`\w+`(?:, )?)+)(?:, …)? \| `src/gm)];
    const names = stages.flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
    expect(names.length).to.be.greaterThan(20);
    expect(names.filter((name) => !new RegExp(`(?:const|class|function) ${name}\\b`).test(source))).to.deep.equal([]);
  });

  it('scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = all(/npm run (?:--silent )?([\w:]+)/g);
    expect(named.length).to.be.greaterThan(5);
    expect(named.filter(({ found }) => !(found in scripts))).to.deep.equal([]);
  });

  it('flags that a command has', () => {
    const commands = JSON.parse(read('command-snapshot.json')) as Array<{ flags: string[] }>;
    const known = new Set([...commands.flatMap(({ flags }) => flags), ...FLAGS_OF_OTHERS]);
    const named = all(/(?<![\w-])--((?:\[no-\])?[a-z][a-z-]+)/g).map(({ path, found }) => ({
      path,
      found: found.replace('[no-]', ''),
    }));
    expect(named.length).to.be.greaterThan(150);
    expect(named.filter(({ found }) => !known.has(found) && !known.has(found.replace(/^no-/, '')))).to.deep.equal([]);
  });
});
