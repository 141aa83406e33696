import { readFileSync } from 'node:fs';
import { paths } from '../../src/paths.js';
import { startBrowser } from '../support/browser.js';
import { fullSize } from '../support/fullSize.js';
import { lookAt } from '../support/lookAt.js';
import {
  type DeskWithPeople,
  deskWithPeople,
  type FormName,
  LONGEST,
  NEXT,
  type Outage,
  type Service,
  timed,
} from '../support/outage.js';
import { type Page, visit } from '../support/visit.js';

/** What is away together, and how; the store is away in those that name it. */
type Case = [what: string, away: [Service, Outage][]];

const FEW: Record<'in flight' | 'at start', Case[]> = {
  'in flight': [
    [
      'all three hanging',
      [
        ['store', 'hanging'],
        ['redis', 'hanging'],
        ['mail', 'hanging'],
      ],
    ],
  ],
  'at start': [
    [
      'store and redis dead',
      [
        ['store', 'dead'],
        ['redis', 'dead'],
      ],
    ],
  ],
};

const SERVICES: Service[] = ['store', 'redis', 'mail'];
const HOW: Outage[] = ['dead', 'hanging'];

/** Each subset of the three, dead or hanging alike, but none. */
const ALL: Case[] = HOW.flatMap((how) =>
  [1, 2, 3, 4, 5, 6, 7].map((bits): Case => {
    const away = SERVICES.filter((_, place) => bits & (1 << place)).map((service): [Service, Outage] => [service, how]);
    return [`${away.map(([service]) => service).join(' and ')} ${how}`, away];
  }),
);

/** Pages that have something to say without the store. */
const WITHOUT_STORE = [paths.home(), paths.partners(), paths.legal(), paths.charter(), paths.livez(), '/css/desk.css'];

const MEGABYTE = 2 ** 20;
/** So many at first, twice as many then. */
const REQUESTS = fullSize ? 5000 : 200;

const FORMS = Object.keys(NEXT) as FormName[];

const forEachOutage = (
  when: keyof typeof FEW,
  check: (away: [Service, Outage][], lacksStore: boolean) => Promise<void>,
): void => {
  test.each(fullSize ? ALL : FEW[when])('%s', async (_what, away) =>
    check(
      away,
      away.some(([service]) => service === 'store'),
    ),
  );
};

let people: DeskWithPeople;
beforeEach(async () => {
  people = await deskWithPeople();
});
afterEach(() => people.stop());

const hiddenIn = (page: Page): [string, string][] =>
  page.html
    .querySelectorAll('main form[method="post"] input[type="hidden"]')
    .map((field): [string, string] => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? ''])
    .filter(([name]) => name !== '_csrf');

const expectCalm = (page: Page & { took: number }): void => {
  expect(page.took).toBeLessThan(LONGEST);
  expect(page.status).toBe(503);
  expect(page.text).toMatch(/indisponible pour le moment|unavailable for the moment/);
};

describe('away while people fill in forms', () => {
  forEachOutage('in flight', async (away, lacksStore) => {
    const { desk, forms, receipt, holder, takeAway, giveBack, untilBack } = people;
    for (const [service, how] of away) await takeAway(service, how);

    // The first to notice: all four forms at once, with a page that is only read.
    const [read, ...sent] = await Promise.all([
      timed(holder.open(receipt.url)),
      ...FORMS.map((name) => {
        const { who, page, fields, action } = forms[name];
        return timed(who.send(page, fields, action || undefined));
      }),
    ]);
    for (const page of [read, ...sent]) expect(page.took).toBeLessThan(LONGEST);
    if (!lacksStore) {
      expect(read.status).toBe(200);
      expect(sent.map(({ url }, place) => url.includes(NEXT[FORMS[place] as FormName]))).toEqual(FORMS.map(() => true));
    } else for (const page of [read, ...sent]) expectCalm(page);

    for (const path of WITHOUT_STORE) {
      const response = await fetch(new URL(path, desk.base));
      expect([path, response.status]).toEqual([path, 200]);
    }
    expect((await people.advisor.open('/')).status).toBe(200);

    for (const [service, how] of away) await giveBack(service, how);
    if (!lacksStore) return;
    await untilBack();
    for (const [place, name] of FORMS.entries()) {
      const page = sent[place] as Page;
      const next = await forms[name].who.send(page, {});
      expect([name, next.status, next.url]).toEqual([name, 200, expect.stringContaining(NEXT[name])]);
    }
    expect(people.log.join('').match(/store is away/g)).toHaveLength(1);
    expect(people.log.join('').match(/store is back/g)).toHaveLength(1);
  });
});

describe('away before the web process starts', () => {
  forEachOutage('at start', async (away, lacksStore) => {
    const { desk, receipt, takeAway, giveBack, untilBack } = people;
    await desk.kill('web');
    for (const [service, how] of away) await takeAway(service, how);
    await desk.startWeb();

    const step = await timed(visit(desk.base).open('/projet/besoins'));
    if (lacksStore) expectCalm(step);
    else expect(step.status).toBe(200);
    for (const path of WITHOUT_STORE) {
      const response = await fetch(new URL(path, desk.base));
      expect([path, response.status]).toEqual([path, 200]);
    }
    const page = await timed(visit(desk.base).open(receipt.url));
    if (lacksStore) expectCalm(page);
    else expect(page.status).toBe(200);

    for (const [service, how] of away) await giveBack(service, how);
    await untilBack();
    expect(people.log.join('').match(/"msg":"store is away"/g) ?? []).toHaveLength(lacksStore ? 1 : 0);
  });
});

/** Bytes that a process has in memory. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

describe('many requests while the store hangs', () => {
  test('take no memory that grows with them', async () => {
    const { desk, receipt, takeAway, giveBack, untilBack } = people;
    await takeAway('store', 'hanging');
    const ask = async (): Promise<number> => (await fetch(receipt.url)).status;
    expect(await ask()).toBe(503);
    const rush = async (count: number): Promise<void> => {
      for (let asked = 0; asked < count; asked += 20)
        expect(new Set(await Promise.all(Array.from({ length: 20 }, ask)))).toEqual(new Set([503]));
    };
    await rush(REQUESTS);
    const before = memoryOf(desk.pidOf('web'));
    await rush(2 * REQUESTS);
    expect((memoryOf(desk.pidOf('web')) - before) / MEGABYTE).toBeLessThan(40);
    await giveBack('store', 'hanging');
    await untilBack();
  });
});

describe('the page of an outage', () => {
  test('is read at any width, and sends again what it holds', async () => {
    const { desk, takeAway, giveBack, untilBack } = people;
    const browser = await startBrowser();
    try {
      for (const [lang, again] of [
        ['fr', 'Renvoyer'],
        ['en', 'Send again'],
      ] as const) {
        const page = await browser.newPage();
        await page.goto(`${desk.base}/projet/besoins?lang=${lang}`);
        await page.locator('main form input[type="checkbox"]').first().check();
        await takeAway('store', 'dead');
        await page.locator('main form button').first().click();
        await lookAt(page, `panne-${lang}`);
        await giveBack('store', 'dead');
        await untilBack();
        await page.getByRole('button', { name: again }).click();
        await page.waitForURL(/besoin-principal|avancement/);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });

  test('keeps every value of a form, and no secret', async () => {
    const { advisor, forms, takeAway, desk } = people;
    await takeAway('store', 'dead');

    const { who, page, fields, action } = forms.message;
    const message = await who.send(page, fields, action);
    expect(hiddenIn(message)).toContainEqual(['text', 'Un "devis" <b>&amp;</b> suit.\nÀ lundi.']);
    const step = await forms.step.who.send(forms.step.page, forms.step.fields);
    expect(hiddenIn(step).filter(([name]) => name === 'needs')).toHaveLength(2);

    const response = await fetch(new URL(receiptPath(), desk.base), { headers: { 'accept-language': 'en' } });
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await response.text()).toContain('Please try again in a minute');

    const password = await advisor.open(paths.signIn());
    expect(password.status).toBe(503);
    expect(password.html.querySelector('main form')).toBeNull();
  });

  const receiptPath = (): string => new URL(people.receipt.url).pathname;
});
