import { type HTMLElement, parse } from 'node-html-parser';
import { faultsOf } from './checkHtml.js';

/** A page as a browser without JavaScript has it: where it is, its status, its HTML. */
export interface Page {
  url: string;
  status: number;
  html: HTMLElement;
  text: string;
}

const isHtml = ({ headers }: Response): boolean => /^text\/html/.test(headers.get('content-type') ?? '');

/** How often the pages of one kind (the same beginning of the address, the same status) are judged in a test file. */
const OFTEN_ENOUGH = 2;
const judged = new Map<string, number>();

const isToJudge = (response: Response): boolean => {
  const kind = `${new URL(response.url).pathname.split('/').slice(0, 5).join('/')} ${response.status}`;
  const times = (judged.get(kind) ?? 0) + 1;
  judged.set(kind, times);
  return isHtml(response) && times <= OFTEN_ENOUGH;
};

/**
 * A browser without JavaScript: keeps cookies, follows redirects, sends the forms of the page with their hidden fields.
 * Text is given with plain spaces, so that expectations can be typed. Every page that it meets must be valid HTML. `sent`: headers
 * of every request. `ask`: how a request is sent.
 */
export const visit = (
  base: string,
  sent: Record<string, string> = {},
  ask: (url: URL, options: RequestInit) => Promise<Response> = fetch,
) => {
  const cookies = new Map<string, string>();

  const request = async (url: string, options: RequestInit = {}): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await ask(new URL(url, base), {
      ...options,
      redirect: 'manual',
      headers: { ...options.headers, ...sent, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location) return request(new URL(location, new URL(url, base)).href);
    const source = await response.text();
    const faults = isToJudge(response) ? await faultsOf(source) : [];
    if (faults.length > 0)
      throw new Error(`${response.url} (${response.status}) is not valid HTML: ${faults.join('\n')}`);
    const html = parse(source);
    const text = (html.querySelector('main') ?? html).textContent.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
    return { url: response.url, status: response.status, html, text };
  };

  return {
    open: (url: string): Promise<Page> => request(url),

    /** Fills in the form of the page (the one that posts to `action`, or the only one) and sends it. */
    send: (page: Page, fields: Record<string, string | string[]>, action?: string): Promise<Page> => {
      const forms = page.html.querySelectorAll('main form[method="post"]');
      const form = action ? forms.find((candidate) => candidate.getAttribute('action')?.includes(action)) : forms[0];
      if (!form) throw new Error(`no form ${action ?? ''} on ${page.url}: ${page.text.slice(0, 200)}`);
      const body = new URLSearchParams();
      for (const hidden of form.querySelectorAll('input[type="hidden"]'))
        body.append(hidden.getAttribute('name') ?? '', hidden.getAttribute('value') ?? '');
      for (const [name, value] of Object.entries(fields)) for (const item of [value].flat()) body.append(name, item);
      return request(new URL(form.getAttribute('action') || page.url, page.url).href, { method: 'POST', body });
    },
  };
};
export type Visitor = ReturnType<typeof visit>;
