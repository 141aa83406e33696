import { AXES, NEED_IDS, NEEDS } from '../../../src/domain/territory/needs.js';
import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

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

const partnersOf = (role: string) => desk.parts.territory.partners.filter((partner) => partner.role === role);

describe('the page of the partners', () => {
  it.each(['fr', 'en'])('shows each desk and each relay once, and none that is inactive (%s)', async (language) => {
    const { html } = await door.visitor().open(`/partenaires?lang=${language}`);
    for (const { id } of [...partnersOf('desk'), ...partnersOf('relay')])
      expect(html.querySelectorAll(`main [id="${id}"]`)).toHaveLength(1);
    expect(partnersOf('inactive')).not.toHaveLength(0);
    for (const { id } of partnersOf('inactive')) expect(html.querySelector(`main [id="${id}"]`)).toBeNull();
    const ids = html.querySelectorAll('[id]').map((one) => one.id);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it('says what each does and where, in both languages', async () => {
    const visitor = door.visitor();
    const french = (await visitor.open('/partenaires?lang=fr')).html.querySelector('#ti-tiltam')?.text ?? '';
    expect(french).toContain('Loire Forez Agglomération');
    expect(french).toContain('Recyclage de friches');
    const english = (await visitor.open('/partenaires?lang=en')).html.querySelector('#ti-tiltam')?.text ?? '';
    expect(english).toContain('Loire Forez Agglomération');
    expect(english.toLowerCase()).toContain(NEEDS.brownfields.en.toLowerCase());
    const smtc = (await visitor.open('/partenaires?lang=fr')).html.querySelector('#smtc-ac')?.text ?? '';
    expect(smtc).toContain('les communes de Mur-sur-Allier et Pérignat-sur-Allier');
  });
});

describe('the page of the charter and the agreement', () => {
  it.each(['fr', 'en'] as const)('shows every axis with its needs and the desks that answer (%s)', async (language) => {
    const { html, text } = await door.visitor().open(`/charte-et-convention?lang=${language}`);
    expect(html.querySelectorAll('.axis h3').map((one) => one.id)).toEqual(expect.arrayContaining(Object.keys(AXES)));
    const needs = NEED_IDS.filter((need) => NEEDS[need].axis !== null);
    if (language === 'en') for (const need of needs) expect(text).toContain(NEEDS[need].en);
    expect(html.querySelector('section[aria-labelledby="water"]')?.text).toContain('Clermont Auvergne Métropole');
  });

  it('says that the agreement has ended and that nothing is known of what followed', async () => {
    const { text } = await door.visitor().open('/charte-et-convention?lang=fr');
    expect(text).toContain('31 octobre 2025');
    expect(text).toContain('Nous ne savons pas ici si elle a été renouvelée.');
    expect(text).toContain('La liste des signataires n’est pas publiée ici');
  });
});
