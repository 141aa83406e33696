import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MessageStore } from './messageStore.js';
import { listPage, messagePage, notFoundPage } from './pages.js';
import { STYLE } from './style.js';

const PER_PAGE = 100;

const PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";
/** A message may show its own styles, and open its links elsewhere; it runs, loads and sends nothing. */
const MESSAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

interface Answer {
  status?: number;
  type: string;
  body: string;
  policy?: string;
}

const html = (body: string, status = 200): Answer => ({ status, type: 'text/html; charset=utf-8', body });

/** Another site's page could have its own name point here; only the names of this machine are served. */
const isThisMachine = ({ headers }: IncomingMessage): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '');

const inNewTab = (message: string): string => `<base target="_blank">${message}`;

const answerTo = (address: URL, store: MessageStore): Answer => {
  const { pathname, searchParams } = address;
  if (pathname === '/') {
    const from = Math.max(0, Math.trunc(Number(searchParams.get('from'))) || 0);
    return html(listPage(store.all(), { from, size: PER_PAGE }));
  }
  if (pathname === '/email') return { type: 'application/json; charset=utf-8', body: JSON.stringify(store.all()) };
  if (pathname === '/style.css') return { type: 'text/css; charset=utf-8', body: STYLE };
  const [, id = '', part] = /^\/messages\/(\d+)(\/html)?$/.exec(pathname) ?? [];
  const message = store.byId(id);
  if (!message) return html(notFoundPage(), 404);
  return part ? { ...html(inNewTab(message.html)), policy: MESSAGE_POLICY } : html(messagePage(message));
};

const send = (response: ServerResponse, { status = 200, type, body, policy = PAGE_POLICY }: Answer): void => {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  response.end(body);
};

/** Serves the list of messages, each message, and the JSON list. Reads only. */
export const mailboxWebServer = (store: MessageStore): Server =>
  createServer((request, response) => {
    if (!isThisMachine(request)) return send(response, { status: 403, type: 'text/plain', body: 'Forbidden' });
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(response, { status: 405, type: 'text/plain', body: 'Method not allowed' });
    const [url = '/', base] = [request.url, 'http://localhost'];
    if (!URL.canParse(url, base)) return send(response, { status: 400, type: 'text/plain', body: 'Bad request' });
    send(response, answerTo(new URL(url, base), store));
  });
