/**
 * What only a style sheet can do in an e-mail: dark colours, and narrower margins on a telephone. Everything else is written on
 * the tags (inlineStyles.ts, views/layouts/email.ejs), because many mail programs read nothing else.
 */
const DARK: Record<string, Record<string, string>> = {
  page: { 'background-color': '#15191e', color: '#ece8e1' },
  card: { 'background-color': '#20262d', color: '#ece8e1' },
  muted: { color: '#b6b2aa' },
  link: { color: '#6fcaa6' },
  button: { 'background-color': '#6fcaa6' },
  'button-link': { color: '#10201a' },
};

const rules = (before: string, wanted: string[]): string =>
  Object.entries(DARK)
    .map(([name, look]) => {
      const kept = Object.entries(look).filter(([property]) => wanted.includes(property));
      return kept.length ? `${before}.${name}{${kept.map(([at, value]) => `${at}:${value}!important`).join(';')}}` : '';
    })
    .join('');

/** Outlook on the web has dark colours of its own, and marks what it has changed. */
const OUTLOOK_ON_THE_WEB = rules('[data-ogsc] ', ['color']) + rules('[data-ogsb] ', ['background-color']);

/** Outlook for Windows reads the first font alone, and takes Times when it lacks it. */
const OUTLOOK = 'td,th,p,h1,h2,li,a{font-family:Arial,sans-serif!important}';

/** Two blocks: a program that stumbles over the second keeps the first. */
export const EMAIL_STYLE = [
  '<style>:root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (max-width:480px){.side{padding-left:16px!important;padding-right:16px!important}}',
  `@media (prefers-color-scheme:dark){${rules('', ['background-color', 'color'])}}</style>`,
  `\n<style>${OUTLOOK_ON_THE_WEB}</style>`,
  `\n<!--[if mso]><style>${OUTLOOK}</style><![endif]-->`,
].join('');
