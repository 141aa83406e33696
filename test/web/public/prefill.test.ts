import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page } from '../../support/visit.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk();
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const pathOf = (page: Page): string => new URL(page.url).pathname;

/** What is kept of an address, in a browser that has nothing under way. */
const keptOf = async (query: string) => {
  await desk.parts.drafts.model.deleteMany({});
  const page = await door.visitor().open(`/projet?${query}`);
  const [draft] = await desk.parts.drafts.model.find().lean();
  return { at: pathOf(page), answers: draft?.answers, channel: draft?.channel };
};

describe('an address with answers', () => {
  test('fills them in, and goes to the first question that is left', async () => {
    const query = 'besoin=energy&besoin=water&besoin-principal=water&avancement=growth&vous=company&commune=63430';
    const { at, answers } = await keptOf(`${query}&activite=food&effectif=52`);
    expect(at).toBe('/projet/projet');
    expect(answers).toEqual({
      besoins: { needs: ['energy', 'water'] },
      'besoin-principal': { mainNeed: 'water' },
      avancement: { stage: 'growth' },
      vous: { holderKind: 'company' },
      lieu: { place: 'Thiers', commune: '63430', abroad: false },
      activite: { sector: 'food', headcount: 52 },
    });
  });

  test('fills in what it can: the question in between is asked', async () => {
    const { at, answers } = await keptOf('besoin=water&vous=student');
    expect(at).toBe('/projet/avancement');
    expect(answers).toEqual({ besoins: { needs: ['water'] }, vous: { holderKind: 'student' } });
  });

  test.each([
    ['commune=Thiers', '63430'],
    ['commune=thiers', '63430'],
    ['commune=63113', '63113'],
    ['lieu=thiers', '63430'],
  ])('takes the place in %s', async (query, commune) => {
    expect((await keptOf(query)).answers).toMatchObject({ lieu: { commune } });
  });

  test.each([
    'besoin=everything',
    'besoin=water&besoin=%24ne',
    'besoin-principal=water',
    'avancement=soon',
    'vous=king',
    'commune=Atlantide',
    'commune=Clermont',
    'lieu=99999',
    // Typed, it is a postal code, and two communes have it; the INSEE has given it to another.
    'lieu=63430',
    'activite=other&otherSector=Horlogerie',
    'activite=%3Cb%3E',
    'title=Un+titre&summary=Une+description&link=https://example.org',
    'name=Camille&email=camille@example.org&phone=0639981234&consent=yes',
    'organisation=Atelier&siret=73282932000074',
    'vous[$ne]=x&__proto__[vous]=company',
    'besoin=',
  ])('keeps nothing of %s', async (query) => {
    expect((await keptOf(query)).answers ?? {}).toEqual({});
  });

  test('never changes a questionnaire under way, but offers to begin again with them', async () => {
    const visitor = door.visitor();
    await visitor.send(await visitor.open('/projet'), { needs: 'water' });
    const offer = await visitor.open('/projet?besoin=energy&avancement=idea&name=Camille');
    expect(offer.text).toContain('Le lien que vous venez de suivre contient d’autres réponses');
    expect(offer.html.querySelectorAll('main input[type="hidden"]').map((field) => field.getAttribute('name'))).toEqual(
      ['_csrf', 'besoin', 'avancement'],
    );
    expect(pathOf(await visitor.open('/projet/avancement'))).toBe('/projet/avancement');
    expect(pathOf(await visitor.send(offer, {}))).toBe('/projet/vous');
    expect((await visitor.open('/projet?besoin=energy')).text).not.toContain('d’autres réponses');
  });
});

describe('an entry link', () => {
  test.each(['/', '/partenaires', '/charte-et-convention'])('is handed on by %s without a cookie', async (path) => {
    const response = await fetch(`${door.base}${path}?via=salon-2027`);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).toContain('href="/projet?via=salon-2027"');
  });

  test('is kept by the questionnaire', async () => {
    expect(await keptOf('via=salon-2027&besoin=water')).toEqual({
      at: '/projet/avancement',
      channel: 'salon-2027',
      answers: { besoins: { needs: ['water'] } },
    });
  });

  test.each(['Salon', 'salon 2027', '<b>', 'a'.repeat(41), ''])('"%s" is none', async (code) => {
    expect((await keptOf(`via=${encodeURIComponent(code)}&besoin=water`)).channel).toBeNull();
    expect(await (await fetch(`${door.base}/?via=${encodeURIComponent(code)}`)).text()).not.toContain('/projet?via');
  });
});
