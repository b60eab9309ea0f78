/** A report in each format, with the worst that services can say. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { jsonText } from '../../src/report/characters.ts';
import { checksLines } from '../../src/report/checksText.ts';
import { toHtml } from '../../src/report/html/index.ts';
import { toJunit } from '../../src/report/junit.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { publish, UnwritableError } from '../../src/report/publish.ts';
import { hangingWrap } from '../../src/report/wrap.ts';
import { hostileReport as report } from '../helpers/hostileReport.ts';
import { rejection } from '../helpers/rejection.ts';

// What a terminal, an XML parser or a browser would act on.
const controls = (text: string): string[] =>
  text.match(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu)?.filter((one) => one !== '\n') ?? [];

describe('reports', () => {
  const human = checksLines(report);
  const texts: ReadonlyArray<[format: string, text: string]> = [
    ['human', human.join('\n')],
    ['junit', toJunit(report, 'verify')],
    ['markdown', toMarkdown(report, 'verify')],
    ['html', toHtml(report, 'verify')],
    ['json', jsonText(report)],
  ];
  for (const [format, text] of texts)
    it(`${format} holds no character that acts instead of being shown, and still says all`, () => {
      expect(controls(text)).to.deep.equal([]);
      for (const { id, title } of report.checks) expect(text.includes(id) || text.includes(title), id).to.equal(true);
      expect(text).to.include('reversed');
    });

  it('json is the same value, each character spelt so that it can be read back', () => {
    const value: unknown = JSON.parse(jsonText(report));
    expect(value).to.deep.equal(JSON.parse(JSON.stringify(report)));
    expect(JSON.stringify(value)).to.include('\u202e');
  });

  it('a line of the human report is one line, whatever a name holds', () => {
    expect(human.filter((line) => line.includes('\n'))).to.deep.equal([]);
    expect(human.filter((line) => /^ {2}(pass|FAIL|WARN|\?{4}|skip) /.test(line))).to.have.length(report.checks.length);
  });

  it('human goes by sides, what failed first, each pass in one line, what to do at the end', () => {
    const marks = human.map((line) => line.trimStart().split(' ')[0] ?? '');
    expect(marks.filter((mark) => ['Salesforce', 'Okta', 'FAIL', 'WARN', '????', 'pass', 'skip', 'Next:'].includes(mark)))
      .to.deep.equal(['Salesforce', 'FAIL', 'WARN', 'skip', 'Okta', '????', 'pass', 'Next:']); // prettier-ignore
    const next = human.slice(human.indexOf('Next:') + 1);
    expect(next).to.have.length(3);
    for (const line of next) expect(line).to.match(/^- .*\(sf-plugin-okta\/docs\/checks\.md#[a-z-]+\)$/);
  });

  it('human says each status without a colour', () => {
    expect(human.join('\n'))
      .to.include('(cannot tell)')
      .and.include('(not observable: ')
      .and.include('1 fail, 1 unknown');
  });

  for (const width of [20, 40, 80, 120])
    it(`lines are broken between words at ${width} columns, below the text's own beginning`, () => {
      for (const line of human) {
        const parts = hangingWrap(line, width).split('\n');
        expect(parts.join(' ').replace(/\s+/g, ' ').trim()).to.equal(line.replace(/\s+/g, ' ').trim());
        for (const part of parts.filter(({ length }) => length > width))
          expect(part.trim().replace(/^(pass|FAIL|WARN|skip|\?{4}|-) /, '')).to.not.include(' ');
      }
      const claim = human.find((line) => line.startsWith('  FAIL')) ?? '';
      const [, second] = hangingWrap(`${claim}${' and so on'.repeat(12)}`, width).split('\n');
      expect(second).to.match(/^ {7}\S/);
    });

  it('junit is well-formed, and counts what it holds', () => {
    const xml = toJunit(report, 'verify');
    expect(XMLValidator.validate(xml)).to.equal(true);
    const parsed = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['testsuite', 'testcase'].includes(name),
    }).parse(xml) as {
      testsuites: { testsuite: Array<Record<string, unknown> & { testcase: Array<Record<string, unknown>> }> };
    };
    for (const suite of parsed.testsuites.testsuite) {
      const having = (child: string): number => suite.testcase.filter((one) => child in one).length;
      expect([suite['@_tests'], suite['@_failures'], suite['@_skipped']]).to.deep.equal(
        [suite.testcase.length, having('failure'), having('skipped')].map(String)
      );
    }
    expect(parsed.testsuites.testsuite).to.have.length(2);
  });

  it('html holds no script, nothing from elsewhere, and all claims', () => {
    const html = toHtml(report, 'verify');
    expect(html).to.not.match(/<script|<link|<img|<iframe|<!--|<[^>]*\s(src|href|on\w+)=|url\(/);
    for (const { id } of report.checks) expect(html).to.include(`id="${id}"`);
  });

  it('markdown lets no text become markup, a link, a mention, a reference or a cell', () => {
    const markdown = toMarkdown(report, 'verify');
    expect(markdown).to.not.match(
      /<script|<img|<!--|@team|#12|www\.|:\/\/evil|[^\\]\|cell|[^\\]`code|[^\\]\*\*b|[^\\]!\\?\[/
    );
    expect(markdown).to.not.match(/&#(?!\d+;)/);
    expect(markdown).to.include('@&#8203;team').and.include('#&#8203;12');
    expect(markdown.match(/<\/details>/g)).to.have.length(2);
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.match(/(?<!\\)\|/g), row).to.have.length(6);
  });
});

describe('publish', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'okta-reports-'));
  });
  afterEach(async () => rm(home, { recursive: true }));

  it('writes several formats in one run, whole, into a folder that is made', async () => {
    const folder = join(home, 'a', 'b');
    const formats = ['human', 'junit', 'markdown', 'html', 'junit'];
    const { lines, publishing } = await publish(report, { name: 'verify', formats, folder });
    expect((await readdir(folder)).sort()).to.deep.equal(['verify.html', 'verify.md', 'verify.xml']);
    expect(publishing.files).to.have.length(3);
    expect(lines.join('\n')).to.include('FAIL PKCE is as desired');
    expect(await readFile(join(folder, 'verify.xml'), 'utf8')).to.equal(toJunit(report, 'verify'));
  });

  it('replaces an older report, and never shows half of one to who reads meanwhile', async () => {
    const path = join(home, 'verify.html');
    const whole = toHtml(report, 'verify');
    await writeFile(path, whole);
    let [writing, seen] = [true, 0];
    const reader = (async (): Promise<void> => {
      for (; writing || seen === 0; seen += 1) expect(await readFile(path, 'utf8')).to.equal(whole);
    })();
    for (let round = 0; round < 40; round += 1)
      await publish(report, { name: 'verify', formats: ['html'], folder: home });
    writing = false;
    await reader;
    expect(await readdir(home)).to.deep.equal(['verify.html']);
  });

  it('says which folder cannot be written to', async () => {
    const folder = join(home, 'file');
    await writeFile(folder, '');
    const error = await rejection(publish(report, { name: 'verify', formats: ['html'], folder }));
    expect(error).to.be.instanceOf(UnwritableError);
    expect(error.message).to.include(folder).and.include('EEXIST');
  });
});
