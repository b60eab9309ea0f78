/** A report of each status in which every word that comes from a service is the worst that it can be. */
import type { CheckResult, Status } from '../../src/engine/check.ts';
import { toChecksReport, type ChecksReport } from '../../src/report/checkReport.ts';

/** What terminals, XML parsers, browsers, Markdown renderers or code hosts would act on. */
export const HOSTILE = [
  `<script>alert('x')</script> & "q" ]]> \u0000\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u009b2J`,
  'line\r\nline\u2028 \u202ereversed\u2066\u061c \ud800 @team #12 www.evil.example https://evil.example `code` **b** ~~s~~',
  '[a](http://evil.example) ![i](//evil.example/i.png) |cell \\| </details><img src=x onerror=alert(1)> <!-- {{x}} %s',
].join(' ');

const claim = (id: string, status: Status): CheckResult => ({
  id,
  status,
  expected: HOSTILE,
  actual: { [HOSTILE]: [HOSTILE] },
  evidence: [{ source: HOSTILE, record: HOSTILE, at: HOSTILE }],
});

export const hostileReport: ChecksReport = toChecksReport(
  [
    claim('salesforce.app.pkce', 'fail'),
    claim('salesforce.secret-access', 'warn'),
    claim('salesforce.app.idle-limit', 'skipped'),
    claim('okta.log', 'unknown'),
    claim('okta.features', 'pass'),
  ],
  {
    targetOrg: { username: HOSTILE, instanceUrl: 'https://example.my.salesforce.com', orgId: HOSTILE },
    oktaOrg: { url: `https://example.okta.com/${HOSTILE}`, id: HOSTILE },
    oauthApp: { name: HOSTILE },
    integrationUser: { username: HOSTILE },
    oktaApp: { label: HOSTILE, id: HOSTILE },
  },
  { strict: false, at: '2026-09-01T09:00:00.000Z' }
);
