import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { arrivals } from './arrivals.js';
import { addStaff, PASSWORD, type StaffName } from './staff.js';
import { startDesk } from './startDesk.js';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}
type Form = Record<string, string> | [string, string][] | string;

/**
 * A running server with staff and one project at TILTAM, and browsers that send whatever they are told, byte for byte: no
 * path is tidied and no header is refused on this side. `answers` keeps the status of every answer.
 */
export const besiege = async (options: Parameters<typeof startDesk>[0] = {}) => {
  const desk = await startDesk(options);
  await addStaff(desk);
  const arrived = await arrivals(desk).arrives();
  const server = desk.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const statuses: string[] = [];

  const browser = () => {
    const cookies = new Map<string, string>();

    const send = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const asked = request({ agent, host: '127.0.0.1', port, path, method, headers: { cookie, ...headers } });
      asked.end(body);
      const [answered] = (await once(asked, 'response')) as [IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of answered) chunks.push(chunk as Buffer);
      for (const line of answered.headers['set-cookie'] ?? []) {
        const [pair = ''] = line.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const answer = {
        status: answered.statusCode ?? 0,
        headers: answered.headers,
        body: Buffer.concat(chunks).toString(),
      };
      statuses.push(`${answer.status} ${method} ${path}`);
      return answer;
    };
    const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => send('GET', path, headers);
    const tokenOf = ({ body }: Answer): string => /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';

    /** Posts a form with the token of the page at `from`. */
    const post = async (path: string, form: Form, from = path): Promise<Answer> => {
      const token = tokenOf(await get(from));
      const typed = typeof form === 'string' ? form : new URLSearchParams(form).toString();
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      return send('POST', path, type, `_csrf=${encodeURIComponent(token)}&${typed}`);
    };
    return { cookies, send, get, post, tokenOf };
  };

  return {
    ...arrived,
    desk,
    port,
    browser,
    /** "status method path" of each answer so far. */
    statuses,
    async signedIn(id: StaffName) {
      const person = browser();
      await person.post('/connexion', { email: `${id}@example.org`, password: PASSWORD });
      return person;
    },
    async stop(): Promise<void> {
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await desk.stop();
    },
  };
};
export type Siege = Awaited<ReturnType<typeof besiege>>;
export type Browser = ReturnType<Siege['browser']>;
