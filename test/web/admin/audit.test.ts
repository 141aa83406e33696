import request from 'supertest';
import type { AuditLine } from '../../../src/domain/audit/chain.js';
import { may, type Permission } from '../../../src/domain/referrals/access.js';
import { verifyAudit } from '../../../src/services/audit/verifyAudit.js';
import { arrivals } from '../../support/arrivals.js';
import { routesOfApp } from '../../support/routes.js';
import { addStaff, type Door, hire, openDoor, type StaffName, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');
const DAY = 86_400_000;
/** What the holder of the project said, in words that stand nowhere else. */
const HOLDER = { name: 'Zoé Quintrec', email: 'zoe.quintrec@example.org', phone: '06 39 98 55 44' };
const TITLE = 'Fabriquer des xylophones pliants';
const PERSONAL = [HOLDER.name, HOLDER.email, HOLDER.phone, '0639985544', TITLE, 'Quintrec', 'xylophone'];

let desk: Desk;
let door: Door;
let admin: Visitor;
let arrived: Awaited<ReturnType<ReturnType<typeof arrivals>['arrives']>>;
const agents = {} as Record<StaffName, ReturnType<typeof request.agent>>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  arrived = await arrivals(desk).arrives({ contact: { ...HOLDER, when: [] }, facts: { title: TITLE } });
  await desk.parts.projects.model.updateOne({ _id: arrived.project }, { $set: { 'consent.by': 'anne' } });
  await desk.services.refreshFacts();
  for (const who of ['anne', 'lea', 'chloe', 'marie', 'odile', 'admin'] as const)
    agents[who] = (await signInByHand(desk, who)).agent;
  door = await openDoor(desk);
  admin = await door.signedIn('admin');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

type Kept = Omit<AuditLine, 'seq'> & { _id: number };
const lines = () => desk.parts.auditLines.model.find().sort({ _id: 1 }).lean<Kept[]>();
const count = (): Promise<number> => desk.parts.auditLines.model.countDocuments();
/** The lines that `act` leaves. */
const leftBy = async (act: () => PromiseLike<unknown>): Promise<Kept[]> => {
  const before = await count();
  await act();
  return (await lines()).slice(before);
};

describe('every page of the desk that staff may open', () => {
  const filled = async (path: string): Promise<string> => {
    const delivery = (await desk.parts.deliveries.ofProject(arrived.project))[0]?.id ?? '';
    const things: [string, string][] = [
      ['/dossiers/:id', arrived.id],
      ['/guichet/recepisse/:id', arrived.project],
      ['/pilotage/projets/:id', arrived.project],
      ['/courriels/:id', delivery],
      ['/pilotage/chiffres/:kpi', 'submitted'],
    ];
    const id = things.find(([start]) => `${path}/`.startsWith(start))?.[1] ?? 'nothing';
    return path.replace(/:\w+/g, id);
  };

  it.each(['anne', 'lea', 'chloe', 'marie', 'odile', 'admin'] as const)(
    'leaves one line of %s where it shows what a holder said, and one at most elsewhere',
    async (who) => {
      const wrong: string[] = [];
      const shown: string[] = [];
      const routes = routesOfApp(desk.app).filter(({ method, needs: [need] }) => {
        return method === 'get' && need?.who === 'staff' && may(staffMember(who), need.permission as Permission);
      });
      for (const { path } of routes) {
        let text = '';
        const left = await leftBy(async () => {
          const answer = await agents[who].get(await filled(path)).redirects(0);
          text = answer.text || JSON.stringify(answer.body);
        });
        const tells = PERSONAL.some((word) => text.includes(word));
        if (tells) shown.push(path);
        const isOwn = left.every(({ actor }) => typeof actor === 'object' && actor.account === who);
        if (!isOwn || left.length > 1 || (tells && left.length === 0)) wrong.push(`${path}: ${left.length} lines`);
      }
      expect(wrong).toEqual([]);
      const SHOWN = { anne: 10, lea: 10, chloe: 0, marie: 5, odile: 0, admin: 0 };
      expect(shown.length).toBeGreaterThanOrEqual(SHOWN[who]);
      if (SHOWN[who] === 0) expect(shown).toEqual([]);
    },
    60_000,
  );

  it('says of the sheet which project, of a list how many, of a search nothing that was typed', async () => {
    expect(await leftBy(() => agents.anne.get(`/dossiers/${arrived.id}`).expect(200))).toMatchObject([
      {
        act: 'sheet-read',
        actor: { account: 'anne' },
        about: { kind: 'project', id: arrived.project },
        detail: { referral: arrived.id },
      },
    ]);
    const [search] = await leftBy(() => agents.anne.get('/dossiers?q=xylophones').expect(200));
    expect(search).toMatchObject({ act: 'list-read', detail: { count: 1, isSearch: true } });
    expect(JSON.stringify(search)).not.toContain('xylophone');
  });

  it('leaves none when the page only asks whether it is still true', async () => {
    expect(await leftBy(() => agents.anne.get(`/dossiers/fraicheur?dossier=${arrived.id}`).expect(200))).toEqual([]);
  });
});

describe('a refusal', () => {
  it('leaves the pattern of the route, never the address', async () => {
    const left = await leftBy(() => agents.anne.get(`/pilotage/projets/${arrived.project}?secret=1`).expect(403));
    expect(left).toMatchObject([
      {
        act: 'access-refused',
        actor: { account: 'anne' },
        about: { kind: 'page', id: 'GET /pilotage/projets/:id' },
      },
    ]);
    expect(left[0]?.detail).toBeUndefined();
    expect(await leftBy(() => agents.marie.get('/exploitation/journal').expect(403))).toHaveLength(1);
  });

  it('leaves none for who is signed out: they are sent to sign in', async () => {
    expect(await leftBy(() => request(desk.app).get('/exploitation/journal').expect(303))).toEqual([]);
  });
});

const rowsOf = (page: Page): string[] =>
  page.html
    .querySelectorAll('main .sheet-list li')
    .map((row) => row.textContent.replace(/[\s\u00a0\u202f]+/g, ' ').trim());
const numbersOf = (page: Page): number[] => rowsOf(page).map((row) => Number(/ligne (\d+)/.exec(row)?.[1]));

describe('the page of the log', () => {
  it('tells in words who did what, newest first, by the names of today, and no project', async () => {
    await agents.anne.get(`/dossiers/${arrived.id}`).expect(200);
    const page = await admin.open('/exploitation/journal');
    const rows = rowsOf(page);
    expect(rows[0]).toContain(`Anne D. (conseil) a lu la fiche d’un projet : projet ${arrived.project}`);
    expect(numbersOf(page)).toEqual([...numbersOf(page)].sort((a, b) => b - a));
    await desk.parts.note({ act: 'signed-in', actor: { account: 'anne' }, detail: { how: 'link', role: '' } });
    await desk.parts.note({
      act: 'purged',
      actor: 'desk',
      detail: { class: 'drafts', count: 2, until: '2024-10-26T02:00:00Z' },
    });
    const [purged, signedIn] = rowsOf(await admin.open('/exploitation/journal?au=2024-11-25')).filter((row) =>
      /durée de conservation|comment/.test(row),
    );
    expect(purged).toContain('données : Questionnaires commencés et non envoyés');
    expect(purged).toMatch(/nombre : 2, avant le : 26 octobre 2024$/);
    expect(signedIn).toMatch(/comment : lien reçu par e-mail$/);
    for (const word of PERSONAL) expect(page.text).not.toContain(word);
    await desk.parts.accounts.model.updateOne({ _id: 'anne' }, { $set: { name: 'Anne B.' } });
    expect((await admin.open('/exploitation/journal?personne=anne')).text).toContain('Anne B.');
    await desk.parts.accounts.model.updateOne({ _id: 'anne' }, { $set: { name: 'Anne D.' } });
  });

  it('is searched by person, family, act, subject and day', async () => {
    const find = async (query: string) => rowsOf(await admin.open(`/exploitation/journal?${query}`));
    for (const typed of ['anne', 'ANNE%20d', 'anne@example.org']) {
      const rows = await find(`personne=${typed}`);
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.every((row) => row.startsWith('Anne D.'))).toBe(true);
    }
    const refused = await find('quoi=refusal');
    expect(refused.length).toBeGreaterThan(1);
    expect(refused.every((row) => row.includes('que son rôle ne permet pas'))).toBe(true);
    expect((await find('quoi=list-read&personne=lea')).every((row) => /^Léa M\. .*a lu une liste/.test(row))).toBe(
      true,
    );
    const ofProject = await find(`sujet=${arrived.project}&quoi=reading`);
    expect(ofProject.length).toBeGreaterThan(10);
    expect(await find('du=2024-11-25&au=2024-11-25')).not.toEqual([]);
    expect(await find('du=2024-11-26')).toEqual([]);
    expect(await find('au=2024-11-24')).toEqual([]);
    expect((await find('du=hier&quoi=rien')).length).toBe(50);
  });

  it('says when nothing is found, and when nobody has that name', async () => {
    expect((await admin.open('/exploitation/journal?sujet=rien-de-tel')).text).toContain('Rien de tel dans le journal');
    expect((await admin.open('/exploitation/journal?personne=inconnue')).text).toContain('Aucun compte de ce nom');
  });

  it('goes on from page to page without losing or repeating a line', async () => {
    for (let more = 0; more < 120; more += 1)
      await desk.parts.note({ act: 'signed-in', actor: { account: 'odile' }, about: { kind: 'page', id: 'x' } });
    const seen: number[] = [];
    for (let next: string | undefined = '/exploitation/journal?personne=odile&quoi=sign-in'; next; ) {
      const page: Page = await admin.open(next);
      seen.push(...numbersOf(page));
      next = page.html.querySelector('a[rel="next"]')?.getAttribute('href')?.replaceAll('&amp;', '&');
    }
    const wanted = (await lines()).filter(
      ({ act, actor }) => act === 'signed-in' && typeof actor === 'object' && actor.account === 'odile',
    );
    expect(seen).toEqual(wanted.map(({ _id }) => _id).sort((a, b) => b - a));
  });

  it('notes that it was read, and of whom', async () => {
    const [all, ofAnne] = await leftBy(async () => {
      await admin.open('/exploitation/journal');
      await admin.open('/exploitation/journal?personne=anne');
    });
    expect(all).toMatchObject({ act: 'list-read', actor: { account: 'admin' }, about: { id: 'audit' } });
    expect(ofAnne).toMatchObject({ actor: { account: 'admin' }, about: { kind: 'account', id: 'anne' } });
  });

  it('gives what was found as a file, whose names are no formulas, and notes it', async () => {
    await hire(desk, 'formula');
    await desk.parts.accounts.model.updateOne({ _id: 'formula' }, { $set: { name: '=1+1' } });
    await desk.parts.note({ act: 'signed-in', actor: { account: 'formula' } });
    const left = await leftBy(async () => {
      const answer = await agents.admin.get('/exploitation/journal.csv?personne=formula').expect(200);
      expect(answer.headers['content-disposition']).toBe('attachment; filename=journal-2024-11-25.csv');
      const [head, first, ...others] = answer.text.trim().split('\r\n');
      expect(head).toContain('Ligne;Jour;Heure;Qui;Compte;Acte');
      expect(first).toMatch(/^\d+;2024-11-25;09:30:00;'=1\+1;formula;signed-in;/);
      expect(others).toEqual([]);
    });
    expect(left).toMatchObject([
      { act: 'export-fetched', about: { kind: 'page', id: 'audit' }, detail: { format: 'csv', people: 1 } },
    ]);
    await agents.marie.get('/exploitation/journal.csv').expect(403);
  });
});

describe('the log as a whole', () => {
  it('holds what people did, and nothing of what the holder or staff are called', async () => {
    const { services } = desk;
    const marie = staffMember('marie');
    const id = await services.startExport(marie, {
      ...{ what: 'projects', format: 'csv', filters: {} },
      period: { code: '2024-11', label: 'novembre 2024', first: '2024-11-01', last: '2024-11-30' },
    } as Parameters<typeof services.startExport>[1]);
    await services.runExport(id);
    await services.fetchExport(marie, id);
    const taken = await services.takeReferral({ id: arrived.id, version: 1, by: staffMember('anne') });
    expect(taken.state).toBe('taken');
    await services.addChannel(marie, { label: 'Affiche du marché', kind: 'poster' });
    await services.startDraft(marie);
    await services.eraseProject(arrived.token);
    const all = await lines();
    const acts = new Set(all.map(({ act }) => act));
    for (const act of [
      ...(['sheet-read', 'list-read', 'access-refused', 'export-asked', 'export-fetched'] as const),
      ...(['settings-changed', 'rules-draft-changed', 'project-erased', 'signed-in'] as const),
    ])
      expect(acts).toContain(act);
    const kept = JSON.stringify(all);
    for (const word of [...PERSONAL, 'Anne D.', '@example.org']) expect(kept).not.toContain(word);
  });

  it('is whole after all this', async () => {
    const verified = await verifyAudit({ ...desk.parts, secrets: desk.config.sessionSecrets })();
    expect(verified).toMatchObject({ from: 0, fault: null, upTo: await count() });
  });

  it('loses its oldest part to the purge, and verifies from there', async () => {
    const before = await count();
    desk.clock.now = new Date(MONDAY.getTime() + 400 * DAY);
    expect(await desk.parts.audit.purgeBefore(new Date(desk.clock.now.getTime() - 365 * DAY))).toBe(before);
    const verified = await verifyAudit({ ...desk.parts, secrets: desk.config.sessionSecrets })();
    expect(verified).toMatchObject({ from: before, upTo: before + 1, fault: null });
  });
});
