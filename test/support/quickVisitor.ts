import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a project holder does, over and over: a page, a stylesheet, the first steps of the questionnaire, communes. */
const VISIT: { path: string; form?: string }[] = [
  { path: '/' },
  { path: '/css/desk.css' },
  { path: '/projet/besoins' },
  { path: '/projet/besoins', form: 'needs=industry-of-the-future&needs=skills' },
  { path: '/projet/besoin-principal' },
  { path: '/projet/besoin-principal', form: 'mainNeed=industry-of-the-future' },
  { path: '/projet/avancement' },
  { path: '/projet/avancement', form: 'stage=industrialisation' },
  { path: '/communes?q=thi' },
];

/**
 * A browser that costs little: one connection, which it keeps, cookies, and the token of the last form. `next` asks for the
 * next thing of its visit and gives the status, or the words of what broke.
 */
export const quickVisitor = (base: string, address: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();
  let token = '';
  let step = 0;

  const ask = (path: string, body: string | null): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = {
        'x-forwarded-for': address,
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(body !== null && {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(body.length),
        }),
      };
      const method = body === null ? 'GET' : 'POST';
      request(new URL(path, base), { agent, method, headers }, resolve)
        .on('error', reject)
        .end(body ?? undefined);
    });

  return {
    async next(): Promise<number | string> {
      const { path, form } = VISIT[step % VISIT.length] as (typeof VISIT)[number];
      step += 1;
      try {
        const answer = await ask(path, form === undefined ? null : `_csrf=${encodeURIComponent(token)}&${form}`);
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        token = /name="_csrf" value="([^"]+)"/.exec(await text(answer))?.[1] ?? token;
        return answer.statusCode ?? 0;
      } catch (error) {
        return (error as Error).message;
      }
    },
    leave: (): void => agent.destroy(),
  };
};
