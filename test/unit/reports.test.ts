/** A report in each file format, with the worst that services can say. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { CheckResult, Status } from '../../src/engine/check.ts';
import { toChecksReport } from '../../src/report/checkReport.ts';
import { toHtml } from '../../src/report/html/index.ts';
import { toJunit } from '../../src/report/junit.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { publish } from '../../src/report/publish.ts';

const NASTY = `<script>alert('x')</script> & "q" ]]> \u0000\u001b[31m\u202e @team [a](http://evil.example) |cell`;
const claim = (id: string, status: Status): CheckResult => ({
  id,
  status,
  expected: NASTY,
  actual: NASTY,
  evidence: [{ source: NASTY }],
});
const report = toChecksReport(
  [
    claim('salesforce.app.pkce', 'fail'),
    claim('salesforce.secret-access', 'warn'),
    claim('salesforce.app.idle-limit', 'skipped'),
    claim('okta.log', 'unknown'),
    claim('okta.features', 'pass'),
  ],
  {
    targetOrg: { username: NASTY, instanceUrl: 'https://example.my.salesforce.com' },
    oktaOrg: { url: 'https://example.okta.com' },
    oauthApp: { name: NASTY },
  },
  { strict: false, at: '2026-09-01T09:00:00.000Z' }
);
// What a terminal, an XML parser or a browser would act on.
const controls = (text: string): string[] => text.match(/[\p{Cc}\u202e]/gu)?.filter((one) => one !== '\n') ?? [];

describe('reports', () => {
  it('junit is well-formed, and counts what it holds', () => {
    const xml = toJunit(report, 'verify');
    expect(XMLValidator.validate(xml)).to.equal(true);
    const parsed = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['testsuite', 'testcase'].includes(name),
    }).parse(xml) as {
      testsuites: { testsuite: Array<Record<string, unknown> & { testcase: Array<Record<string, unknown>> }> };
    };
    const counts = parsed.testsuites.testsuite.map((suite) => {
      const having = (child: string): number => suite.testcase.filter((one) => child in one).length;
      expect([suite['@_tests'], suite['@_failures'], suite['@_skipped']]).to.deep.equal(
        [suite.testcase.length, having('failure'), having('skipped')].map(String)
      );
      return Object.keys(suite).filter((key) => !key.startsWith('@_'));
    });
    expect(counts).to.deep.equal(Array(2).fill(['properties', 'testcase', 'system-out', 'system-err']));
    expect(xml).to.match(/<system-out>WARN salesforce\.secret-access/);
    expect(controls(xml)).to.deep.equal([]);
  });

  it('html holds no script, nothing from elsewhere, and all claims', () => {
    const html = toHtml(report, 'verify');
    expect(html).to.not.match(/<script|<link|<img|<iframe|\ssrc=|url\(/);
    for (const { id } of report.checks) expect(html).to.include(`id="${id}"`);
    expect(controls(html)).to.deep.equal([]);
  });

  it('markdown lets no text become markup, a mention or a cell', () => {
    const markdown = toMarkdown(report, 'verify');
    expect(markdown).to.not.match(/<script|@team|http:\/\/evil|[^\\]\|cell/);
    expect(controls(markdown)).to.deep.equal([]);
  });

  it('are written whole, into a folder that is made', async () => {
    const home = await mkdtemp(join(tmpdir(), 'okta-reports-'));
    try {
      const folder = join(home, 'a', 'b');
      const formats = ['human', 'junit', 'markdown', 'html', 'junit'];
      const { lines, publishing } = await publish(report, { name: 'verify', formats, folder });
      expect((await readdir(folder)).sort()).to.deep.equal(['verify.html', 'verify.md', 'verify.xml']);
      expect(publishing.files).to.have.length(3);
      expect(lines.join('\n')).to.include('FAIL PKCE is as desired');
      expect(await readFile(join(folder, 'verify.xml'), 'utf8')).to.equal(toJunit(report, 'verify'));
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
