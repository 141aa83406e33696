import request from 'supertest';
import { addStaff, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await addStaff(desk);
});
afterAll(() => desk.stop());

const policyOf = (response: request.Response): string =>
  /frame-ancestors ([^;]+)/.exec(response.headers['content-security-policy'] ?? '')?.[1] ?? '';

const allow = async (frameSites: string[]): Promise<void> => {
  const { version, updatedAt: _at, updatedBy: _by, ...site } = await desk.services.readPublicSite();
  await desk.services.savePublicSite(staffMember('marie'), { ...site, frameSites }, version);
};

describe('the page for frames', () => {
  it('is shown by no site until a manager lists one', async () => {
    const response = await request(desk.app).get('/integrer').expect(200);
    expect(policyOf(response)).toBe("'none'");
    expect(response.headers['x-frame-options']).toBeDefined();
  });

  it('is shown by the sites that managers list, and by no other', async () => {
    await allow(['https://www.example.org', 'https://example.net:8443', "https://x.org; script-src 'unsafe-inline'"]);
    const response = await request(desk.app).get('/integrer').expect(200);
    expect(policyOf(response)).toBe('https://www.example.org https://example.net:8443');
    expect(response.headers['x-frame-options']).toBeUndefined();
    expect(response.headers['content-security-policy']).not.toContain('unsafe-inline');
  });

  it.each(['/', '/projet/besoins', '/projet/plus-tard', '/connexion', '/donnees-personnelles', '/nowhere'])(
    'is the only one: %s stays out of frames',
    async (path) => {
      await allow(['https://www.example.org']);
      const response = await request(desk.app).get(path);
      expect(policyOf(response)).toBe("'none'");
      expect(response.headers['x-frame-options']).toBeDefined();
    },
  );

  it.each(['/integrer', '/integrer?lang=en', '/integrer?via=cci&lang=fr'])('%s sets no cookie', async (path) => {
    const response = await request(desk.app).get(path).set('Cookie', 'langue=en; visiteur=s%3Aforged.x; session=x');
    expect(response.status).toBe(200);
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it('asks for the needs and the commune, without a script, in both languages', async () => {
    const door = await openDoor(desk);
    const french = await door.visitor().open('/integrer?via=cci');
    expect(french.html.querySelector('html')?.getAttribute('lang')).toBe('fr');
    expect(french.html.querySelectorAll('script, style, [style]')).toEqual([]);
    const form = french.html.querySelector('form');
    expect([form?.getAttribute('method'), form?.getAttribute('target')]).toEqual(['get', '_blank']);
    const names = french.html.querySelectorAll('form [name]').map((field) => field.getAttribute('name'));
    expect([...new Set(names)]).toEqual(['via', 'besoin', 'lieu']);
    const english = await door.visitor().open('/integrer?lang=en');
    expect(english.html.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(english.text).toContain('Continue in a new page');
    expect(english.html.querySelector('input[name="lang"]')?.getAttribute('value')).toBe('en');
    await door.close();
  });

  it('opens the desk with what was answered, and by which site', async () => {
    const door = await openDoor(desk);
    const page = await door.visitor().open('/projet?via=cci&besoin=water&lieu=Thiers');
    expect(new URL(page.url).pathname).toBe('/projet/avancement');
    const [draft] = await desk.parts.drafts.model.find({ channel: 'cci' }).lean();
    expect(draft?.answers).toMatchObject({ besoins: { needs: ['water'] }, lieu: { commune: '63430' } });
    await door.close();
  });
});
