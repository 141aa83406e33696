import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { projectRoot } from '../../src/config.js';
import { loadTerritory } from '../../src/data/territoryFiles.js';
import { foldLines } from '../../src/delivery/foldLines.js';
import { emailRenderer } from '../../src/delivery/renderEmail.js';
import { buttonOf, EMAIL_IDS, EMAILS, languagesOf, whyOf } from '../../src/domain/emails/catalogue.js';
import { exampleFacts } from '../../src/domain/emails/examples.js';
import { modelOf } from '../../src/domain/emails/models.js';
import { EMAIL_CASES, ENGLISH_CASES } from '../support/emailCases.js';

const views = join(projectRoot, 'views');
const territory = loadTerritory();
const render = emailRenderer(views, territory.words);
const rendered = (name: string) => {
  const [, email, facts] = EMAIL_CASES.find(([each]) => each === name) ?? [];
  if (!email || !facts) throw new Error(`No case is called ${name}`);
  return render(email, modelOf(email, facts));
};

/** The tags of the made-up words (emailCases.ts), as they would be were they not escaped. */
const MARKUP = /<(réparation|mend|banque|bank|réunion|meeting|local|premises)>/;

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

  test('has one button, that opens its page; its other links are in the text part too', () => {
    expect(page.querySelectorAll('td.button a').map((link) => [link.text, link.getAttribute('href')])).toEqual([
      [label, facts.link],
    ]);
    expect(text).toContain(`${label}\u00a0: ${facts.link}`);
    for (const link of page.querySelectorAll('a')) {
      expect(link.getAttribute('style')).toContain('color:');
      expect(text).toContain(link.getAttribute('href'));
    }
    const hasOthers = ['advisor-news', 'advisor-digest', 'manager-weekly'].includes(email);
    expect(page.querySelectorAll('a').length > 1).toBe(hasOthers);
  });

  test('begins, in lists of messages, with what happened and what to do', () => {
    const before = page.querySelector('body > div');
    expect(before?.getAttribute('style')).toContain('display:none');
    expect(before?.text.startsWith(page.querySelector('h1')?.text.slice(0, 150) ?? '?')).toBe(true);
    expect(before?.text.length).toBeLessThanOrEqual(200);
  });

  test('needs no style that Outlook for Windows does not know', () => {
    for (const tag of page.querySelectorAll('body *')) {
      const style = tag.getAttribute('style') ?? '';
      expect(style).not.toMatch(/(^|;)(background:|display:(flex|grid)|position|float|white-space:pre)/);
      if (tag.tagName === 'DIV') expect(style).not.toContain('background');
      if (style.includes('background-color')) expect(tag.hasAttribute('bgcolor')).toBe(true);
    }
    for (const tag of page.querySelectorAll('h1, h2, p, ul, li, table:not([role]) th')) {
      expect(tag.getAttribute('style')).not.toBeUndefined();
    }
    for (const [, size] of html.matchAll(/font-size:(\d+)px/g)) expect([1, 14, 16, 18, 22]).toContain(Number(size));
  });

  test('has no line that is too wide for a mail server', () => {
    for (const line of text.split('\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
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
    expect(html).not.toMatch(MARKUP);
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
const NAMES =
  /Porte d’entrée innovation|Clermont Vichy Auvergne|CCI Puy-de-Dôme Clermont Auvergne Métropole|CCI de l’Allier|département/g;
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
    expect(html).not.toMatch(MARKUP);
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
      for (const secret of [project.contact.name, project.contact.email, '06 39'])
        expect(subject + text + html).not.toContain(secret);
    }
  });
});

describe('what leaves in the same e-mail', () => {
  test.each([
    ['fr', EMAIL_CASES, 'Juste avant'],
    ['en', ENGLISH_CASES, 'Just before'],
  ] as const)('is told after it, in %s', (language, cases, title) => {
    const [, email, facts] = cases.find(([name]) => name === 'holder-transferred') ?? [];
    if (!email || facts?.about !== 'project') throw new Error('no case');
    const also = ['One <thing>.', 'Another.'];
    const { text, html } = render(email, modelOf(email, { ...facts, also }), language);
    expect(text).toMatch(new RegExp(`\n\n${title}\\s?:\n- One <thing>\\.\n- Another\\.\n\n-- \n`));
    const page = parse(html);
    expect(page.querySelectorAll('h2').at(-1)?.text).toBe(title);
    expect(page.querySelectorAll('ul').at(-1)?.innerHTML).toContain('One &lt;thing&gt;.');
    expect(render(email, modelOf(email, { ...facts, also: [] }), language).text).not.toContain(title);
  });
});

describe('the foot', () => {
  const foot = (change: { isRead?: boolean; unsubscribe?: string }, language: 'fr' | 'en' = 'fr') => {
    const model = modelOf('holder-survey', exampleFacts('holder-survey', language, territory));
    return render('holder-survey', { ...model, ...change }, language);
  };

  test('says whether a reply is read', () => {
    expect(foot({ isRead: true }).text).toContain('Vous pouvez répondre à ce message');
    expect(foot({ isRead: false }).text).toContain('une réponse à cette adresse ne serait pas lue');
    expect(foot({ isRead: false }, 'en').html).toContain('would not be read');
  });

  test('offers to have no more of them, when that is possible', () => {
    const unsubscribe = 'https://porte.example.org/desabonnement/s3cret';
    for (const language of ['fr', 'en'] as const) {
      const label = { fr: 'Ne plus recevoir ces questions', en: 'Stop these questions' }[language];
      const { text, html } = foot({ unsubscribe }, language);
      expect(text).toMatch(new RegExp(`${label}\\s?: ${unsubscribe}`));
      expect(
        parse(html)
          .querySelectorAll('.muted a')
          .map((link) => link.text),
      ).toEqual([label]);
      expect(foot({}, language).text + foot({}, language).html).not.toContain(label);
    }
  });
});

describe('subjects', () => {
  test('are one for all e-mails about a project to the same people', () => {
    const subjects = new Map<string, Set<string>>();
    for (const [, email, facts] of [...EMAIL_CASES, ...ENGLISH_CASES]) {
      if (facts.about !== 'project' || facts.project.erasedAt) continue;
      const readers = EMAILS[email].audience === 'holder' ? `holder, ${facts.language}` : 'staff';
      subjects.set(readers, (subjects.get(readers) ?? new Set()).add(modelOf(email, facts).subject));
    }
    expect(Object.fromEntries([...subjects].map(([readers, each]) => [readers, [...each]]))).toEqual({
      'holder, fr': ['Votre projet « Un atelier de <réparation> de vélos » (26-K7QF3)'],
      'holder, en': ['Your project “A workshop to <mend> bicycles” (26-K7QF3)'],
      staff: ['Projet 26-K7QF3 : Un atelier de <réparation> de vélos'],
    });
  });

  test('are never empty, and cut a long title after a word', () => {
    for (const [, email, facts] of EMAIL_CASES) expect(modelOf(email, facts).subject).not.toBe('');
    const facts = exampleFacts('holder-taken', 'fr', territory);
    if (facts.about !== 'project') throw new Error('no project');
    const titled = (title: string): string =>
      modelOf('holder-taken', {
        ...facts,
        project: { ...facts.project, facts: { ...facts.project.facts, title } },
      }).subject;
    expect(titled(`${'chaleur '.repeat(20)}`)).toBe(`Votre projet « ${'chaleur '.repeat(10).trim()}… » (26-K7QF3)`);
    expect(titled('x'.repeat(200))).toBe(`Votre projet « ${'x'.repeat(79)}… » (26-K7QF3)`);
    expect(titled('Un atelier,\n puis deux')).toBe('Votre projet « Un atelier, puis deux » (26-K7QF3)');
    expect(titled(' ')).toBe('Votre projet 26-K7QF3');
  });
});

test('a text part folds lines that no mail server would take, and no other', () => {
  const long = `${'mot '.repeat(400)}fin`;
  const folded = foldLines(`court\n\n${long}\n${'é'.repeat(1200)}`);
  const lines = folded.split('\n');
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
  expect(lines.slice(0, 2)).toEqual(['court', '']);
  expect(folded.replace(/\s+/g, ' ')).toBe(`court ${long} ${folded.match(/é+/g)?.join(' ')}`);
  expect(folded.match(/é/g)).toHaveLength(1200);
  expect(foldLines('a'.repeat(998))).toBe('a'.repeat(998));
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
    const [, email, facts] = EMAIL_CASES.find(([each]) => each === 'holder-taken') ?? [];
    if (!email || !facts) throw new Error('no case');
    expect(() => emailRenderer(folder, territory.words)(email, modelOf(email, facts))).toThrow('adress is not defined');
  });

  test('throws at once when it is missing', async () => {
    await rm(join(folder, 'emails/holder-taken.text.ejs'));
    expect(() => emailRenderer(folder, territory.words)).toThrow('holder-taken.text.ejs');
  });

  test('throws at once when its English twin is missing', async () => {
    await rm(join(folder, 'emails/holder-taken.en.ejs'));
    expect(() => emailRenderer(folder, territory.words)).toThrow('holder-taken.en.ejs');
  });
});
