/** The look of the page. Every pair of text and ground has a contrast of at least 4.5 to 1 in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#1a1d21;--soft:#565d66;--line:#c9ced6;--panel:#f5f6f8;
--pass:#0b6b3a;--fail:#b3131d;--warn:#7d4e00;--unknown:#5b3aa8;--skipped:#565d66}
@media (prefers-color-scheme:dark){:root{--ground:#15181c;--text:#e8eaed;--soft:#a9b1bb;--line:#3c434c;--panel:#1e2228;
--pass:#5fd196;--fail:#ff8a8a;--warn:#f0b95a;--unknown:#c3aefc;--skipped:#a9b1bb}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:24px 16px 48px;background:var(--ground);color:var(--text);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 8px}h2{font-size:1.15rem;margin:32px 0 8px}
p{margin:0 0 12px;color:var(--soft)}code{font:.85em ui-monospace,Menlo,Consolas,monospace;color:var(--soft)}
ul{list-style:none;margin:0;padding:0}ol{margin:0;padding-left:1.4em}ol li{margin:4px 0}
.counts{display:flex;flex-wrap:wrap;gap:6px 20px}.counts li{color:var(--soft)}.counts b{font-size:1.25rem}
.pass{--state:var(--pass)}.fail{--state:var(--fail)}.warn{--state:var(--warn)}.unknown{--state:var(--unknown)}
.skipped,.none{--state:var(--skipped)}
.counts b,.mark{color:var(--state)}
.claims{border-top:1px solid var(--line)}.claims>li{border-bottom:1px solid var(--line)}
summary{padding:8px 4px;cursor:pointer}summary:focus-visible{outline:2px solid var(--text);outline-offset:-2px}
.mark{display:inline-block;min-width:8.2em;font-weight:600}
dl{display:grid;grid-template-columns:8.2em 1fr;gap:2px .3em;margin:0;padding:0 4px 12px 20px}
dt{color:var(--soft)}dd{margin:0}time{white-space:nowrap}
.map{display:block;width:100%;height:auto;border:1px solid var(--line);border-radius:8px;background:var(--panel)}
.map text{fill:var(--text);font-size:16px}.map .side{font-size:18px;font-weight:600}.map .note,.map .name{fill:var(--soft);font-size:14px}
.map .title{font-weight:600}.map .state{fill:var(--state);text-anchor:end;font-weight:600;font-size:14px}
.map rect{fill:var(--ground);stroke:var(--state);stroke-width:2}.map .fail rect,.map .unknown rect{stroke-width:4}
.map .skipped rect,.map .none rect{stroke-dasharray:6 4}
.map .wire{fill:none;stroke:var(--soft);stroke-width:2}.map .tip{fill:var(--soft)}
@media (min-width:561px){.map.narrow{display:none}}
@media (max-width:560px){.map.wide{display:none}dl{grid-template-columns:1fr;padding-left:4px}dt{margin-top:6px}}
@media print{:root{--ground:#fff;--text:#000;--soft:#444;--line:#bbb;--panel:#fff;--pass:#0b6b3a;--fail:#b3131d;--warn:#7d4e00;--unknown:#5b3aa8;--skipped:#444}
body{max-width:none;padding:0;font-size:10pt}.claims>li,.map{break-inside:avoid}h2{break-after:avoid}
details::details-content{display:block;content-visibility:visible}summary{list-style:none}dl{padding-left:4px}
.map.wide{display:block;max-width:17cm}.map.narrow{display:none}}
`;
