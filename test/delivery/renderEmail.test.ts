import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { projectRoot } from '../../src/config.js';
import { emailRenderer } from '../../src/delivery/renderEmail.js';
import { buttonOf, EMAIL_IDS, EMAILS, languagesOf, whyOf } from '../../src/domain/emails/catalogue.js';
import { modelOf } from '../../src/domain/emails/models.js';
import { EMAIL_CASES, ENGLISH_CASES } from '../support/emailCases.js';

const views = join(projectRoot, 'views');
const render = emailRenderer(views);
const rendered = (name: string) => {
  const [, email, facts] = EMAIL_CASES.find(([each]) => each === name) ?? [];
  if (!email || !facts) throw new Error(`No case is called ${name}`);
  return render(email, modelOf(email, facts));
};

test('every e-mail of the catalogue has a case here', () => {
  expect([...new Set(EMAIL_CASES.map(([, email]) => email))].sort()).toEqual([...EMAIL_IDS].sort());
});

describe.each(EMAIL_CASES)('%s', (_name, email, facts) => {
  const { subject, text, html } = render(email, modelOf(email, facts));
  const page = parse(html);
  const label = buttonOf(email, 'fr');

  test('says what happened in its first line, in text as in HTML', () => {
    const first = page.querySelector('h1')?.text ?? '';
    expect(first).not.toBe('');
    expect(text.split('\n')[0]).toBe(first);
    expect(page.querySelectorAll('p.next')).toHaveLength(1);
  });

  test('has one button, that opens its page', () => {
    expect(page.querySelectorAll('a').map((link) => [link.text, link.getAttribute('href')])).toEqual([
      [label, facts.link],
    ]);
    expect(text).toContain(`${label}\u00a0: ${facts.link}`);
  });

  test('says who sends it and why', () => {
    for (const part of [text, page.text]) {
      expect(part).toContain('territoire Clermont Vichy Auvergne');
      expect(part).toContain(whyOf(email, 'fr'));
    }
  });

  test('is written in French that prints well', () => {
    for (const part of [subject, text.replace('\n-- \n', '\n'), page.querySelector('body')?.text ?? '']) {
      expect(part).not.toMatch(/ [:;?!»]|« |!|\p{L}'\p{L}/u);
      expect(part).not.toMatch(/undefined|null|\[object|NaN/);
    }
    expect(subject.length).toBeLessThan(120);
    expect(subject).not.toContain('\n');
  });

  test('needs nothing from elsewhere and holds no markup of the holder', () => {
    expect(page.querySelectorAll('img, link, script, iframe')).toHaveLength(0);
    expect(html).not.toContain('<réparation>');
    expect(text).not.toMatch(/&(lt|gt|amp|#)/);
    expect(page.querySelector('style')?.text).not.toContain('\u00a0');
  });
});

test('every e-mail to holders, and no other, has a case in English', () => {
  const holders = EMAIL_IDS.filter((id) => EMAILS[id].audience === 'holder');
  expect(EMAIL_IDS.filter((id) => languagesOf(id).includes('en'))).toEqual(holders);
  expect([...new Set(ENGLISH_CASES.map(([, email]) => email))].sort()).toEqual([...holders].sort());
});

/** Words that no English sentence holds; the service and its bodies keep their names. */
const NAMES = /Porte d’entrée innovation|Clermont Vichy Auvergne|CCI Puy-de-Dôme|département/g;
const FRENCH =
  /\b(le|la|les|un|une|des|du|de|vous|votre|vos|nous|notre|est|et|avec|pour|dans|que|qui|avant|projet|ce|cette)\b|[àâçéèêëîïôùû«»\u00a0]/i;

describe.each(ENGLISH_CASES)('%s, in English', (_name, email, facts) => {
  const { subject, text, html } = render(email, modelOf(email, facts), 'en');
  const page = parse(html);

  test('says the same things in the same places', () => {
    const french = parse(render(email, modelOf(email, facts), 'fr').html);
    const shape = (root: typeof page) => root.querySelectorAll('*').map(({ tagName }) => tagName);
    expect(shape(page)).toEqual(shape(french));
    expect(text.split('\n')[0]).toBe(page.querySelector('h1')?.text);
    expect(text).toContain(`${buttonOf(email, 'en')}: ${facts.link}`);
    expect(text).toContain(whyOf(email, 'en'));
  });

  test('holds no French sentence', () => {
    expect(page.querySelector('html')?.getAttribute('lang')).toBe('en');
    const dated = (part: string): string => part.replace(/(?<=\d)\u00a0|\u00a0(?=\d)/g, ' ');
    for (const part of [subject, text, page.querySelector('body')?.text ?? '']) {
      expect(dated(part).replace(NAMES, '').replace(facts.link, '')).not.toMatch(FRENCH);
      expect(part).not.toMatch(/!|undefined|null|\[object|NaN/);
    }
    expect(html).not.toContain('<bicycle>');
  });

  test('reads', () => {
    expect(`${subject}\n\n${text}`).toMatchSnapshot();
  });
});

describe('the words', () => {
  test.each(EMAIL_CASES)('%s', (name) => {
    const { subject, text } = rendered(name);
    expect(`${subject}\n\n${text}`).toMatchSnapshot();
  });

  test('of staff e-mails tell nothing about who the holder is', () => {
    for (const [name, email, facts] of EMAIL_CASES) {
      if (EMAILS[email].audience === 'holder' || facts.about !== 'project') continue;
      const { project } = facts;
      const { text, html, subject } = rendered(name);
      for (const secret of [project.contact.name, project.contact.email, '06 00'])
        expect(subject + text + html).not.toContain(secret);
    }
  });
});

describe('a template that is wrong', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'views-'));
    await cp(views, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('throws when it names what its model does not hold', async () => {
    await writeFile(join(folder, 'emails/holder-taken.ejs'), '<p><%= adress %></p>');
    const [, email, facts] = EMAIL_CASES.find(([, id]) => id === 'holder-taken') ?? [];
    if (!email || !facts) throw new Error('no case');
    expect(() => emailRenderer(folder)(email, modelOf(email, facts))).toThrow('adress is not defined');
  });

  test('throws at once when it is missing', async () => {
    await rm(join(folder, 'emails/holder-taken.text.ejs'));
    expect(() => emailRenderer(folder)).toThrow('holder-taken.text.ejs');
  });

  test('throws at once when its English twin is missing', async () => {
    await rm(join(folder, 'emails/holder-taken.en.ejs'));
    expect(() => emailRenderer(folder)).toThrow('holder-taken.en.ejs');
  });
});
