import type { MailboxMessage, MessageAddress } from './message.js';

/** The pages of the mailbox, as strings: nothing here needs a template engine or a script. */
const NBSP = '\u00a0';
const TITLE = 'Messages envoyés';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

const inWords = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
});
const timeInWords = (time: string): string => {
  const part = new Map(inWords.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
  const day = part.get('day') === '1' ? '1er' : part.get('day');
  const hour = `${Number(part.get('hour'))}${NBSP}h${NBSP}${part.get('minute')}`;
  return `${part.get('weekday')} ${day}${NBSP}${part.get('month')}, ${hour}`;
};

const people = (addresses: MessageAddress[]): string =>
  addresses.map(({ name, address }) => escaped(name ? `${name} <${address}>` : address)).join(', ');

const page = (title: string, main: string): string => `<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">Boîte aux lettres d’essai</a></header>
<main>
${main}
</main>
</body>
</html>
`;

const row = ({ id, subject, time, to }: MailboxMessage): string =>
  `<li><a href="/messages/${id}"><strong>${escaped(subject) || 'Sans objet'}</strong></a>` +
  `<span>à ${people(to)}</span><time datetime="${time}">${timeInWords(time)}</time></li>`;

const turn = (href: string | null, label: string): string => (href ? `<a href="${href}">${label}</a>` : '');

const EMPTY = '<p>Aucun message pour l’instant. Déposez un projet : son accusé de réception arrivera ici.</p>';

/** The list, newest first. `from` and `size`: which slice. */
export const listPage = (
  messages: readonly MailboxMessage[],
  { from, size }: { from: number; size: number },
): string => {
  const newestFirst = [...messages].reverse();
  const shown = newestFirst.slice(from, from + size);
  const newer = from > 0 ? `/?from=${Math.max(0, from - size)}` : null;
  const older = from + size < newestFirst.length ? `/?from=${from + size}` : null;
  const intro =
    `<p>Ces messages ne quittent pas cette machine. ${messages.length} en tout, le plus récent d’abord. ` +
    '<a href="/email">Les mêmes en JSON</a></p>';
  const list = `<ul class="list">${shown.map(row).join('\n')}</ul>`;
  const turns = `<nav>${turn(newer, 'Plus récents')} ${turn(older, 'Plus anciens')}</nav>`;
  return page(TITLE, `<h1>${TITLE}</h1>${shown.length > 0 ? intro + list + turns : EMPTY}`);
};

const headerRows = (headers: MailboxMessage['headers']): string =>
  Object.entries(headers)
    .flatMap(([name, value]) => [value].flat().map((each) => `<dt>${escaped(name)}</dt><dd>${escaped(each)}</dd>`))
    .join('\n');

/** One message: its HTML part in a closed frame, its text part, its headers. */
export const messagePage = ({ id, subject, time, from, to, headers, text, html }: MailboxMessage): string =>
  page(
    subject || 'Sans objet',
    `<p><a href="/">Tous les messages</a></p>
<h1>${escaped(subject) || 'Sans objet'}</h1>
<dl><dt>De</dt><dd>${people(from)}</dd><dt>À</dt><dd>${people(to)}</dd><dt>Reçu</dt><dd>${timeInWords(time)}</dd></dl>
${html ? `<iframe title="Le message" src="/messages/${id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>` : ''}
<h2>Version texte</h2>
<pre>${escaped(text) || 'Ce message n’a pas de version texte.'}</pre>
<details><summary>En-têtes</summary><dl>${headerRows(headers)}</dl></details>`,
  );

export const notFoundPage = (): string =>
  page(
    'Page introuvable',
    '<h1>Cette page n’existe pas</h1><p>Le message a peut-être laissé sa place à de plus récents. ' +
      '<a href="/">Voir tous les messages</a></p>',
  );
