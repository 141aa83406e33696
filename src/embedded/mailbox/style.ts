/** The one style sheet of the mailbox, in the colours of the service. */
export const STYLE = `
:root { --ink: #1d2126; --muted: #545b64; --paper: #fff; --sand: #f6f3ee; --line: #d5cfc5; --basalt: #2c3440;
  --puy: #1c6b50; --focus: #ffcf33; color-scheme: light dark }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f6f3ee; --muted: #b9b3a8; --paper: #1d2126; --sand: #14171b; --line: #3b424b; --puy: #6fc3a3 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--sand); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
header { padding: 16px 24px; background: var(--basalt) }
header a { color: #fff; font-weight: 650; text-decoration: none }
main { max-width: 800px; margin: 0 auto; padding: 24px 16px 64px }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; overflow-wrap: anywhere }
h2 { margin: 32px 0 8px; font-size: 18px }
a { color: var(--puy) }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--focus); box-shadow: 0 0 0 5px #1d2126 }
.list { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line) }
.list li { display: grid; gap: 0 16px; padding: 10px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
.list a { padding: 4px 0 }
.list span, time { color: var(--muted); font-size: 14px }
nav { display: flex; gap: 24px; padding: 16px 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 16px }
dt { color: var(--muted) }
dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 640px; border: 1px solid var(--line); border-radius: 4px; background: #fff }
pre { margin: 0 0 24px; padding: 16px; background: var(--paper); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere }
details dl { margin-top: 12px; font-size: 14px }
summary { padding: 8px 0; cursor: pointer }
@media (max-width: 500px) { details dl { grid-template-columns: 1fr } }
@media (min-width: 700px) { .list li { grid-template-columns: 1fr 14em } .list time { grid-column: 2; grid-row: 1 } }
`;
