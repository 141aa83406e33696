/**
 * The look of our e-mails, by plain tag: mail programs ignore style sheets, so each tag carries its own.
 * Only tags without attributes are dressed; templates write `<h1>`, `<p>`, `<p class="next">` and no style.
 */
const STYLES: Record<string, string> = {
  '<h1>': 'margin:0 0 12px;font-size:22px;line-height:1.35;font-weight:650',
  '<h2>': 'margin:24px 0 4px;font-size:16px;line-height:1.5;font-weight:650',
  '<p>': 'margin:0 0 12px;font-size:16px;line-height:1.5',
  '<p class="next">': 'margin:0 0 12px;font-size:18px;line-height:1.5',
  '<p class="words">': 'margin:0 0 12px;font-size:16px;line-height:1.5;white-space:pre-line',
  '<ul>': 'margin:0 0 12px;padding:0 0 0 20px;font-size:16px;line-height:1.5',
  '<li>': 'margin:0 0 4px',
  '<table>': 'margin:16px 0 12px;border-collapse:collapse;font-size:16px;line-height:1.5',
  '<span>': 'white-space:nowrap',
  '<th>': 'padding:4px 16px 4px 0;text-align:left;white-space:nowrap;vertical-align:top;font-weight:400',
  '<td>': 'padding:4px 0;vertical-align:top;font-weight:650',
};

/** The same HTML with the style of each plain tag written on it. */
export const inlineStyles = (html: string): string =>
  html.replace(
    /<(?:h1|h2|p|p class="next"|p class="words"|ul|li|span|table|th|td)>/g,
    (tag) => `${tag.slice(0, -1)} style="${STYLES[tag]}">`,
  );
