import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { EMAIL_IDS, EMAILS, languagesOf } from '../../../src/domain/emails/catalogue.js';
import { addStaff, type Door, openDoor, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');

let desk: Desk;
let door: Door;
let marie: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  marie = await door.signedIn('marie');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const hashOf = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

describe('the list of our e-mails', () => {
  it('holds each of the catalogue once, under whom it is for, and says when it leaves', async () => {
    const page = await marie.open('/pilotage/courriels');
    const links = page.html.querySelectorAll('.emails-table a').map((link) => link.getAttribute('href'));
    expect([...links].sort()).toEqual(EMAIL_IDS.map((id) => `/pilotage/courriels/${id}`).sort());
    expect(page.html.querySelectorAll('.emails-table caption').map(({ text }) => text)).toEqual([
      'À la personne qui porte le projet',
      'À l’équipe du partenaire',
      'À la personne responsable chez le partenaire',
      'Au pilotage',
      'À la personne du compte',
    ]);
    for (const when of page.html.querySelectorAll('.emails-table td'))
      expect(when.text).toMatch(/^Quand \S.*\u00a0: \S.*, \S.*\.$/);
  });

  it.each([
    [
      'advisor-second-reminder',
      'Quand un partenaire reçoit le projet : 4 jours ouvrés après, tant que personne n’a pris le projet en charge. ' +
        'Le délai s’arrête en attendant une réponse de la personne, et les jours où le partenaire est fermé.',
    ],
    [
      'advisor-news',
      'Quand une personne prend le projet en charge, ou quand le suivi reprend : 20 jours ouvrés après, tant que le projet est ' +
        'pris en charge. Puis tous les 20 jours ouvrés. Tout acte sur le projet le repousse d’autant.',
    ],
    [
      'advisor-message',
      'Quand la personne écrit un message, ou quand la personne corrige ses coordonnées, si un partenaire a le projet : ' +
        'aussitôt, tant que le suivi dure. Qui préfère un résumé l’y trouve.',
    ],
    [
      'holder-taken',
      'Quand une personne prend le projet en charge : 10 minutes après, tant que le projet est pris en charge. ' +
        'Plusieurs nouvelles rapprochées font un seul message.',
    ],
  ])('reads the row of %s aloud', async (id, sentence) => {
    const page = await marie.open(`/pilotage/courriels/${id}`);
    expect(page.text.replace(/\s+/g, ' ')).toContain(sentence);
  });
});

describe('the preview of an e-mail', () => {
  it('shows its subject, its text and its HTML part, with made-up data', async () => {
    const page = await marie.open('/pilotage/courriels/holder-not-forgotten');
    expect(page.html.querySelector('h1')?.text).toBe(EMAILS['holder-not-forgotten'].label);
    expect(page.html.querySelector('.email-subject')?.text).toContain('26-K7QF3');
    expect(page.html.querySelector('.email-text')?.text).toMatch(/^Nous ne vous oublions pas/);
    const frame = page.html.querySelector('iframe');
    expect(frame?.getAttribute('src')).toBe('/pilotage/courriels/holder-not-forgotten/message');
    expect(frame?.getAttribute('sandbox')).toBe('');
  });

  it('shows those to holders in English too, and keeps it from one to the next', async () => {
    const page = await marie.open('/pilotage/courriels/holder-taken');
    const english = await marie.open(String(page.html.querySelector('[hreflang="en"]')?.getAttribute('href')));
    expect(english.html.querySelector('.email-text')?.text).toContain('is now dealing with your project');
    expect(english.html.querySelector('iframe')?.getAttribute('src')).toBe(
      '/pilotage/courriels/holder-taken/message?langue=en',
    );
    expect(english.html.querySelector('.email-text')?.getAttribute('lang')).toBe('en');
    expect(english.html.querySelector('html')?.getAttribute('lang')).toBe('fr');
    expect(english.html.querySelector('[rel="next"]')?.getAttribute('href')).toContain('?langue=en');
    const staff = await marie.open('/pilotage/courriels/manager-triage?langue=en');
    expect(staff.html.querySelector('[hreflang]')).toBeNull();
    expect(staff.html.querySelector('.email-text')?.text).toContain('attend qu’une personne l’oriente');
  });

  it('leads from the first e-mail to the last', async () => {
    const met: string[] = [];
    let address: string | undefined = `/pilotage/courriels/${EMAIL_IDS[0]}`;
    while (address) {
      met.push(address.split('/').at(-1) ?? '');
      const page = await marie.open(address);
      address = page.html.querySelector('[rel="next"]')?.getAttribute('href');
    }
    expect(met).toEqual([...EMAIL_IDS]);
    expect((await marie.open(`/pilotage/courriels/${EMAIL_IDS[0]}`)).html.querySelector('[rel="prev"]')).toBeNull();
  });

  it('does not exist for an unknown e-mail', async () => {
    expect((await marie.open('/pilotage/courriels/nothing')).status).toBe(404);
    expect((await marie.open('/pilotage/courriels/constructor')).status).toBe(404);
  });

  it('is for managers and administrators', async () => {
    for (const [who, status] of [
      ['marie', 200],
      ['admin', 200],
      ['lea', 403],
      ['anne', 403],
    ] as const) {
      const { agent } = await signInByHand(desk, who);
      for (const address of ['', '/holder-taken', '/holder-taken/message'])
        expect([who, (await agent.get(`/pilotage/courriels${address}`)).status]).toEqual([who, status]);
    }
    const account = { id: 'x', name: 'x', email: 'x@example.org', role: 'lead', partner: 'cci-allier' } as const;
    expect(() => desk.services.previewEmail(account, 'holder-taken', 'fr')).toThrow();
  });
});

describe('the HTML part', () => {
  it('allows its own styles and nothing else, in a frame of ours alone', async () => {
    const { agent } = await signInByHand(desk, 'marie');
    for (const id of EMAIL_IDS) {
      for (const language of languagesOf(id)) {
        const { text, headers } = await agent.get(`/pilotage/courriels/${id}/message?langue=${language}`);
        const policy = String(headers['content-security-policy']);
        expect(policy.replace(/ 'sha256-[^']+'/g, '')).toBe(
          "default-src 'none'; style-src 'unsafe-hashes'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
        );
        const page = parse(text, { blockTextElements: { style: true } });
        const styles = [
          ...page.querySelectorAll('[style]').map((tag) => tag.getAttribute('style') ?? ''),
          ...page.querySelectorAll('style').map((block) => block.innerHTML),
        ];
        expect(styles.length).toBeGreaterThan(10);
        for (const style of styles) expect(policy).toContain(hashOf(style));
        expect(headers['cache-control']).toBe('no-store');
        expect(page.querySelector('html')?.getAttribute('lang')).toBe(language);
      }
    }
  });

  it('has a page around it that frames nothing from elsewhere', async () => {
    const { agent } = await signInByHand(desk, 'marie');
    const policyOf = async (address: string) => String((await agent.get(address)).headers['content-security-policy']);
    const preview = await policyOf('/pilotage/courriels/holder-taken');
    const list = await policyOf('/pilotage/courriels');
    expect(preview).toContain("frame-src 'self'");
    expect(list).not.toContain('frame-src');
    expect(preview.replace(/; ?frame-src 'self'/, '')).toBe(list);
  });
});
