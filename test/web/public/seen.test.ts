import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { axeFaults } from '../../support/axeFaults.js';
import { startBrowser, WIDTHS } from '../../support/browser.js';
import { CUTLER } from '../../support/fillIn.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

/** The pages of a project holder as Chromium shows them: no axe violation, nothing wider than the screen. */
let desk: Desk;
let server: Server;
let browser: Browser;
let base: string;

beforeAll(async () => {
  desk = await startDesk();
  server = desk.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
  await desk.stop();
});

const look = async (page: Page): Promise<void> => {
  const faults = await axeFaults(page, { all: true });
  const tooWide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  expect({ at: page.url(), faults }).toEqual({ at: page.url(), faults: [] });
  expect(tooWide).toBeLessThanOrEqual(0);
};

const answer = async (page: Page, answers: Record<string, string | string[]>): Promise<void> => {
  for (const [name, value] of Object.entries(answers)) {
    for (const item of [value].flat()) {
      const choice = page.locator(`[name="${name}"][value="${item}"]`);
      if ((await choice.count()) > 0) await choice.check();
      else await page.fill(`[name="${name}"]`, item);
    }
  }
};

const goOn = (page: Page) => page.click('main form .button');

test.each([
  ['a phone, light, without JavaScript', { viewport: WIDTHS.phone, colorScheme: 'light', javaScriptEnabled: false }],
  ['a phone, dark', { viewport: WIDTHS.phone, colorScheme: 'dark' }],
  ['a desk, light', { viewport: WIDTHS.desk, colorScheme: 'light' }],
] as const)(
  'a whole journey on %s',
  async (_name, options) => {
    // axe is a script itself: where scripts are off, the journey alone is the proof.
    const scripts = !('javaScriptEnabled' in options);
    const context = await browser.newContext({ ...options, locale: 'fr-FR' });
    const page = await context.newPage();
    const seen = async () => (scripts ? look(page) : undefined);
    await page.goto(base);
    await seen();
    await page.click('main a.button');
    for (const [slug, answers] of Object.entries(CUTLER)) {
      // All that this step asks is optional.
      const asks = slug !== 'entreprise';
      if (asks) await goOn(page);
      expect((await page.title()).startsWith('Erreur')).toBe(asks);
      await seen();
      await answer(page, answers);
      await goOn(page);
    }
    await seen();
    await goOn(page);
    // The journeys before this one sent the same project.
    if (new URL(page.url()).pathname === '/projet/deja-envoye') {
      await seen();
      await page.click('main form[action="/projet/verification"] button');
    }
    expect(await page.textContent('h1')).toContain('Votre projet est entre les mains');
    await seen();
    await context.close();
  },
  120_000,
);

test('a commune is chosen among suggestions with the keyboard alone', async () => {
  const context = await browser.newContext({ viewport: WIDTHS.phone, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${base}/projet`);
  for (const slug of ['besoins', 'besoin-principal', 'avancement', 'vous']) {
    await answer(page, CUTLER[slug] ?? {});
    await goOn(page);
  }
  await page.locator('#place').pressSequentially('clerm');
  await page.waitForSelector('[role="option"]');
  await page.keyboard.press('ArrowDown');
  await look(page);
  await page.keyboard.press('Enter');
  expect(await page.inputValue('#place')).toBe('Clermont-Ferrand');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/projet/activite');
  await context.close();
});

test('who types a commune before the scripts are there goes on typing, and has suggestions', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${base}/projet/besoins`);
  await page.check('[name="needs"][value="water"]');
  for (const slug of ['avancement', 'vous']) {
    await goOn(page);
    await answer(page, CUTLER[slug] ?? {});
  }
  let letScriptsCome = (): void => undefined;
  const typed = new Promise<void>((resolve) => {
    letScriptsCome = resolve;
  });
  await page.route('**/*.js*', async (route) => {
    await typed;
    await route.continue();
  });
  await goOn(page);
  await page.fill('#place', 'vieille-');
  expect(await page.locator('.suggestions').count()).toBe(0);
  letScriptsCome();
  await page.locator('.suggestions li').first().waitFor();
  await page.keyboard.type('brioude');
  expect(await page.inputValue('#place')).toBe('vieille-brioude');
  await context.close();
});

test('choices that untick each other, and the commune chosen in the list, are said', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${base}/projet/besoins`);
  await page.check('[name="needs"][value="water"]');
  await page.check('[name="needs"][data-none]');
  const spoken = page.locator('fieldset > [aria-live="polite"]');
  expect(await spoken.textContent()).toBe('Vos autres choix sont décochés.');
  await page.check('[name="needs"][value="water"]');
  expect(await spoken.textContent()).toMatch(/est décoché\.$/);
  await goOn(page);
  await answer(page, CUTLER['avancement'] ?? {});
  await goOn(page);
  await answer(page, CUTLER['vous'] ?? {});
  await goOn(page);
  await page.fill('#place', 'vieille-brioude');
  await page.locator('.suggestions li').first().waitFor();
  expect(await page.textContent('.suggestions-around [aria-live]')).toBe('1 commune proposée');
  await page.locator('.suggestions li').first().click();
  expect((await page.textContent('#place-chosen'))?.replaceAll('\u00a0', ' ')).toBe(
    'Choisie : Vieille-Brioude (Haute-Loire, 43100)',
  );
  await page.fill('#place', 'Thiers');
  expect(await page.isVisible('#place-chosen')).toBe(false);
  await context.close();
});

test('going back to a step that came back with errors shows it, without asking to send it again', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${base}/projet/besoins`);
  await goOn(page);
  expect(await page.title()).toMatch(/^Erreur/);
  await answer(page, { needs: 'water' });
  await goOn(page);
  await page.waitForURL('**/projet/avancement');
  await page.waitForLoadState('networkidle');
  await page.goBack();
  expect(page.url()).toContain('/projet/besoins');
  expect(await page.textContent('h1')).toContain('besoin');
  await context.close();
});
