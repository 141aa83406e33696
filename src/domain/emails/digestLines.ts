import { dueInWords, momentInWords, waitInWords } from '../calendar/words.js';
import type { EventType, ProjectEvent, Referral } from '../referrals/referral.js';
import type { DigestLine, DigestSection } from './digest.js';

/** Lines of a section; the rest is a number. */
export const DIGEST_LINES = 10;

/** Nobody's name and nothing of what people wrote: the title, or the reference alone. */
export const titleOf = ({ reference, title }: { reference: string; title: string }): string =>
  title.trim() ? `${title.replace(/\s+/g, ' ').trim()} (${reference})` : `Projet ${reference}`;

/** `total`: how many there are in all, with those that are no lines. */
export const sectionOf = (title: string, lines: DigestLine[], total = lines.length): DigestSection[] => {
  const shown = lines.slice(0, DIGEST_LINES);
  return shown.length === 0 ? [] : [{ title, lines: shown, more: Math.max(0, total - shown.length) }];
};

/** When somebody has to call: "en retard de 2 jours", "à appeler avant mardi 8 décembre 18 h". */
export const dueLine = ({ callBy }: Pick<Referral, 'callBy'>, now: Date): string => {
  const due = dueInWords(callBy, now);
  return callBy < now ? due : `à appeler ${due}`;
};

/** Who has it, for one of the partner's own people. `name`: of the assignee; null when the account is gone. */
export const assigneeLine = (assignee: string | null, reader: string, name: string | null): string => {
  if (assignee === reader) return 'confié à vous';
  return assignee === null || name === null ? 'confié à personne' : `confié à ${name}`;
};

/** Since when the holder owes an answer. */
export const askedLine = ({ at }: { at: Date }, now: Date): string =>
  `question posée, sans réponse ${waitInWords(at, now)}`;

/** Since when nobody of the partner has done anything. */
export const quietLine = (lastAct: Date, now: Date): string => `sans nouvelles ${waitInWords(lastAct, now)}`;

/** What is new of a project, where an account leaves its news to the digest: the events that would each be an e-mail. */
const NEWS = {
  'message-added': 'un message de la personne',
  'contact-corrected': 'des coordonnées corrigées',
  transferred: 'un projet que l’on vous confie',
  shared: 'un message d’un partenaire',
  'brought-in': 'votre organisme est associé',
} as const satisfies Partial<Record<EventType, string>>;
export type NewsType = keyof typeof NEWS;
export const NEWS_TYPES = Object.keys(NEWS) as NewsType[];

const isNews = (type: EventType): type is NewsType => Object.hasOwn(NEWS, type);

/** Is this event new to this reader, who has this referral? */
export const isNewTo = (
  reader: { id: string; partner: string | null },
  { role }: Pick<Referral, 'role'>,
  { type, actor, partner, to }: ProjectEvent,
): boolean => {
  if (!isNews(type) || actor.account === reader.id) return false;
  if (type === 'transferred') return to === reader.id;
  if (type === 'brought-in') return role === 'associated' && to === reader.partner;
  return type === 'shared' ? partner !== reader.partner : role === 'main';
};

/** What happened to one project, in one line: "un message de la personne, lundi 7 décembre à 14 h 30". */
export const newsLine = (events: ProjectEvent[]): string => {
  const words = new Set(events.flatMap(({ type }) => (isNews(type) ? NEWS[type] : [])));
  const last = new Date(Math.max(...events.map(({ at }) => at.getTime())));
  return `${[...words].join(', ')}, ${momentInWords(last)}`;
};
