import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../src/config.js';
import { loadTerritory } from '../../src/data/territoryFiles.js';
import { emailRenderer } from '../../src/delivery/renderEmail.js';
import { EMAIL_IDS, EMAILS, languagesOf } from '../../src/domain/emails/catalogue.js';
import type { EmailFacts } from '../../src/domain/emails/emailFacts.js';
import { exampleFacts } from '../../src/domain/emails/examples.js';
import { modelOf } from '../../src/domain/emails/models.js';
import { paths } from '../../src/paths.js';
import { axeFaults } from '../support/axeFaults.js';
import { startBrowser } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/**
 * Every e-mail as a mail program shows it: on a desk and on a telephone, in light and in dark. With SCREENSHOTS=folder, a picture
 * of each is kept.
 */

const render = emailRenderer(join(projectRoot, 'views'), loadTerritory().words);

/** A word, an address and a sentence that are longer than a telephone is wide. */
const LONG = `${'Hydrométallurgie'.repeat(5)} https://exemple.example.org/${'adresse-'.repeat(12)} ${'et la suite '.repeat(10)}`;
const atLength = (facts: EmailFacts): EmailFacts => {
  if (facts.about === 'project') {
    const { project } = facts;
    return { ...facts, words: LONG, partner: LONG, project: { ...project, facts: { ...project.facts, title: LONG } } };
  }
  if (facts.about === 'draft' || !facts.digest) return facts;
  const sections = facts.digest.sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => ({ ...line, title: LONG })),
  }));
  return { ...facts, digest: { ...facts.digest, sections } };
};

const unsubscribe = 'https://porte.example.org/desabonnement/s3cret';
const MESSAGES = EMAIL_IDS.flatMap((email) =>
  languagesOf(email).map((language) => {
    const facts = exampleFacts(email, language, loadTerritory());
    const foot = EMAILS[email] && 'unsubscribe' in EMAILS[email] ? { unsubscribe } : {};
    const htmlOf = (each: EmailFacts) => render(email, { ...modelOf(email, each), ...foot }, language).html;
    return { name: `${email}.${language}`, html: htmlOf(facts), longHtml: htmlOf(atLength(facts)) };
  }),
);

const WIDTHS = [600, 360];

/** How much wider than the screen, and the smallest letters that can be read. */
const MEASURES = `(() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (walk.nextNode()) {
    const tag = walk.currentNode.parentElement;
    if (walk.currentNode.textContent.trim() && tag.checkVisibility()) sizes.push(parseFloat(getComputedStyle(tag).fontSize));
  }
  const button = document.querySelector('.button a').getBoundingClientRect();
  return {
    tooWide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    smallest: Math.min(...sizes),
    button: Math.round(button.height),
  };
})()`;
interface Measures {
  tooWide: number;
  smallest: number;
  button: number;
}
const measured = async (page: Page, width: number): Promise<Measures> => {
  await page.setViewportSize({ width, height: 800 });
  return (await page.evaluate(MEASURES)) as Measures;
};

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

describe.each(['light', 'dark'] as const)('on a %s screen', (colorScheme) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ colorScheme, locale: 'fr-FR' });
  });
  afterAll(() => page?.close());

  it('every e-mail can be read: nothing too wide, too small or too pale, a button for a thumb', async () => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) mkdirSync(folder, { recursive: true });
    const faults: string[] = [];
    for (const { name, html } of MESSAGES) {
      await page.setContent(html);
      for (const width of WIDTHS) {
        const { tooWide, smallest, button } = await measured(page, width);
        if (tooWide > 0 || smallest < 14 || button < 44)
          faults.push(`${name} ${width}: ${JSON.stringify({ tooWide, smallest, button })}`);
        const file = join(folder ?? '', `email-${name}-${width}-${colorScheme}.png`);
        if (folder) await page.screenshot({ path: file, fullPage: true });
      }
      // Once, on the telephone: what axe looks at hangs on the colours, not on the width.
      faults.push(...(await axeFaults(page)).map((fault) => `${name}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  it('has the colours of its scheme', async () => {
    await page.setContent(MESSAGES[0]?.html ?? '');
    const colours = await page.evaluate(
      `['.card', '.muted', '.button', '.button a'].map((at) => {
        const { backgroundColor, color } = getComputedStyle(document.querySelector(at));
        return at === '.card' || at === '.button' ? backgroundColor : color;
      })`,
    );
    expect(colours).toEqual(
      colorScheme === 'dark'
        ? ['rgb(32, 38, 45)', 'rgb(182, 178, 170)', 'rgb(111, 202, 166)', 'rgb(16, 32, 26)']
        : ['rgb(255, 255, 255)', 'rgb(84, 91, 100)', 'rgb(28, 107, 80)', 'rgb(255, 255, 255)'],
    );
  });
});

it('long words and addresses do not push it wider', async () => {
  const page = await browser.newPage({ locale: 'fr-FR' });
  const faults: string[] = [];
  for (const { name, longHtml } of MESSAGES) {
    await page.setContent(longHtml);
    for (const width of WIDTHS) {
      const { tooWide } = await measured(page, width);
      if (tooWide > 0) faults.push(`${name} ${width}: ${tooWide}`);
    }
  }
  await page.close();
  expect(faults).toEqual([]);
});

describe('the preview page', () => {
  let desk: Desk;
  let door: Door;
  beforeAll(async () => {
    desk = await startDesk({ at: new Date('2024-11-25T09:30:00+01:00') });
    await addStaff(desk);
    door = await openDoor(desk);
  });
  afterAll(async () => {
    await door?.close();
    await desk?.stop();
  });

  it('shows a message with its own look and refuses none of it, and is read on a telephone', async () => {
    const context = await browser.newContext({ baseURL: door.base, locale: 'fr-FR' });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text());
    });
    await page.goto(paths.signIn());
    await page.getByLabel('Adresse e-mail').fill('marie@example.org');
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.goto(paths.emails());
    await lookAt(page, 'emails');
    await page.goto(paths.emailPreview('holder-transferred'));
    await lookAt(page, 'email-preview');
    const frame = page.frames().find((each) => each.url().endsWith(paths.emailBody('holder-transferred')));
    const look = await frame?.evaluate(`getComputedStyle(document.querySelector('.button')).backgroundColor`);
    expect(look).toBe('rgb(28, 107, 80)');
    expect(refused).toEqual([]);
    await context.close();
  });
});
