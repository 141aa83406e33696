import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import type { Answers, StepSlug } from '../../src/domain/questionnaire/answers.js';
import { STEPS } from '../../src/domain/questionnaire/steps/index.js';
import type { Language } from '../../src/domain/territory/language.js';
import { completeAnswers } from '../support/answers.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { type Desk, startDesk } from '../support/startDesk.js';

let desk: Desk;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  desk = await startDesk();
  server = desk.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
  await desk.stop();
});

interface Visit {
  language: Language;
  answers?: Answers;
  script?: boolean;
  size?: keyof typeof WIDTHS;
}

/** A browser in which these answers are given already, written straight to the store. */
const openBrowser = async ({ language, answers = {}, script = true, size = 'phone' }: Visit): Promise<Page> => {
  const { port } = server.address() as { port: number };
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${port}`,
    locale: language,
    viewport: WIDTHS[size],
    javaScriptEnabled: script,
  });
  const page = await context.newPage();
  await page.goto('/projet/besoins');
  const secret = (await context.cookies()).find(({ name }) => name === 'visiteur')?.value ?? '';
  const visitor = /^s:([^.]+)\./.exec(decodeURIComponent(secret))?.[1] ?? '';
  await desk.parts.drafts.save(visitor, answers, new Date(), { language });
  return page;
};

const send = (page: Page) => page.locator('form[action^="/projet/"] button').last().click();

/** Takes the step's own answer away, and keeps what it depends on. */
const without = (slug: StepSlug): Answers => {
  const { [slug]: _left, ...others } = completeAnswers();
  return others;
};

const FULL = completeAnswers({
  projet: { title: 'A'.repeat(80), summary: 'Un mot après l’autre. '.repeat(90).trim(), link: 'https://example.org/' },
  entreprise: { organisation: 'Laiterie du Pont', siret: '35600000000048' },
  'deja-en-contact': { partners: ['ti-tiltam', 'other'] },
  contact: { ...completeAnswers().contact!, when: ['morning', 'afternoon'] },
});

/** What was left out is told in one language, what is full in the other: the twins differ by their words only. */
describe('every step can be read and used by everybody', () => {
  test.each(STEPS.map(({ slug }) => slug))(
    '%s, empty and with faults, in English',
    async (slug) => {
      const page = await openBrowser({ language: 'en', answers: without(slug) });
      await page.goto(`/projet/${slug}`);
      await lookAt(page, `${slug}-empty`);
      if (slug === 'entreprise') await page.getByRole('textbox').last().fill('123');
      await send(page);
      await lookAt(page, `${slug}-errors`);
      expect(await page.locator('.error-summary').isVisible()).toBe(true);
      await page.context().close();
    },
    60_000,
  );

  test.each(STEPS.map(({ slug }) => slug))(
    '%s, filled in, in French',
    async (slug) => {
      const page = await openBrowser({ language: 'fr', answers: FULL });
      await page.goto(`/projet/${slug}`);
      await lookAt(page, `${slug}-filled`);
      expect(await page.locator('html').getAttribute('lang')).toBe('fr');
      await page.context().close();
    },
    60_000,
  );
});

describe('the count of characters', () => {
  const { projet: _projet, ...answers } = FULL;

  test.each([
    ['fr', /^2\s000 caractères au plus$/, '1 caractère de trop', 'Il reste 77 caractères'],
    ['en', /^2,000 characters at most$/, '1 character too many', '77 characters left'],
  ] as const)(
    'in %s is said by the server when no script runs',
    async (language, empty, many, left) => {
      const page = await openBrowser({ language, answers, script: false });
      await page.goto('/projet/projet');
      expect(await page.locator('#summary-count').textContent()).toMatch(empty);
      await page.locator('#title').fill('Été');
      await page.locator('#summary').fill('a'.repeat(2001));
      await send(page);
      expect(await page.locator('#summary-count').textContent()).toBe(many);
      expect(await page.locator('#title-count').textContent()).toBe(left);
      expect(await page.locator('#title').inputValue()).toBe('Été');
      await page.context().close();
    },
    30_000,
  );

  test('follows what is typed when scripts run, in the language of the page', async () => {
    const page = await openBrowser({ language: 'en', answers: FULL });
    await page.goto('/projet/projet');
    await page.locator('#title').fill('Two words');
    expect(await page.locator('#title-count').textContent()).toBe('71 characters left');
    await page.locator('#summary').fill('a'.repeat(2003));
    expect(await page.locator('#summary-count').textContent()).toBe('3 characters too many');
    await page.context().close();
  });
});

test('what scripts say aloud is in the language of the page', async () => {
  const page = await openBrowser({ language: 'en' });
  await page.goto('/projet/besoins');
  await page.getByLabel('I want to use less energy').check();
  await page.getByLabel('I do not know yet').check();
  expect(await page.locator('[aria-live]').allInnerTexts()).toContain('Your other choices are unticked.');
  await page.getByLabel('I want to use less energy').check();
  expect(await page.locator('[aria-live]').allInnerTexts()).toContain('“I do not know yet” is unticked.');
  await send(page);
  await page.goto('/projet/besoins');
  expect(await page.getByLabel('I do not know yet').isChecked()).toBe(false);
  await page.context().close();
});
