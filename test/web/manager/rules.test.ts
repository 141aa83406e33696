import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import { aSubmission } from '../../support/aSubmission.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { addStaff, type Door, openDoor, STAFF } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const RULES = '/pilotage/regles';
const DRAFT = `${RULES}/brouillon`;

let desk: Desk;
let door: Door;
let marie: Visitor;
let paul: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  const { passwordHash } = (await desk.parts.accounts.byEmail('marie@example.org'))!;
  const second = { ...STAFF.marie, id: 'second', name: 'Paul Vidal', email: 'second@example.org' };
  await desk.parts.accounts.insert(second, { passwordHash, demo: true });
  door = await openDoor(desk);
  marie = await door.signedIn('marie');
  paul = await door.signedIn('second' as 'marie');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const rowOf = (page: Page, id: string): string => squeeze(page.html.querySelector(`#regle-${id}`)?.text);
const errorsOf = (page: Page): string[] =>
  page.html.querySelectorAll('.error-summary li').map((line) => squeeze(line.text));

/** Everything that the form of a page holds, as a browser would send it. */
const filled = (page: Page): Record<string, string | string[]> => {
  const fields: Record<string, string[]> = {};
  const put = (name: string | undefined, value: string): void => {
    if (name) fields[name] = [...(fields[name] ?? []), value];
  };
  const form = page.html.querySelectorAll('main form').at(-1);
  for (const input of form?.querySelectorAll('input') ?? []) {
    const type = input.getAttribute('type');
    if (type === 'hidden') continue;
    if ((type === 'checkbox' || type === 'radio') && input.getAttribute('checked') === undefined) continue;
    put(input.getAttribute('name'), input.getAttribute('value') ?? '');
  }
  for (const area of form?.querySelectorAll('textarea') ?? []) put(area.getAttribute('name'), area.text.trim());
  for (const select of form?.querySelectorAll('select') ?? [])
    put(select.getAttribute('name'), select.querySelector('option[selected]')?.getAttribute('value') ?? '');
  return fields;
};
const startsDraft = async (): Promise<Page> => {
  await desk.parts.rulesetDrafts.model.deleteMany({});
  return marie.send(await marie.open(RULES), {}, DRAFT);
};
const edit = (rule: string): string => `${DRAFT}/modifier/${rule}`;

describe('the rules in force', () => {
  it('read as a table in French: when, to whom, points, sentence', async () => {
    const page = await marie.open(RULES);
    expect(page.text).toContain('Version 1.');
    expect(page.html.querySelectorAll('.rules-table tbody tr')).toHaveLength(
      DEFAULT_RULESET.gates.length + DEFAULT_RULESET.rules.length + DEFAULT_RULESET.doubts.length,
    );
    const row = rowOf(page, 'eau-territoire');
    expect(row).toContain('L’eau d’un industriel va au Territoire d’industrie');
    expect(row).toContain('Le besoin principal est « gestion de l’eau »');
    expect(row).toContain('10 points');
    expect(row).toContain('« Vous voulez mieux utiliser l’eau');
    expect(page.html.querySelectorAll('[style]')).toHaveLength(0);
  });

  it('show nested groups as lists within lists', async () => {
    const page = await marie.open(RULES);
    const row = page.html.querySelector('#regle-eau-cci');
    expect(squeeze(row?.querySelector('.when')?.text)).toContain('Au moins une de ces conditions :');
  });

  it('are for managers: an advisor is refused, a visitor signs in', async () => {
    const anne = await door.signedIn('anne');
    const visitor = door.visitor();
    for (const address of [RULES, DRAFT, edit('eau-cci'), `${DRAFT}/publier`, `${RULES}/versions/1`]) {
      expect((await anne.open(address)).status).toBe(403);
      expect((await visitor.open(address)).url).toContain('/connexion');
    }
    const form = await marie.open(RULES);
    expect((await anne.send(form, {}, DRAFT)).status).toBe(403);
    expect(await desk.parts.rulesetDrafts.read()).toBeNull();
  });

  it('answer 404 for a version that does not exist', async () => {
    expect((await marie.open(`${RULES}/versions/99`)).status).toBe(404);
    expect((await marie.open(`${RULES}/versions/zero`)).status).toBe(404);
  });
});

describe('the draft', () => {
  beforeEach(startsDraft);

  it('begins as a copy, and is opened as it is when there is one', async () => {
    await desk.parts.rulesetDrafts.model.deleteMany({});
    const [first, second] = [await marie.open(RULES), await paul.open(RULES)];
    const begun = await marie.send(first, {}, DRAFT);
    expect(begun.text).toContain('Voici votre brouillon');
    expect(begun.text).toContain('Ce brouillon ne change encore rien.');
    expect((await paul.send(second, {}, DRAFT)).text).toContain('Un brouillon était déjà ouvert.');
    expect((await paul.open(RULES)).text).toContain('Dernière modification par Marie');
  });

  it('opens every rule in its form and saves it without changing what it says', async () => {
    for (const { id } of [...DEFAULT_RULESET.gates, ...DEFAULT_RULESET.rules, ...DEFAULT_RULESET.doubts]) {
      const form = await marie.open(edit(id));
      const saved = await marie.send(form, { ...filled(form), act: 'save' });
      expect(`${id} ${saved.status} ${errorsOf(saved).join()}`).toBe(`${id} 200 `);
      const changes = await marie.open(`${RULES}/differences`);
      expect(`${id} ${squeeze(changes.html.querySelector('.changes')?.text)}`).toBe(`${id} `);
    }
  });

  it('keeps what was typed and says what is wrong beside each field', async () => {
    const form = await marie.open(edit('eau-cci'));
    const wrong = await marie.send(form, {
      ...filled(form),
      label: ' ',
      weight: '1000',
      sentence: 'Une phrase.',
      act: 'save',
    });
    expect(wrong.status).toBe(422);
    expect(errorsOf(wrong)).toEqual(['Donnez un nom à cette règle.', 'Écrivez un nombre de 0 à 100.']);
    expect(wrong.html.querySelector('#weight-error')?.text).toContain('Écrivez un nombre de 0 à 100.');
    expect(wrong.html.querySelector('#weight')?.getAttribute('value')).toBe('1000');
    expect(wrong.html.querySelector('#sentence')?.text).toContain('Une phrase.');
  });

  it('adds, moves and removes conditions without losing what is typed elsewhere', async () => {
    let page = await marie.open(`${DRAFT}/ajouter/rules`);
    page = await marie.send(page, {
      ...filled(page),
      label: 'Une règle à moi',
      'add-root': 'headcount',
      act: 'add:root',
    });
    page = await marie.send(page, { ...filled(page), 'from-0': '50', 'add-root': 'mainNeed', act: 'add:root' });
    page = await marie.send(page, { ...filled(page), 'add-root': 'group', act: 'add:root' });
    page = await marie.send(page, { ...filled(page), 'values-1': 'water', 'add-2': 'place', act: 'add:2' });
    expect(page.status).toBe(200);
    expect(page.html.querySelectorAll('input[name="node"]').map((one) => one.getAttribute('value'))).toEqual([
      '0|headcount',
      '1|mainNeed',
      '2|group',
      '2-0|place',
    ]);
    expect(page.html.querySelector('#label')?.getAttribute('value')).toBe('Une règle à moi');
    page = await marie.send(page, { ...filled(page), act: 'up:1' });
    expect(page.html.querySelector('#from-1')?.getAttribute('value')).toBe('50');
    page = await marie.send(page, { ...filled(page), act: 'drop:2' });
    expect(page.html.querySelectorAll('input[name="node"]')).toHaveLength(2);

    const wrong = await marie.send(page, { ...filled(page), 'values-0': [], 'from-1': 'beaucoup', act: 'save' });
    expect(errorsOf(wrong)).toEqual([
      'Choisissez à qui la règle envoie.',
      'Cochez au moins une réponse.',
      'Écrivez un nombre.',
      'Écrivez la phrase que les personnes liront.',
    ]);
    const saved = await marie.send(page, {
      ...filled(page),
      to: 'family:cci',
      weight: '2,5',
      sentence: '{partner} vous reçoit.',
      act: 'save',
    });
    expect(saved.text).toContain('Règle enregistrée dans le brouillon.');
    expect(rowOf(saved, 'une-regle-a-moi')).toContain('L’effectif est d’au moins 50 personnes');
    expect(rowOf(saved, 'une-regle-a-moi')).toContain('Ajoutée');
    expect(rowOf(saved, 'une-regle-a-moi')).toContain('2,5 points');
  });

  it('refuses in a main rule what is known only after the decision', async () => {
    let page = await marie.open(edit('eau-metropole'));
    page = await marie.send(page, { ...filled(page), 'add-root': 'mainKind', act: 'add:root' });
    const wrong = await marie.send(page, { ...filled(page), 'values-2': 'cci', act: 'save' });
    expect(wrong.status).toBe(422);
    expect(errorsOf(wrong)[0]).toContain('On ne le sait qu’une fois le partenaire principal choisi.');
  });

  it('moves a rule, removes one after asking, changes the settings', async () => {
    let page = await marie.open(DRAFT);
    const order = (one: Page): string[] =>
      one.html.querySelectorAll('.rules-table tbody tr').map((row) => row.getAttribute('id') ?? '');
    const [first, second] = order(page);
    page = await marie.send(page, { move: `down:${first?.slice('regle-'.length)}` }, 'ordre');
    expect(order(page).slice(0, 2)).toEqual([second, first]);
    const asked = await marie.open(`${DRAFT}/retirer/eau-cci`);
    expect(asked.text).toContain('« Dans les autres cas, l’eau va à la CCI » ne sera plus dans le brouillon.');
    page = await marie.send(asked, {});
    expect(page.text).toContain('Règle retirée du brouillon.');
    expect(rowOf(page, 'eau-cci')).toBe('');
    const settings = await marie.open(`${DRAFT}/reglages`);
    const wrong = await marie.send(settings, { ...filled(settings), maxAssociated: 'tous' });
    expect(errorsOf(wrong)).toEqual(['Écrivez un nombre entier de 0 à 10.']);
    page = await marie.send(wrong, { ...filled(wrong), maxAssociated: '3', tieMargin: '1,5' });
    expect(page.text).toContain('Réglages enregistrés dans le brouillon.');
    const changes = await marie.open(`${RULES}/differences?a=brouillon`);
    expect(changes.text).toContain('Dans les autres cas, l’eau va à la CCI Retirée');
    expect(changes.text).toContain('Réglage');
    expect(changes.text).toMatch(/Avant : 1 Après : 1,5/);
  });

  it('tells the second manager who was faster, shows what was typed, and applies it on top', async () => {
    const form = await marie.open(edit('eau-cci'));
    const other = await paul.open(edit('eau-metropole'));
    await paul.send(other, { ...filled(other), weight: '12', act: 'save' });
    const late = await marie.send(form, { ...filled(form), label: 'L’eau, autrement', act: 'save' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Paul Vidal a modifié le brouillon le 23 novembre 2026 à 9 h 30.');
    expect(late.text).toContain('L’eau, autrement Dans les autres cas, l’eau va à la CCI');
    const applied = await marie.send(late, { act: 'save' });
    expect(rowOf(applied, 'eau-cci')).toContain('L’eau, autrement');
    expect(rowOf(applied, 'eau-metropole')).toContain('12 points');
  });

  it('adds the rule again when the other manager removed it, and opens a draft when it is gone', async () => {
    const form = await marie.open(edit('eau-cci'));
    await paul.send(await paul.open(`${DRAFT}/retirer/eau-cci`), {});
    const late = await marie.send(form, { ...filled(form), weight: '9', act: 'save' });
    expect(late.text).toContain('N’y est plus');
    const added = await marie.send(late, { act: 'save' });
    expect(added.text).toContain('9 points');

    const again = await marie.open(edit('eau-metropole'));
    const discard = await paul.open(`${DRAFT}/abandonner`);
    expect((await paul.send(discard, {})).text).toContain('Le brouillon est abandonné.');
    const gone = await marie.send(again, { ...filled(again), weight: '8', act: 'save' });
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('Le brouillon n’est plus ouvert');
    const begun = await marie.send(gone, { act: 'save' });
    expect(rowOf(begun, 'eau-metropole')).toContain('8 points');
  });

  it('is not discarded nor reordered from an older revision', async () => {
    const list = await marie.open(DRAFT);
    const discard = await marie.open(`${DRAFT}/abandonner`);
    const other = await paul.open(edit('eau-metropole'));
    await paul.send(other, { ...filled(other), weight: '12', act: 'save' });
    const late = await marie.send(discard, {});
    expect(late.status).toBe(409);
    expect(late.text).toContain('Rien n’a été abandonné.');
    const order = await marie.send(list, { move: 'up:eau-cci' }, 'ordre');
    expect(order.status).toBe(409);
    expect(order.text).toContain('Paul Vidal a modifié le brouillon');
  });
});

const CUTLER: Partial<RoutingFacts> = aSubmission().facts;

describe('trying, checking and publishing', () => {
  beforeEach(startsDraft);

  it('tries a made-up project against the draft and the version in force', async () => {
    const form = await marie.open(edit('industrie-territoire'));
    await marie.send(form, { ...filled(form), to: 'family:cci', act: 'save' });
    const empty = await marie.open(`${DRAFT}/essai`);
    expect(empty.text).not.toContain('Avec le brouillon');
    const need = CUTLER.needs?.[0] ?? '';
    const page = await marie.open(`${DRAFT}/essai?besoin1=${need}&commune=Thiers&avancement=industrialisation`);
    expect(page.text).toContain('Le brouillon enverrait ce projet ailleurs');
    const [draft, now] = page.html.querySelectorAll('.trial .lead').map((one) => squeeze(one.text));
    expect(draft).toContain('CCI');
    expect(now).toContain('TILTAM');
    expect(page.text).toContain('Pourquoi pas les autres');
    const unclear = await marie.open(`${DRAFT}/essai?commune=Nullepart&effectif=douze`);
    expect(unclear.status).toBe(422);
    expect(errorsOf(unclear)).toEqual([
      'Aucune commune de ce nom. Vérifiez-le.',
      'Écrivez un nombre entier, par exemple 12.',
    ]);
  });

  it('refuses to publish what sends a named example elsewhere, and says which', async () => {
    const form = await marie.open(edit('industrie-territoire'));
    await marie.send(form, { ...filled(form), to: 'family:cci', act: 'save' });
    const checks = await marie.open(`${DRAFT}/controles`);
    expect(checks.text).toContain('Ce brouillon ne peut pas encore être publié');
    expect(checks.text).toContain('Régression');
    const publish = await marie.open(`${DRAFT}/publier`);
    expect(publish.text).toContain('À corriger avant de publier');
    expect(publish.html.querySelector('main form')).toBeNull();
  });

  it('publishes with a note and a reason for each warning, decides with it at once, and rolls back', async () => {
    const form = await marie.open(edit('industrie-territoire'));
    await marie.send(form, { ...filled(form), sentence: 'Nouvelle phrase : {partner} vous accueille.', act: 'save' });
    const asked = await marie.open(`${DRAFT}/publier`);
    expect(asked.text).toContain('Nouvelle phrase');
    const missing = await marie.send(asked, { note: '' });
    expect(missing.status).toBe(422);
    expect(errorsOf(missing)).toContain('Dites ce qui change, et pourquoi.');
    const reasons = Object.fromEntries(
      missing.html.querySelectorAll('input[name^="reason-"]').map((one) => [one.getAttribute('name') ?? '', 'Voulu.']),
    );
    const done = await marie.send(missing, { ...reasons, note: 'Une phrase plus claire.' });
    expect(done.text).toContain('Nouvelle version publiée.');
    expect(done.text).toContain('Version 2.');
    expect(done.text).toContain('Une phrase plus claire.');

    const services = desk.with({ enqueue: async () => true });
    await services.saveDraft('visitor', {});
    const { project } = await services.submitProject({ visitor: 'visitor', submission: aSubmission() });
    expect(project.decision.reasons[0]).toContain('Nouvelle phrase');
    const version = await marie.open(`${RULES}/versions/1`);
    expect(version.text).toContain('Remplacée');
    const back = await marie.open(`${RULES}/versions/1/republier`);
    expect(errorsOf(await marie.send(back, { note: ' ' }))).toEqual(['Dites pourquoi cette version revient.']);
    const rolled = await marie.send(back, { note: 'La phrase ne convient pas.' });
    expect(rolled.text).toContain('Version 3.');
    expect(rowOf(rolled, 'industrie-territoire')).not.toContain('Nouvelle phrase');
    const late = await paul.send(back, { note: 'Moi aussi.' });
    expect(late.status).toBe(403);
  });
});

describe('replay', () => {
  it('is asked for a period, shows how far it is, stops, and reports who moves', async () => {
    await startsDraft();
    const form = await marie.open(edit('industrie-territoire'));
    await marie.send(form, { ...filled(form), to: 'family:cci', act: 'save' });
    const page = await marie.open(`${DRAFT}/rejeu`);
    expect(page.text).toContain('Aucun rejeu');
    const waiting = await marie.send(page, { periode: '2026' });
    expect(waiting.text).toContain('En attente');
    const id = waiting.url.split('/').at(-1) ?? '';
    const stopped = await marie.send(waiting, {}, 'arreter');
    expect(stopped.text).toContain('Rejeu arrêté');

    const again = await marie.send(page, { periode: 'dates', du: '2026-11-01', au: '2026-11-30' });
    await desk.services.runReplay(again.url.split('/').at(-1) ?? '');
    const report = await marie.open(again.url);
    expect(report.text).toContain('1 projet sur 1 irait ailleurs.');
    expect(report.text).toContain('Projets reçus du 1er novembre 2026 au 30 novembre 2026');
    expect(report.html.querySelectorAll('.table th[scope="col"]').length).toBeGreaterThan(1);
    expect(report.html.querySelector('svg[role="img"] desc')).not.toBeNull();
    expect(report.html.querySelector('.queue a[href^="/pilotage/projets/"]')?.text).toContain('coutellerie');
    expect((await marie.open(`${DRAFT}/rejeu`)).text).toContain('1 projet sur 1 irait ailleurs');
    expect(id).not.toBe('');
  });
});
