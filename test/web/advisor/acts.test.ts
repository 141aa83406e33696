import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2020-11-23T09:30:00+01:00');
const by = staffMember('anne');

let desk: Desk;
let door: Door;
let anne: Visitor;
let at: ReturnType<typeof arrivals>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  anne = await door.signedIn('anne');
  at = arrivals(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

const waiting = async (): Promise<string> => (await at.arrives()).id;
const taken = async (): Promise<string> => {
  const id = await waiting();
  await at.services.takeReferral({ id, version: 1, by });
  return id;
};
const closed = async (): Promise<string> => {
  const id = await taken();
  await at.services.closeReferral({ id, version: 2, by }, { outcome: 'no_solution', words: null });
  return id;
};
const stored = async (id: string) => {
  const referral = await desk.parts.referrals.byId(id);
  if (!referral) throw new Error(`no referral ${id}`);
  return referral;
};
const errorsOf = (page: Page): string[] =>
  page.html.querySelectorAll('.error-summary li').map((line) => line.text.replace(/[\s\u00a0]+/g, ' ').trim());

/** Each act: what its form takes, what it refuses field by field, and how it ends. */
const ACTS: {
  address: string;
  from: () => Promise<string>;
  good: Record<string, string>;
  bad: Record<string, string>;
  errors: string[];
  says: string;
  state: string;
}[] = [
  {
    address: 'confier',
    from: taken,
    good: { to: 'bruno' },
    bad: {},
    errors: ['Choisissez une personne.'],
    says: 'Ce projet est confié.',
    state: 'taken',
  },
  {
    address: 'appel',
    from: taken,
    good: { result: 'no-answer', words: 'Répondeur plein.' },
    bad: { words: 'Répondeur plein.' },
    errors: ['Dites ce que l’appel a donné.'],
    says: 'Appel noté.',
    state: 'taken',
  },
  {
    address: 'rendez-vous',
    from: taken,
    good: { kind: 'visit', day: '2020-12-08', time: '14:30', minutes: '60', place: '1 rue du Pont, Thiers' },
    bad: { kind: 'visit', day: '2020-12-05', time: '25:00', minutes: '7' },
    errors: [
      'Ce jour est fermé. Choisissez un jour ouvré.',
      'Écrivez une heure, par exemple 14:30.',
      'Choisissez une durée.',
      'Écrivez l’adresse, ou le lien.',
    ],
    says: 'Rendez-vous fixé.',
    state: 'taken',
  },
  {
    address: 'precision',
    from: waiting,
    good: { question: 'Combien de machines ?' },
    bad: { question: '  ' },
    errors: ['Écrivez votre question.'],
    says: 'Question envoyée.',
    state: 'waiting',
  },
  {
    address: 'associer',
    from: taken,
    good: { partner: 'other', otherPartner: 'cci-puy-de-dome' },
    bad: { partner: 'other' },
    errors: ['Choisissez un partenaire dans la liste.'],
    says: 'Partenaire associé.',
    state: 'taken',
  },
  {
    address: 'reorienter',
    from: taken,
    good: { partner: 'cci-puy-de-dome', reason: 'after-call', words: 'Elle cherche un local.' },
    bad: { words: 'Elle cherche un local.' },
    errors: ['Choisissez un partenaire.', 'Choisissez une raison.'],
    says: 'Projet réorienté.',
    state: 'rerouted',
  },
  {
    address: 'refuser',
    from: waiting,
    good: { reason: 'other-need', words: 'Voir la CCI.' },
    bad: { words: 'Voir la CCI.' },
    errors: ['Choisissez une raison.'],
    says: 'Vous avez refusé ce projet.',
    state: 'declined',
  },
  {
    address: 'cloturer',
    from: taken,
    good: { outcome: 'helped', help: 'advice', words: 'Bonne suite.', next: 'Voir la Région.' },
    bad: { outcome: 'helped', words: 'Bonne suite.' },
    errors: ['Dites par quoi ce projet a été aidé.'],
    says: 'Vous avez clôturé ce projet.',
    state: 'helped',
  },
  {
    address: 'rouvrir',
    from: closed,
    good: { reason: 'mistake' },
    bad: {},
    errors: ['Choisissez une raison.'],
    says: 'Projet rouvert.',
    state: 'taken',
  },
];

describe.each(ACTS)('$address', ({ address, from, good, bad, errors, says, state }) => {
  it('is done from its form, and the sheet says so', async () => {
    const id = await from();
    const done = await anne.send(await anne.open(`/dossiers/${id}/${address}`), good);
    expect(done.status).toBe(200);
    expect(done.text).toContain(says);
    expect((await stored(id)).state).toBe(state);
  });

  it('says what to put right, field by field, and keeps what was typed', async () => {
    const id = await from();
    const page = await anne.send(await anne.open(`/dossiers/${id}/${address}`), bad);
    expect(page.status).toBe(422);
    expect(errorsOf(page)).toEqual(errors);
    for (const text of Object.values(bad).filter((value) => value.includes(' ')))
      expect(page.html.toString()).toContain(text);
    const done = await anne.send(page, good);
    expect(done.text).toContain(says);
  });

  it('comes too late when somebody was faster: says so, and gives what was typed again', async () => {
    const id = await from();
    const form = await anne.open(`/dossiers/${id}/${address}`);
    const { version, state: before } = await stored(id);
    const bruno = { id, version, by: staffMember('bruno') };
    if (before === 'waiting') await at.services.takeReferral(bruno);
    else if (before === 'taken') await at.services.logCall(bruno, { result: 'message', words: null });
    else await at.services.reopenReferral(bruno, { reason: 'new-fact' });
    const late = await anne.send(form, good);
    expect(late.status).toBe(409);
    expect(late.html.querySelector('main a.button')?.getAttribute('href')).toBe(`/dossiers/${id}`);
    const again = await anne.open(`/dossiers/${id}/${address}`);
    const typed = good['words'] ?? good['question'] ?? good['place'];
    if (again.status === 200 && typed) expect(again.html.toString()).toContain(typed);
    expect((await stored(id)).version).toBe(version + 1);
  });
});

describe('an act that the state does not allow', () => {
  it.each([
    ['remettre', waiting],
    ['appel', waiting],
    ['rendez-vous', waiting],
    ['cloturer', waiting],
    ['rouvrir', taken],
    ['confier', closed],
    ['associer', closed],
    ['reorienter', closed],
    ['precision', closed],
  ])('%s: a page that says where the project stands', async (address, from) => {
    const id = await from();
    const page = await anne.open(`/dossiers/${id}/${address}`);
    expect(page.status).toBe(409);
    expect(page.text).toMatch(/Ce projet est maintenant : (à prendre|en cours|sans solution)\./);
  });
});

describe('releasing', () => {
  it('asks first, keeps the date that was promised, and can be taken back', async () => {
    const id = await taken();
    const { callBy } = await stored(id);
    const page = await anne.open(`/dossiers/${id}/remettre`);
    expect(page.text).toContain('mercredi 25 novembre à 18 h');
    expect((await anne.send(page, {})).text).toContain('Ce projet est remis à prendre.');
    expect(await stored(id)).toMatchObject({ state: 'waiting', takenBy: null, callBy });
    const again = await anne.send(await anne.open(`/dossiers/${id}`), {}, 'prendre-en-charge');
    expect(again.text).toContain('Vous avez pris ce projet en charge.');
  });
});

describe('choosing', () => {
  it('a colleague: says how much each has, and leaves out who has it', async () => {
    const id = await taken();
    const page = await anne.open(`/dossiers/${id}/confier`);
    const people = page.html.querySelectorAll('.choice label').map((label) => label.text);
    expect(people.sort()).toEqual(['Bruno P.', 'Léa M.']);
    expect(page.text).toMatch(/\d+ projets? ouverts?\.|Aucun projet ouvert\./);
    const away = { id: 'away', account: 'bruno', from: '2020-11-20', to: '2020-11-27', deputy: null };
    await desk.parts.absences.save({ id: 'bruno', partner: 'ti-tiltam' }, 0, [away]);
    const later = await anne.open(`/dossiers/${id}/confier`);
    expect(later.text).toContain('Absence jusqu’au vendredi 27 novembre.');
    expect(later.html.querySelector('.choice label')?.text).toBe('Léa M.');
    await desk.parts.absences.save({ id: 'bruno', partner: 'ti-tiltam' }, 1, []);
  });

  it('another partner: the next ones of the decision first, with why and points, relays in the list', async () => {
    const id = await taken();
    const page = await anne.open(`/dossiers/${id}/reorienter`);
    const project = await desk.parts.projects.byId((await stored(id)).project);
    const values = page.html.querySelectorAll('input[name="partner"]').map((input) => input.getAttribute('value'));
    const next = project?.decision.others.map(({ partner }) => partner) ?? [];
    expect(next.length).toBeGreaterThan(0);
    expect(values.slice(0, next.length)).toEqual(next);
    expect(values.at(-1)).toBe('other');
    expect(values).not.toContain('ti-tiltam');
    expect(page.html.querySelector('.choice-hint')?.text).toMatch(/\d+\u00a0points?\. ./);
    expect(page.html.querySelectorAll('select option').length).toBeGreaterThan(3);
  });

  it('an associated partner: those of the decision first; once it is in, it is not offered again', async () => {
    const id = await taken();
    const [first = ''] = (await desk.parts.projects.byId((await stored(id)).project))?.decision.associated ?? [];
    const form = await anne.open(`/dossiers/${id}/associer`);
    expect(form.html.querySelector('input[name="partner"]')?.getAttribute('value')).toBe(first);
    await anne.send(form, { partner: first });
    const again = await anne.open(`/dossiers/${id}/associer`);
    expect(again.html.toString()).not.toContain(`value="${first}"`);
  });
});

describe('closing', () => {
  it('begins with words for the outcome, in the language of the holder, and adds the next steps', async () => {
    const { id, project } = await at.arrives({ language: 'en' });
    await at.services.takeReferral({ id, version: 1, by });
    const form = await anne.open(`/dossiers/${id}/cloturer?outcome=unreachable`);
    expect(form.html.querySelector('input[name="outcome"][checked]')?.getAttribute('value')).toBe('unreachable');
    expect(form.html.querySelector('textarea')?.text).toContain('We have tried to reach you several times');
    await anne.send(form, { outcome: 'unreachable', words: 'We tried.', next: 'Call the CCI.' });
    const [note] = (await stored(id)).notes;
    expect(note?.text).toBe('We tried.\n\nNext steps: Call the CCI.');
    expect((await desk.parts.events.ofProject(project)).at(-1)?.note).toBe(note?.id);
  });

  it('is suggested as unreachable after three calls without an answer', async () => {
    const id = await taken();
    for (const result of ['no-answer', 'message', 'no-answer'])
      await anne.send(await anne.open(`/dossiers/${id}/appel`), { result });
    const sheet = await anne.open(`/dossiers/${id}`);
    expect(sheet.text).toContain('3 essais sans réponse. Vous pouvez clôturer ce projet');
    expect(sheet.html.querySelector('.sheet-next a.button')?.getAttribute('href')).toBe(
      `/dossiers/${id}/cloturer?outcome=unreachable`,
    );
  });
});

describe('an appointment', () => {
  const BOOKED = { kind: 'visit', day: '2020-12-08', time: '14:30', minutes: '60', place: 'Rue du Pont, 1 ; Thiers' };

  it('is at an hour of Paris, in the future', async () => {
    const id = await taken();
    const form = await anne.open(`/dossiers/${id}/rendez-vous`);
    for (const [day, time, says] of [
      ['2020-11-23', '09:00', 'Ce moment est passé.'],
      ['2020-11-24', '21:00', 'Choisissez une heure entre 8 h et 19 h.'],
      ['2020-12-25', '10:00', 'Ce jour est fermé.'],
      ['demain', '10:00', 'Choisissez un jour à venir'],
    ]) {
      const page = await anne.send(form, { ...BOOKED, day: day ?? '', time: time ?? '' });
      expect(errorsOf(page).join()).toContain(says);
    }
    await anne.send(form, BOOKED);
    expect((await stored(id)).appointment).toMatchObject({ at: new Date('2020-12-08T13:30:00Z'), minutes: 60 });
  });

  it('is on the sheet, in a calendar file, can be moved and cancelled', async () => {
    const id = await taken();
    await anne.send(await anne.open(`/dossiers/${id}/rendez-vous`), BOOKED);
    const { agent } = await signInByHand(desk, 'anne');
    const file = async (): Promise<{ text: string; lines: string[] }> => {
      const answer = await agent.get(`/dossiers/${id}/rendez-vous.ics`).buffer(true).expect(200);
      expect(answer.headers['content-type']).toContain('text/calendar');
      expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="?rendez-vous-20-\w{5}\.ics"?$/);
      return { text: answer.text, lines: answer.text.split('\r\n') };
    };
    const first = await file();
    expect(first.lines).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        `UID:${id}@localhost`,
        'DTSTART:20201208T133000Z',
        'DTEND:20201208T143000Z',
      ]),
    );
    expect(first.text.replace(/\r\n /g, '')).toContain('LOCATION:Rue du Pont\\, 1 \\; Thiers');
    expect(first.lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(first.text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);

    const form = await anne.open(`/dossiers/${id}/rendez-vous`);
    expect(form.html.querySelector('#day')?.getAttribute('value')).toBe('2020-12-08');
    await anne.send(form, { ...BOOKED, day: '2020-12-09' });
    const second = await file();
    const numberIn = ({ text }: { text: string }): number => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);
    expect(second.lines).toContain(`UID:${id}@localhost`);
    expect(numberIn(second)).toBeGreaterThan(numberIn(first));

    const sheet = await anne.open(`/dossiers/${id}`);
    expect(sheet.text).toContain('Rencontre sur place, mercredi 9 décembre à 14 h 30, 60 minutes');
    const ask = await anne.open(`/dossiers/${id}/rendez-vous/annuler`);
    expect((await anne.send(ask, {})).text).toContain('Rendez-vous annulé.');
    expect((await stored(id)).appointment).toBeNull();
    expect((await anne.open(`/dossiers/${id}/rendez-vous/annuler`)).status).toBe(409);
  });

  it('without one, the calendar file holds the call that was promised; once closed, there is none', async () => {
    const id = await waiting();
    const { agent } = await signInByHand(desk, 'anne');
    const { text } = await agent.get(`/dossiers/${id}/rendez-vous.ics`).buffer(true).expect(200);
    expect(text).toContain('DTSTART:20201125T163000Z');
    expect(text).toContain('SUMMARY:Appeler Camille R.');
    await agent.get(`/dossiers/${await closed()}/rendez-vous.ics`).expect(404);
  });
});
