import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../src/domain/territory/language.js';
import { paths } from '../../src/paths.js';
import { startBrowser } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/** The front door for people who cannot see well, point, or run scripts: each as far as the follow-up page. */
let desk: Desk;
let base: string;
let browser: Browser;
let close: () => Promise<unknown>;
beforeAll(async () => {
  desk = await startDesk();
  const server = desk.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser();
  close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
});
afterAll(async () => {
  await browser?.close();
  await close();
  await desk.stop();
});

const MOST_TABS = 150;

/** What has the focus, and whether a person can see that it has. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  // A choice shows the focus on its whole row.
  const rings = [at, at.parentElement, at.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one).outlineStyle);
  const box = at.getBoundingClientRect();
  return {
    tag: at.localName, name: at.name ?? '', value: at.value ?? '', href: at.getAttribute('href') ?? '', label: at.textContent.trim(),
    isSeen: rings.some((ring) => ring !== 'none') && box.bottom > 0 && box.top < innerHeight,
  };
})()`;
interface Focused {
  tag: string;
  name: string;
  value: string;
  href: string;
  label: string;
  isSeen: boolean;
}

/** Presses Tab until something has the focus that one looks for; each stop on the way must be visible. */
const tabTo = async (page: Page, what: string, isIt: (at: Focused) => boolean): Promise<void> => {
  for (let tab = 0; tab < MOST_TABS; tab += 1) {
    await page.keyboard.press('Tab');
    const at = (await page.evaluate(FOCUSED)) as Focused;
    if (at.tag !== 'body' && !at.isSeen) throw new Error(`${page.url()}: the focus is lost on ${JSON.stringify(at)}`);
    if (isIt(at)) return;
  }
  throw new Error(`${page.url()}: Tab does not lead to ${what}`);
};

/** Chooses by Tab, the arrows within a group of radios, and Space. */
const choose = async (page: Page, name: string, value: string): Promise<void> => {
  await tabTo(page, name, (at) => at.name === name);
  for (let press = 0; press < MOST_TABS; press += 1) {
    const at = (await page.evaluate(FOCUSED)) as Focused;
    if (at.value === value) return page.keyboard.press('Space');
    const isRadio = await page.evaluate("document.activeElement.type === 'radio'");
    await page.keyboard.press(isRadio ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`${page.url()}: no ${name} ${value}`);
};

const type = async (page: Page, name: string, text: string): Promise<void> => {
  await tabTo(page, name, (at) => at.name === name);
  await page.keyboard.type(text);
};

const press = async (page: Page): Promise<void> => {
  await tabTo(page, 'the button', (at) => at.tag === 'button');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(`${page.url()} ${overflow}`).toBe(`${page.url()} 0`);
};

const fillInByKeyboard = async (page: Page): Promise<void> => {
  await page.goto('/');
  await tabTo(page, 'the questionnaire', ({ href }) => href.startsWith(paths.start()));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await choose(page, 'needs', 'industry-of-the-future');
  await press(page);
  await choose(page, 'stage', 'industrialisation');
  await press(page);
  await choose(page, 'holderKind', 'company');
  await press(page);
  await type(page, 'place', '63300');
  await press(page);
  await choose(page, 'commune', '63430');
  await press(page);
  await choose(page, 'sector', 'metal');
  await press(page);
  await type(page, 'title', 'Un robot à l’émouture');
  await type(page, 'summary', 'Nous voulons robotiser une ligne de notre coutellerie.');
  await press(page);
  await press(page);
  await choose(page, 'partners', 'none');
  await press(page);
  await type(page, 'name', 'Camille R.');
  await type(page, 'email', `camille.${page.viewportSize()?.width}@example.org`);
  await choose(page, 'consent', 'yes');
  await press(page);
};

const PEOPLE = {
  'who enlarge four times': { viewport: { width: 320, height: 256 } },
  'who choose their colours': { viewport: { width: 360, height: 780 }, forcedColors: 'active' },
  'who want few movements, in the dark': {
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: 'dark',
  },
} as const;

it.each(Object.entries(PEOPLE))(
  'people %s send a project and add to it, with a keyboard and no script',
  async (_who, settings) => {
    const locale = settings.viewport.width === 360 ? 'en-GB' : 'fr-FR';
    const context: BrowserContext = await browser.newContext({
      ...settings,
      baseURL: base,
      locale,
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await fillInByKeyboard(page);
    expect(page.url()).toContain(paths.check());
    await press(page);
    expect(await page.locator('main').textContent()).toContain('TILTAM');
    await tabTo(page, 'a message', ({ href }) => href.endsWith('/message'));
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await type(page, 'text', 'Notre bail se termine en mars.');
    await press(page);
    expect(await page.locator('main').textContent()).toContain('Notre bail se termine en mars.');
    await context.close();
  },
  180_000,
);

const PUBLIC = [paths.home(), paths.partners(), paths.charter(), paths.legal(), paths.privacy(), paths.accessibility()];
const OTHERS = [paths.lostLink(), paths.later(), paths.frame(), paths.erased(), paths.resume('nothing'), '/nowhere'];

it.each<Language>(['fr', 'en'])(
  'the pages around the questionnaire hold nothing that axe sees, in %s',
  async (language) => {
    const context = await browser.newContext({ baseURL: base, locale: language });
    const page = await context.newPage();
    for (const path of [...PUBLIC, ...OTHERS]) {
      await page.goto(path);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await lookAt(page, `around-${language}${path.replaceAll('/', '-')}`);
    }
    await context.close();
  },
  180_000,
);
