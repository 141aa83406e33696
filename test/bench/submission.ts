import { createHmac, randomBytes } from 'node:crypto';
import type { Answers } from '../../src/domain/questionnaire/answers.js';
import { CUTLER } from '../support/fillIn.js';
import { submissionOf } from '../support/followUp/people.js';
import { alternate, type Benchmark } from './benchmark.js';
import { openBrowser } from './web/people.js';
import { onceEach } from './web/requests.js';
import { SECRET, type Sides, withSides } from './web/sides.js';

const A_ROUND = 100;
const CHECK = '/projet/verification';
const WRITES = ['insert', 'update', 'delete', 'findAndModify', 'bulkWrite'];

/** The answers as the desk keeps them, all but who sends them: from a questionnaire filled in once. */
const answersOnce = async ({ ours, parts }: Sides): Promise<Answers> => {
  const browser = openBrowser(ours.base);
  for (const step of Object.keys(CUTLER)) await browser.post(`/projet/${step}`, CUTLER[step] ?? {});
  const cookie = decodeURIComponent(browser.cookies.get('visiteur') ?? '');
  const draft = await parts.drafts.read(cookie.slice(2, cookie.lastIndexOf('.')));
  if (!draft) throw new Error('no draft');
  return draft.answers as Answers;
};

/** A cookie as cookie-parser signs it. */
const signed = (value: string): string =>
  encodeURIComponent(`s:${value}.${createHmac('sha256', SECRET).update(value).digest('base64').replace(/=+$/, '')}`);

let made = 0;
/** A questionnaire filled in by somebody else each time, from an address of its own, ready to be sent. */
const readyToSend = async ({ ours, parts }: Sides, answers: Answers) => {
  made += 1;
  const visitor = randomBytes(32).toString('base64url');
  const contact = { ...answers['contact'], email: `h${made}@example.org` };
  await parts.drafts.save(visitor, { ...answers, contact } as Answers, parts.clock(), { language: 'fr' });
  const browser = openBrowser(ours.base);
  browser.cookies.set('visiteur', signed(visitor));
  const body = `_csrf=${encodeURIComponent(await browser.tokenOf(CHECK))}`;
  const from = `10.${(made >> 16) & 255}.${(made >> 8) & 255}.${made & 255}`;
  return { headers: { cookie: browser.cookie(), 'x-forwarded-for': from }, body };
};

/** How many statements that write one submission makes. */
const writesOfOne = async ({ parts, services }: Sides): Promise<number> => {
  let writes = 0;
  const count = ({ commandName }: { commandName: string }): void => {
    if (WRITES.includes(commandName)) writes += 1;
  };
  const client = parts.projects.model.db.getClient().on('commandStarted', count);
  await services.submitProject({ visitor: 'one', submission: submissionOf(0) });
  client.off('commandStarted', count);
  return writes;
};

/**
 * Posts of the last page: answers to decision stored, referral and e-mails owed and queued, receipt linked. Beside it, a bare
 * Express reads a short form, validates it with Joi and makes as many raw inserts, one after the other, of what was sent.
 */
export const benchmark: Benchmark = () =>
  withSides(async (sides) => {
    const answers = await answersOnce(sides);
    const bare = await sides.startBare({}, await writesOfOne(sides));
    const body = new URLSearchParams({
      title: CUTLER['projet']?.['title'] as string,
      summary: CUTLER['projet']?.['summary'] as string,
    });
    const plain = Array.from({ length: A_ROUND }, () => ({ headers: {}, body: body.toString() }));
    const ours = async (): Promise<number> => {
      const ready = [];
      for (let turn = 0; turn < A_ROUND; turn += 1) ready.push(await readyToSend(sides, answers));
      return onceEach(`${sides.ours.base}${CHECK}`, 303, ready);
    };
    return [
      await alternate('submission', 'submissions/s', ours, () => onceEach(`${bare.base}/submission`, 303, plain)),
    ];
  });
