import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const SITE = {
  signatories: [{ name: 'Vichy Communauté', signedOn: '2022-11-03' }],
  publisher: 'Un éditeur d’essai',
  director: 'Une personne',
  host: 'Un hébergeur <b>\n1 rue de l’Essai',
  contact: 'donnees@example.org',
  frameSites: [],
};
const PAGES = [
  '/',
  '/partenaires',
  '/charte-et-convention',
  '/mentions-legales',
  '/donnees-personnelles',
  '/accessibilite',
];

describe('public pages', () => {
  it.each(PAGES)(
    '%s opens in both languages, each leading to the other, without a cookie unless a language is chosen',
    async (address) => {
      const french = await fetch(new URL(address, door.base), { headers: { 'accept-language': 'fr' } });
      expect(french.status).toBe(200);
      expect(french.headers.getSetCookie()).toEqual([]);

      const visitor = door.visitor();
      const inFrench = await visitor.open(`${address}?lang=fr`);
      expect(inFrench.html.querySelector('html')?.getAttribute('lang')).toBe('fr');
      const link = inFrench.html.querySelector('.header-language');
      expect([link?.getAttribute('lang'), link?.getAttribute('hreflang'), link?.text]).toEqual(['en', 'en', 'English']);

      const inEnglish = await visitor.open(link?.getAttribute('href') ?? '');
      expect(inEnglish.html.querySelector('html')?.getAttribute('lang')).toBe('en');
      expect(inEnglish.html.querySelector('.header-language')?.text).toBe('Français');
      expect(inEnglish.html.querySelector('title')?.text).toContain('Innovation front door');
      expect(inEnglish.html.querySelectorAll('main a').length).toBe(inFrench.html.querySelectorAll('main a').length);
      const alternates = inEnglish.html.querySelectorAll('link[rel="alternate"]');
      expect(alternates.map((one) => one.getAttribute('hreflang'))).toEqual(['fr', 'en', 'x-default']);
    },
  );

  it('keep what else their address says when the language changes', async () => {
    const page = await door.visitor().open('/?via=salon-2026&lang=fr');
    expect(page.html.querySelector('.header-language')?.getAttribute('href')).toBe('/?via=salon-2026&lang=en');
  });

  it.each(['//elsewhere.example', '/\\elsewhere.example'])('never lead elsewhere: %s', async (address) => {
    const page = await door.visitor().open(`${door.base}${address}`);
    expect(page.html.querySelector('.header-language')).toBeNull();
  });

  it('leave out what nobody has filled in, and tell only managers', async () => {
    const page = await door.visitor().open('/mentions-legales?lang=fr');
    expect(page.text).not.toContain('Hébergement');
    expect(page.text).not.toContain('Il manque');
    expect((await (await door.signedIn('marie')).open('/mentions-legales?lang=fr')).text).toContain('Il manque');
    expect((await (await door.signedIn('anne')).open('/mentions-legales?lang=fr')).text).not.toContain('Il manque');
  });

  it('say what managers have filled in, as they wrote it', async () => {
    await desk.services.savePublicSite(staffMember('marie'), SITE, 0);
    const visitor = door.visitor();
    const legal = await visitor.open('/mentions-legales?lang=fr');
    expect(legal.text).toContain('Un hébergeur <b> 1 rue de l’Essai');
    expect(legal.html.querySelector('main b')).toBeNull();
    expect((await visitor.open('/donnees-personnelles')).text).toContain('donnees@example.org');
    expect((await visitor.open('/accessibilite')).text).toContain('donnees@example.org');
    expect((await visitor.open('/charte-et-convention')).text).toContain('Vichy Communauté, le 3 novembre 2022');
    expect((await visitor.open('/charte-et-convention?lang=en')).text).toContain(
      'Vichy Communauté, on 3 November 2022',
    );
  });
});
