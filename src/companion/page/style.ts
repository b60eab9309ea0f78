/** Contrast is at least 4.5 : 1 in both schemes; state is told by words and shape, never by colour alone. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --panel: #f6f8fa; --line: #8c959f;
  --link: #0a58ca; --good: #116329; --good-panel: #e6f4ea; --bad: #a40e26; --bad-panel: #fdeceb; --button: #0b5394; --on-button: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #a9b3be; --paper: #0f141a; --panel: #1a212a; --line: #6e7a87;
    --link: #79b8ff; --good: #6fdd8b; --good-panel: #12281a; --bad: #ff9d97; --bad-panel: #33171a; --button: #9ccbff; --on-button: #0b1b2b; }
}
* { box-sizing: border-box; }
body { overflow-wrap: anywhere; margin: 0 auto; max-width: 46rem; padding: 1.25rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.1rem; margin: 0; min-width: 0; }
#left { margin: 0; color: var(--soft); font-variant-numeric: tabular-nums; }
#summary { font-size: 1.05rem; margin: .75rem 0 1rem; }
#tasks { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; }
#tasks > li { border: 1px solid var(--line); border-left-width: 6px; border-radius: 6px; padding: .75rem 1rem; background: var(--panel); }
#tasks > li.done { border-left-color: var(--good); background: var(--good-panel); }
#tasks > li.problem { border-left-color: var(--bad); background: var(--bad-panel); }
.head { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
.state { font-weight: 600; white-space: nowrap; color: var(--soft); }
.done .state { color: var(--good); }
.problem .state, .problem .seen { color: var(--bad); }
.done .seen { color: var(--good); }
.seen { margin: .4rem 0 0; font-weight: 600; overflow-wrap: anywhere; }
.where { margin: .4rem 0; }
a { color: var(--link); }
ul { margin: .4rem 0; padding-left: 1.2rem; }
dl { margin: .5rem 0 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; }
.value, .place { display: grid; grid-template-columns: minmax(0, 1fr); gap: .25rem .75rem; }
.place { grid-template-columns: minmax(0, 1fr) auto; align-items: center; }
dt { color: var(--soft); font-size: .9rem; }
dd { margin: 0; min-width: 0; }
code, .value input { font: .92rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.value input { width: 100%; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); color: var(--ink); }
button { font: inherit; font-weight: 600; padding: .4rem .9rem; border: 0; border-radius: 4px; background: var(--button); color: var(--on-button); cursor: pointer; }
#sign-in { margin-top: .75rem; }
button[aria-disabled=true] { cursor: progress; background: var(--soft); color: var(--paper); }
.trouble { margin: .4rem 0 0; font-weight: 600; color: var(--bad); overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
details > summary { cursor: pointer; color: var(--soft); }
#ended { border: 1px solid var(--line); border-radius: 6px; padding: 1rem; margin-bottom: 1rem; background: var(--panel); }
#ended p { margin: .5rem 0 0; }
#ended p:has(code:empty) { display: none; }
#ended.connected { border-color: var(--good); background: var(--good-panel); }
footer { margin-top: 1.5rem; color: var(--soft); font-size: .9rem; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
