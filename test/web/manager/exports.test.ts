import readWorkbook from 'read-excel-file/node';
import { arrivals } from '../../support/arrivals.js';
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
  const { services, arrives } = arrivals(desk);
  await arrives();
  await arrives();
  await services.refreshFacts();
  door = await openDoor(desk);
  marie = await door.signedIn('marie');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
afterEach(() => desk.parts.exportRecords.model.deleteMany({}));

const squeeze = (text = ''): string => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const files = async (visitor = marie): Promise<string[]> =>
  (await visitor.open('/pilotage/exports')).html.querySelectorAll('.export').map((file) => squeeze(file.text));
const latest = async () => (await desk.parts.exportRecords.model.findOne().sort({ createdAt: -1 }).lean())?._id ?? '';
const ask = async (form: Record<string, string> = {}, visitor = marie) => {
  const page = await visitor.open('/pilotage/exports');
  return visitor.send(page, { quoi: 'projects', format: 'csv', periode: '2024-11', ...form }, '/pilotage/exports');
};

describe('the page of exports', () => {
  it('asks for a file, says how far it is, gives it, and takes it away', async () => {
    expect((await marie.open('/pilotage/exports')).text).toContain('Aucun fichier');
    const asked = await ask({ besoin: 'industry-of-the-future' });
    expect(asked.text).toContain('Le fichier est demandé.');
    expect((await files())[0]).toContain('Une ligne par projet : novembre 2024 En attente');
    expect((await files())[0]).toContain('Besoin principal :');
    const id = await latest();

    const { agent, tokenIn } = await signInByHand(desk, 'marie');
    const waiting = await agent.get('/pilotage/exports').expect(200);
    expect(waiting.headers['refresh']).toBe('3');
    expect(waiting.text).toMatch(/<progress [^>]*>Il commence dans quelques secondes\.<\/progress>/);
    const asking = await agent.get('/pilotage/exports?demander=1').expect(200);
    expect(asking.headers['refresh']).toBeUndefined();
    await agent.get(`/pilotage/exports/${id}`).expect(404);

    await desk.parts.exportRecords.claim(id, MONDAY, new Date(MONDAY.getTime() + 30_000));
    await desk.parts.exportRecords.progress({ id, attempt: 1 }, { total: 200_000, done: 12_000 }, MONDAY);
    expect((await files())[0]).toContain('En préparation');
    expect((await files())[0]).toContain('12 000 sur 200 000 lignes.');
    await desk.parts.exportRecords.release({ id, attempt: 1 });

    expect(await desk.services.runExport(id)).toBe('done');
    expect((await files())[0]).toMatch(/Prêt .* 2 lignes, \d+ ko\. Gardé jusqu’au lundi 2 décembre\. Télécharger/);
    const done = await agent.get('/pilotage/exports').expect(200);
    expect(done.headers['refresh']).toBeUndefined();
    const file = await agent.get(`/pilotage/exports/${id}`).buffer().expect(200);
    expect(file.headers['content-disposition']).toBe('attachment; filename=projets-2024-11-01-2024-11-30.csv');
    expect(file.text.split('\r\n')).toHaveLength(4);

    const _csrf = tokenIn(done.text);
    await agent.post(`/pilotage/exports/${id}/retirer`).type('form').send({ _csrf }).expect(303);
    expect(await files()).toEqual([]);
    await agent.get(`/pilotage/exports/${id}`).expect(404);
  });

  it('says of a file whose time is over that it is gone, and of one that failed what to do', async () => {
    await ask();
    const id = await latest();
    await desk.services.runExport(id);
    await desk.parts.exportRecords.model.updateOne({ _id: id }, { $set: { expiresAt: MONDAY } });
    expect((await files())[0]).toContain('Effacé');
    expect((await files())[0]).toContain('Les fichiers sont gardés 7 jours.');
    expect((await files())[0]).not.toContain('Télécharger');
    expect((await marie.open(`/pilotage/exports/${id}`)).status).toBe(410);
    await desk.parts.exportRecords.model.updateOne({ _id: id }, { $set: { state: 'failed', expiresAt: null } });
    expect((await files())[0]).toContain('Ce fichier n’a pas pu être fait.');
  });

  it('keeps what was chosen when something is missing', async () => {
    const page = await marie.open('/pilotage/exports');
    const wrong = await marie.send(
      page,
      { quoi: 'referrals', format: 'xlsx', periode: 'mois', du: '2024-11', au: '2024-10' },
      '/pilotage/exports',
    );
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Le dernier mois vient avant le premier.');
    expect(wrong.html.querySelector('input[value="referrals"]')?.getAttribute('checked')).toBeDefined();
    expect(wrong.html.querySelector('option[selected][value="mois"]')).not.toBeNull();
    expect(await files()).toEqual([]);
  });

  it('opens with the period and filters of the figures that one comes from', async () => {
    const figures = await marie.open('/pilotage?periode=2024-11&partenaire=ti-tiltam');
    const link = figures.html.querySelectorAll('a').find(({ text }) => text === 'Autres exports');
    const page = await marie.open((link?.getAttribute('href') ?? '').replaceAll('&amp;', '&'));
    const chosen = page.html.querySelectorAll('option[selected]').map((option) => option.getAttribute('value'));
    expect(chosen).toEqual(['2024-11', 'ti-tiltam']);
  });

  it('offers rows to those who see what is behind figures, and figures to observers', async () => {
    const choices = async (visitor: Visitor) =>
      (await visitor.open('/pilotage/exports')).html
        .querySelectorAll('input[name="quoi"]')
        .map((input) => input.getAttribute('value'));
    expect(await choices(marie)).toEqual(['figures', 'projects', 'referrals']);
    const odile = await door.signedIn('odile');
    expect(await choices(odile)).toEqual(['figures']);
    const refused = await ask({}, odile);
    expect(refused.status).toBe(403);
    expect(await desk.parts.exportRecords.model.countDocuments()).toBe(0);
  });
});

describe('the figures of a page as a file', () => {
  const csvLines = async (query: string): Promise<string[][]> => {
    const { agent } = await signInByHand(desk, 'marie');
    const { text } = await agent.get(`/pilotage/chiffres.csv?${query}`).buffer().expect(200);
    return text
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'));
  };

  it('has, in CSV, its filters, the period and the year before, and which way is good', async () => {
    const [header = [], ...lines] = await csvLines('periode=2024-11&partenaire=ti-tiltam');
    expect(header.slice(9)).toEqual(['Période d’avant', 'Année d’avant', 'Bon signe', 'Filtres', 'Définition']);
    const received = lines.find((line) => line[2] === 'Ensemble' && line[4] === 'Projets reçus') ?? [];
    expect(received.slice(5, 12)).toEqual(['2', 'projets', '2', '2', '0', '0', 'plus haut']);
    expect(received[12]).toMatch(/^Partenaire : Territoire d’industrie/);
  });

  it('is, in XLSX, a sheet a table, typed, with a sheet of definitions', async () => {
    const { agent } = await signInByHand(desk, 'marie');
    const answer = await agent.get('/pilotage/chiffres.xlsx?periode=2024-11').responseType('blob').expect(200);
    expect(answer.headers['content-type']).toContain('spreadsheetml.sheet');
    expect(answer.headers['content-disposition']).toBe('attachment; filename=chiffres-2024-11-01-2024-11-30.xlsx');
    const sheets = await readWorkbook(answer.body as Buffer);
    const names = sheets.map(({ sheet }) => sheet);
    expect(names[0]).toBe('Chiffres');
    expect(names).toEqual(expect.arrayContaining(['Par partenaire', 'Par mois', 'Du besoin à l’issue', 'Définitions']));
    const figures = sheets[0]?.data ?? [];
    const received = figures.find(([, label]) => label === 'Projets reçus');
    expect(received?.[2]).toBe(2);
    const routed = figures.find(([, label]) => label === 'Orientés sans attendre');
    expect(routed?.slice(2, 6)).toEqual([1, '%', 2, 2]);
    const definitions = sheets.at(-1)?.data ?? [];
    expect(definitions.find(([word]) => word === 'Période')?.[1]).toBe('novembre 2024');
    expect(definitions.find(([word]) => word === 'Projets reçus')?.[1]).toContain('Questionnaires envoyés');
  });
});
