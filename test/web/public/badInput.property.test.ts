import { once } from 'node:events';
import { Agent, request, type Server } from 'node:http';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { Step } from '../../../src/domain/questionnaire/step.js';
import { STEPS } from '../../../src/domain/questionnaire/steps/index.js';
import { completeAnswers } from '../../support/answers.js';
import { type Posted, postsOf } from '../../support/badInput.js';
import { fullSize } from '../../support/fullSize.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const RUNS_A_STEP = fullSize ? 525 : 150;
const AT_ONCE = 5;
const TIME = 120_000;
const territory = loadTerritory();
const answers = completeAnswers();

let desk: Desk;
let server: Server;
const agent = new Agent({ keepAlive: true });
/** A browser for each step, with everything answered: what one step takes never closes another. */
const browsers = new Map<string, { cookie: string; token: string }>();
let posts = 0;

interface Answer {
  status: number;
  location: string;
  body: string;
}

const ask = async (
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer & { cookies: string[] }> => {
  const { port } = server.address() as { port: number };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request({
    agent,
    port,
    host: '127.0.0.1',
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...type, ...headers },
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { statusCode = 0, headers: got } = response;
  return {
    status: statusCode,
    location: got.location ?? '',
    cookies: got['set-cookie'] ?? [],
    body: Buffer.concat(chunks).toString(),
  };
};

/** Opens the questionnaire in a new browser, and writes its answers straight to the store. */
const openBrowser = async () => {
  const { body, cookies } = await ask('/projet/besoins', {});
  const cookie = cookies.map((line) => line.split(';')[0]).join('; ');
  const visitor = /visiteur=s%3A([^.]+)\./.exec(cookie)?.[1] ?? '';
  const token = parse(body).querySelector('input[name="_csrf"]')?.getAttribute('value') ?? '';
  await desk.parts.drafts.save(visitor, answers, new Date(), { language: 'fr' });
  return { cookie, token };
};

beforeAll(async () => {
  desk = await startDesk();
  server = desk.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (const { slug } of STEPS) browsers.set(slug, await openBrowser());
}, TIME);
afterAll(async () => {
  agent.destroy();
  server.close();
  server.closeAllConnections();
  await desk.stop();
});

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&#34;').replace(/'/g, '&#39;');

const RAW = /<(?:script>|img src=x|svg on)|[^\w]onfocus=pwned\(\) x='|<%=/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: neither changed on the way nor taken out
const SAFE = /^[^\u0000-\u001f\u007f-\u009f\p{Cf}\ufffd]+$/u;

const expectClean = ({ body }: Answer): void => {
  expect(RAW.exec(body)?.[0]).toBeUndefined();
  expect(HIDDEN.exec(body)?.[0]).toBeUndefined();
};

/** Each message leads to a field of the page, and stands beside it. */
const expectMessages = ({ body }: Answer): void => {
  const links = [...body.matchAll(/<li><a href="#(\w*)">([^<]*)<\/a>/g)];
  expect(links.length).toBeGreaterThan(0);
  for (const [, id, message = ''] of links) {
    expect(message.length).toBeGreaterThan(10);
    expect(body).toContain(`id="${id}"`);
    expect(body).toContain(`id="${id}-error"`);
  }
};

/** What was typed in one line or several is still there, as text. */
const expectKept = (step: Step, posted: Posted, { body }: Answer): void => {
  const written = step
    .fields({ answers, territory, language: 'fr' })
    .filter(({ kind }) => ['text', 'textarea', 'number', 'commune'].includes(kind));
  for (const { name, kind } of written) {
    const values = posted.filter(([given]) => given === name).map(([, value]) => value);
    const [value] = values;
    if (values.length !== 1 || value === undefined || !SAFE.test(value)) continue;
    expect(body).toContain(kind === 'textarea' ? `\n${escaped(value)}</textarea>` : `value="${escaped(value)}"`);
  }
};

const post = async (step: Step, posted: Posted, language: string): Promise<Answer> => {
  const { cookie, token } = browsers.get(step.slug)!;
  const body = [...posted, ['_csrf', token]]
    .map((pair) => pair.map((part) => encodeURIComponent(part!)).join('='))
    .join('&');
  posts += 1;
  return ask(`/projet/${step.slug}`, { cookie, 'accept-language': language }, body);
};

const check = async (step: Step, posted: Posted, language: string): Promise<void> => {
  const answer = await post(step, posted, language);
  expect([303, 422]).toContain(answer.status);
  if (answer.status === 303) {
    expect(answer.location).toMatch(/^\/projet\/(?!plus-tard)/);
    expect(answer.location).not.toBe(`/projet/${step.slug}`);
    return;
  }
  expect(answer.body).toContain(`<html lang="${language}">`);
  expectMessages(answer);
  expectClean(answer);
  expectKept(step, posted, answer);
};

describe('whatever is posted, the answer is a page that says what to do, or the next step', () => {
  test.each(STEPS.map((step) => [step.slug, step] as const))(
    '%s',
    async (_slug, step) => {
      const some = fc.tuple(postsOf(step, { answers, territory, language: 'fr' }), fc.constantFrom('fr', 'en'));
      const several = fc.array(some, { minLength: AT_ONCE, maxLength: AT_ONCE });
      const holds = fc.asyncProperty(several, async (batch) => {
        await Promise.all(batch.map(([posted, language]) => check(step, posted, language)));
      });
      await fc.assert(holds, { numRuns: Math.ceil(RUNS_A_STEP / AT_ONCE) });
    },
    TIME,
  );

  test(
    'what was taken is shown as text, on its own page and among all the answers',
    async () => {
      for (const { slug } of STEPS) {
        const { cookie } = browsers.get(slug)!;
        const shown = await ask(`/projet/${slug}`, { cookie });
        expect([slug, shown.status]).toEqual([slug, 200]);
        expectClean(shown);
        const all = await ask('/projet/verification', { cookie });
        expect([200, 303]).toContain(all.status);
        expectClean(all);
      }
      expect(posts).toBeGreaterThanOrEqual(STEPS.length * RUNS_A_STEP);
    },
    TIME,
  );
});
