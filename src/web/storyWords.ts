import { dayInWords, timeInWords } from '../domain/calendar/words.js';
import type { Account } from '../domain/referrals/access.js';
import { IDENTITY_CHECKS } from '../domain/referrals/erasure.js';
import {
  CALL_RESULTS,
  CLOSE_OUTCOMES,
  DECLINE_REASONS,
  HELP_KINDS,
  KEEP_REASONS,
  type KeepReason,
  REOPEN_REASONS,
  REROUTE_REASONS,
  SEND_REASONS,
  TRIAGE_CLOSE_REASONS,
  WITHDRAW_REASONS,
} from '../domain/referrals/lifecycle.js';
import { CANCELLED, MEETING_KINDS } from '../domain/referrals/meeting.js';
import {
  BECAME,
  DEPARTURE,
  type EventType,
  type Project,
  type ProjectEvent,
  type Referral,
} from '../domain/referrals/referral.js';
import type { Words } from '../domain/territory/language.js';
import type { Territory } from '../domain/territory/territory.js';
import { partnerInWords } from './projectWords.js';

/** What the story of a project is told with. */
export interface Cast {
  people: Map<string, Account>;
  territory: Territory;
  /** Referrals whose notes the reader may see. */
  held: Referral[];
  /** Whose messages the events point to. */
  project: Pick<Project, 'messages' | 'override'>;
  /** Whose words on why they kept a project may be read: those of this partner, or everyone's. */
  readerOf: string | 'all';
  /** The year is said of days of another year only. */
  now: Date;
}

const HAS_LEFT = 'après le départ de la personne qui l’avait';

/** `other`: the colleague or the partner that it goes to; empty when the event does not say. */
type Telling = (event: ProjectEvent, who: string, partner: string, other: string) => string;

const inFrench = (table: Record<string, Words>): Record<string, string> =>
  Object.fromEntries(Object.entries(table).map(([code, { fr }]) => [code, fr]));

const TOLD: Record<EventType, Telling> = {
  submitted: ({ actor }, who) =>
    actor.account ? `Questionnaire saisi par ${who}, pour la personne` : 'Questionnaire envoyé',
  referred: ({ actor }, who, partner) =>
    actor.role === 'system' ? `Orienté par les règles : ${partner}` : `Envoyé par ${who} : ${partner}`,
  taken: (_event, who, partner) => `Pris en charge par ${who} : ${partner}`,
  declined: (_event, who, partner) => `Refusé par ${who} : ${partner}`,
  closed: (_event, who, partner) => `Clôturé par ${who} : ${partner}`,
  withdrawn: () => 'La personne a retiré son projet',
  released: ({ reason }, who) => `Remis à prendre ${reason === DEPARTURE ? HAS_LEFT : `par ${who}`}`,
  transferred: ({ actor, reason, to }, who, _partner, other) => {
    const meanwhile = reason === DEPARTURE ? HAS_LEFT : 'pendant une absence';
    if (!to) return `À prendre par toute l’équipe ${meanwhile}`;
    const colleague = other || 'une autre personne';
    return `Confié à ${colleague} ${actor.role === 'system' ? meanwhile : `par ${who}`}`;
  },
  'call-logged': (_event, who) => `Appel noté par ${who}`,
  booked: ({ reason, lost }, who) => {
    if (reason !== CANCELLED) return `Rendez-vous fixé par ${who}`;
    return `Rendez-vous${lost ? ` du ${dayInWords(lost.at)}` : ''} annulé par ${who}`;
  },
  'detail-asked': (_event, who) => `Précision demandée par ${who}`,
  'detail-given': () => 'La personne a répondu',
  'wait-ended': () => 'Pas de réponse à temps : le délai court de nouveau',
  'brought-in': (_event, who, _partner, other) => `Partenaire associé par ${who} : ${other}`,
  rerouted: (_event, who, partner, other) => `Réorienté par ${who} : ${partner}, vers ${other}`,
  reopened: (_event, who) => `Rouvert par ${who}`,
  'closed-in-triage': (_event, who) => `Clos sans partenaire par ${who}`,
  expired: () => 'Personne ne l’a pris à temps : retour à l’orientation',
  shared: (_event, who) => `Message partagé par ${who}`,
  'message-added': () => 'La personne a ajouté un message',
  'contact-corrected': () => 'La personne a corrigé ses coordonnées',
  'nobody-called': () => 'La personne dit que personne ne l’a appelée',
  surveyed: () => 'La personne a donné son avis',
  became: () => 'La personne a donné des nouvelles du projet',
  erased: ({ actor }, who) =>
    ({
      holder: 'La personne a fait effacer ses données',
      system: 'Données effacées : leur durée de conservation est passée',
    })[actor.role as string] ?? `Données effacées par ${who}, à la demande de la personne`,
  written: (_event, who) => `Message envoyé à la personne par ${who}`,
  'address-refused': () => 'L’adresse e-mail de la personne ne reçoit pas nos messages',
};

const REASONS: Partial<Record<EventType, Record<string, string>>> = {
  referred: { ...SEND_REASONS, kept: 'Gardé par le partenaire qui a saisi le projet' },
  declined: DECLINE_REASONS,
  closed: CLOSE_OUTCOMES,
  'closed-in-triage': TRIAGE_CLOSE_REASONS,
  withdrawn: inFrench(WITHDRAW_REASONS),
  'call-logged': CALL_RESULTS,
  booked: inFrench(MEETING_KINDS),
  rerouted: REROUTE_REASONS,
  reopened: REOPEN_REASONS,
  became: inFrench(BECAME),
  erased: IDENTITY_CHECKS,
};

/** A project's story, first to last, with names: ready for views/components/timeline.ejs. */
export const storyInWords = (events: ProjectEvent[], { people, territory, held, project, readerOf, now }: Cast) =>
  events.map((event) => {
    const who = (event.actor.account && people.get(event.actor.account)?.name) || 'une personne du service';
    const partner = event.partner ? partnerInWords(event.partner, territory) : '';
    return {
      when: `${dayInWords(event.at, now)}, ${timeInWords(event.at)}`,
      text: TOLD[event.type](event, who, partner, otherOf(event, { people, territory })),
      note: [
        helpOf(event, { events, held }),
        noteOf(event, [...held.flatMap(({ notes }) => notes), ...project.messages]),
        overrideInWords(event, project, readerOf),
      ]
        .filter(Boolean)
        .join(' '),
    };
  });

const otherOf = ({ type, to }: ProjectEvent, { people, territory }: Pick<Cast, 'people' | 'territory'>): string => {
  if (!to) return '';
  return type === 'transferred' ? (people.get(to)?.name ?? '') : partnerInWords(to, territory);
};

/** What kind of help there was, of the last closing: the referral keeps it, not the event. */
const helpOf = (event: ProjectEvent, { events, held }: Pick<Cast, 'held'> & { events: ProjectEvent[] }): string => {
  const last = events.findLast(({ type, referral }) => type === 'closed' && referral === event.referral);
  const help = last === event ? held.find(({ id }) => id === event.referral)?.help : null;
  return help ? `${HELP_KINDS[help]}.` : '';
};

/** The reason in words, then what the person wrote, where the reader may see it. */
const noteOf = (event: ProjectEvent, texts: { id: string; text: string }[]): string => {
  const reason = event.reason ? REASONS[event.type]?.[event.reason] : undefined;
  const written = texts.find(({ id }) => id === event.note)?.text;
  return [reason && `${reason}.`, written && `« ${written} »`].filter(Boolean).join(' ');
};

/** Why who entered the project kept it or chose its partner; in their own words for that partner's people alone. */
const overrideInWords = (
  { type, partner, actor }: ProjectEvent,
  { override }: Pick<Project, 'override'>,
  readerOf: Cast['readerOf'],
): string => {
  if (!override || type !== 'referred' || partner !== override.partner || actor.account !== override.by.account)
    return '';
  const isTheirs = readerOf === 'all' || readerOf === override.partner;
  const reason = override.kind === 'kept' ? KEEP_REASONS[override.reason as KeepReason] : undefined;
  const words = isTheirs && override.words ? `«\u00a0${override.words}\u00a0»` : '';
  return [reason && `${reason}.`, words].filter(Boolean).join(' ');
};
