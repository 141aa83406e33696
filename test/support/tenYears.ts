import type { Project, ProjectEvent, Referral } from '../../src/domain/referrals/referral.js';
import { type Chance, chanceOf } from '../../src/services/demonstration/chance.js';
import type { Desk } from './startDesk.js';
import { aProject } from './stories.js';

const DAY = 86_400_000;
/** The night of the purge. */
export const TONIGHT = new Date('2036-07-01T03:15:00+02:00');
/** Written out, and not computed as the purge does. */
export const THREE_YEARS_AGO = new Date('2033-07-01T03:15:00+02:00');
export const ONE_YEAR_AGO = new Date('2035-07-01T03:15:00+02:00');
export const FIVE_YEARS_AGO = new Date('2031-07-01T03:15:00+02:00');
export const daysAgo = (days: number): Date => new Date(TONIGHT.getTime() - days * DAY);

/** A project of the ten years: what it was, and when its holder was last in touch. */
export interface Life {
  project: Project;
  lastInTouch: Date;
  /** Found nowhere else. */
  personal: string[];
}

/** With an act after some months, now on one side of three years, now on the other. */
const YEARS_AGO = [0, 1, 2, 3, 4, 9];
const COMMUNES = ['63113', '63300', '63430', '43157', null];

type Act = [type: ProjectEvent['type'], isInTouch: boolean, traits?: Partial<ProjectEvent>];
/** What may happen once a partner has it; the second: is the holder in touch then? */
const LATER: Act[] = [
  ['taken', false, { before: 'waiting', after: 'taken' }],
  ['call-logged', true, { reason: 'reached' }],
  ['call-logged', false, { reason: 'no-answer' }],
  ['message-added', true],
  ['shared', false],
  ['closed', true, { before: 'taken', after: 'helped' }],
  ['surveyed', true, { after: 'yes:yes' }],
  ['became', true, { after: 'launched' }],
  ['address-refused', false],
];

const aLife = (chance: Chance, number: number) => {
  // In June of some years, so that figures have a few months to be counted of and not a hundred and twenty.
  const submittedAt = new Date(daysAgo(chance.pick(YEARS_AGO) * 365 + chance.between(3, 25)).getTime());
  const isRouted = number % 4 !== 0;
  const id = `p${String(number).padStart(4, '0')}`;
  const personal = [`Prénom${id}`, `${id}@example.org`, `titre secret ${id}`, `mot de ${id}`, `note de ${id}`];
  const [name = '', email = '', title = '', word = ''] = personal;
  let at = submittedAt;
  let lastInTouch = submittedAt;
  const events: ProjectEvent[] = [];
  const tell = (type: ProjectEvent['type'], traits: Partial<ProjectEvent> = {}): void => {
    const place = type === 'submitted' ? {} : { referral: `${id}-r`, partner: 'ti-tiltam' };
    const actor = { role: 'system', account: null } as const;
    const nothing = { referral: null, partner: null, before: null, after: null, reason: null, note: null };
    events.push({ id: `${id}-e${events.length}`, project: id, type, at, actor, ...nothing, ...place, ...traits });
  };
  tell('submitted', { after: isRouted ? 'routed' : 'triage' });
  if (isRouted) tell('referred', { after: 'waiting' });
  const acts = isRouted ? LATER.slice(0, chance.between(0, LATER.length)) : [];
  for (const [type, isInTouch, traits] of acts) {
    const next = new Date(at.getTime() + chance.between(1, 300) * DAY);
    if (next > TONIGHT) break;
    at = next;
    if (isInTouch) lastInTouch = at;
    tell(type, traits);
  }
  const states = events.flatMap(({ after, type }) => (type === 'taken' || type === 'closed' ? [after] : []));
  const state = (states.at(-1) ?? 'waiting') as Referral['state'];
  const project = aProject({
    id,
    reference: `26-${id.toUpperCase()}`,
    submittedAt,
    state: isRouted
      ? ({ waiting: 'waiting', taken: 'in_progress', helped: 'helped' } as const)[state as 'taken']
      : 'triage',
    contact: { name, email, phone: `06 39 98 ${id.slice(1, 3)} ${id.slice(3)}`, when: [] },
    facts: { title, summary: word, commune: chance.pick(COMMUNES), sector: word },
    answers: [{ step: 'projet', field: 'title', question: 'Quoi ?', value: title, answer: title }],
    messages: [{ id: `${id}-m`, at: submittedAt, text: word }],
    decision: { outcome: isRouted ? 'routed' : 'triage', main: isRouted ? 'ti-tiltam' : null },
  });
  const life: Life = { project, lastInTouch, personal };
  return { life, events, referral: isRouted ? aReferral(project, state, submittedAt, personal) : null };
};

const aReferral = (
  project: Project,
  state: Referral['state'],
  at: Date,
  [, , title = '', word = '']: string[],
): Referral => ({
  id: `${project.id}-r`,
  project: project.id,
  partner: 'ti-tiltam',
  role: 'main',
  sequence: 1,
  state,
  basket: state === 'waiting' ? 'a-prendre' : state === 'taken' ? 'en-cours' : 'clotures',
  about: {
    reference: project.reference,
    title,
    need: null,
    stage: null,
    commune: null,
    epci: null,
    channel: null,
    submittedAt: at,
    words: [word],
  },
  version: 1,
  sentAt: at,
  callBy: at,
  assignee: null,
  assignedBecause: null,
  takenBy: null,
  takenAt: null,
  closedAt: null,
  declineReason: null,
  outcome: null,
  help: null,
  asked: null,
  attempts: 0,
  appointment: null,
  changedAt: at,
  notes: [{ id: `${project.id}-n`, text: word }],
  demo: false,
});

/** Ten years of projects, with a note of a partner and a follow-up link each. */
export const liveTenYears = async (desk: Desk, count: number): Promise<Life[]> => {
  const chance = chanceOf('ten years');
  const lives = Array.from({ length: count }, (_, number) => aLife(chance, number));
  const { events, links, notes, projects, referrals } = desk.parts;
  await projects.insertAll(lives.map(({ life }) => life.project));
  await referrals.insertAll(lives.flatMap(({ referral }) => referral ?? []));
  await events.insertAll(lives.flatMap((one) => one.events));
  await notes.model.insertMany(
    lives.map(({ life: { project, personal } }) => ({
      _id: `${project.id}-note`,
      project: project.id,
      referral: `${project.id}-r`,
      partner: 'ti-tiltam',
      author: 'anne',
      at: project.submittedAt,
      text: personal[4],
    })),
  );
  await links.createAll(
    lives.map(({ life: { project } }) => ({
      subject: { purpose: 'follow-up', project: project.id },
      at: project.submittedAt,
    })),
  );
  return lives.map(({ life }) => life);
};
