/**
 * The look of our e-mails, by plain tag: mail programs ignore style sheets, so each tag carries its own.
 * Only tags as they stand here are dressed; templates write `<h1>`, `<p>`, `<p class="next">`, `<a href=…>` and no style.
 */
const LINES = 'mso-line-height-rule:exactly;line-height:150%';
const TEXT = `font-size:16px;${LINES}`;

const TAGS: Record<string, string> = {
  '<h1>': `<h1 style="margin:0 0 12px;font-size:22px;mso-line-height-rule:exactly;line-height:135%;font-weight:bold">`,
  '<h2>': `<h2 style="margin:24px 0 4px;${TEXT};font-weight:bold">`,
  '<p>': `<p style="margin:0 0 12px;${TEXT}">`,
  '<p class="next">': `<p class="next" style="margin:0 0 12px;font-size:18px;${LINES}">`,
  '<p class="words">': `<p class="words" style="margin:0 0 12px;${TEXT}">`,
  '<ul>': `<ul style="margin:0 0 12px 20px;padding:0;${TEXT}">`,
  '<li>': '<li style="margin:0 0 8px">',
  '<table>': `<table border="0" cellpadding="0" cellspacing="0" style="margin:16px 0 12px;border-collapse:collapse;${TEXT}">`,
  '<span>': '<span style="white-space:nowrap">',
  '<th>':
    '<th class="muted" scope="row" align="left" valign="top" style="padding:4px 16px 4px 0;text-align:left;font-weight:normal;color:#545b64;word-wrap:normal;overflow-wrap:normal">',
  '<td>': '<td valign="top" style="padding:4px 0;font-weight:bold">',
  '<a href=': '<a class="link" style="color:#1c6b50;text-decoration:underline" href=',
};

const DRESSED = new RegExp(Object.keys(TAGS).join('|'), 'g');

/** Outlook for Windows knows no `white-space`: the lines of what somebody wrote are broken one by one. */
const brokenLines = (html: string): string =>
  html.replace(/(<p class="words">)([^<]*)(?=<\/p>)/g, (_all, tag: string, words: string) => {
    return tag + words.trim().replace(/\r?\n/g, '<br>');
  });

/** The same HTML with the style of each plain tag written on it. */
export const inlineStyles = (html: string): string => brokenLines(html).replace(DRESSED, (tag) => TAGS[tag] ?? tag);

/** The one button: Outlook for Windows takes its margins from the cell, the others from the link, which is all clickable. */
export const buttonHtml = (label: string, href: string): string => {
  const cell = 'border-radius:4px;background-color:#1c6b50;mso-padding-alt:12px 24px';
  const link =
    'display:inline-block;padding:12px 24px;color:#ffffff;font-size:16px;line-height:24px;font-weight:bold;text-decoration:none';
  return (
    '<table role="presentation" border="0" cellpadding="0" cellspacing="0" style="margin:20px 0"><tr>' +
    `<td class="button" align="center" bgcolor="#1c6b50" style="${cell}">` +
    `<a class="button-link" style="${link}" href="${href}">${label}</a></td></tr></table>`
  );
};
