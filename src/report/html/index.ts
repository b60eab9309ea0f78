/**
 * One file without script and without anything from elsewhere: a content security policy says so to the browser. Colour
 * only repeats what words and shapes say; it follows the reader's light or dark setting, and prints.
 */
import type { CheckReport, ChecksReport } from '../checkReport.ts';
import { markup } from '../characters.ts';
import { actionsOf, countsOf, groupsOf, pairOf, STATUSES, verdictOf, type Group } from '../groups.ts';
import { shown } from '../text.ts';
import { pairMap } from './map.ts';
import { STYLE } from './style.ts';
import { WORDS } from './words.ts';

export const toHtml = (report: ChecksReport, name: string): string => {
  const title = `Okta provisioning ${name}: ${verdictOf(report).toLowerCase()}`;
  const actions = actionsOf(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${markup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${markup(title)}</h1>
<p>${markup(pairOf(report))}<br>${time(report.at)}</p>
<ul class="counts" aria-label="${markup(countsOf(report))}">${STATUSES.map((status) => `<li class="${status}"><b>${report.summary[status]}</b> ${WORDS[status]}</li>`).join('')}</ul>
</header>
<main>
<section aria-labelledby="map-heading"><h2 id="map-heading">The pair</h2>${pairMap(report)}</section>
${actions.length > 0 ? `<section aria-labelledby="next-heading"><h2 id="next-heading">Next</h2><ol>${actions.map((action) => `<li>${markup(action)}</li>`).join('')}</ol></section>` : ''}
${groupsOf(report).map(section).join('\n')}
</main>
</body>
</html>
`;
};

const section = ({ title, checks }: Group): string => {
  const id = `side-${title.toLowerCase()}`;
  return `<section aria-labelledby="${id}"><h2 id="${id}">${markup(title)}</h2>
<ul class="claims">
${checks.map(claim).join('\n')}
</ul></section>`;
};

const claim = (check: CheckReport): string => {
  const { id, title, status, expected, actual, evidence, action } = check;
  const open = status === 'pass' || status === 'skipped' ? '' : ' open';
  const row = (name: string, value: string | undefined): string =>
    value === undefined || value === '' ? '' : `<dt>${name}</dt><dd>${markup(value)}</dd>`;
  return `<li class="${status}" id="${markup(id)}"><details${open}><summary><span class="mark">${WORDS[status]}</span> ${markup(title)} <code>${markup(id)}</code></summary>
<dl>${row('Expected', expected === null ? undefined : shown(expected))}${row('Found', shown(actual))}${evidence
    .map(
      ({ source, record, at }) =>
        `<dt>Seen in</dt><dd>${markup(`${source}${record ? `, ${record}` : ''}`)}, ${time(at)}</dd>`
    )
    .join('')}${row('Next', action)}</dl></details></li>`;
};

/** To the second, as a person reads it; whatever else a service calls a time stays as it is. */
const time = (at: string): string => {
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:?00)$/.exec(at) ?? [];
  return day && hour ? `<time datetime="${day}T${hour}Z">${day} ${hour} UTC</time>` : markup(at);
};
