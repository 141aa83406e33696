import type { AuditNote } from './auditActs.js';

/** The places that notes name, by their code, with their words in the list that administrators read. */
export const AUDIT_PLACES = {
  queue: 'projets du partenaire',
  bulk: 'projets choisis ensemble',
  team: 'équipe',
  'to-call': 'appels à passer',
  triage: 'projets à orienter',
  'behind-figure': 'projets derrière un chiffre',
  attention: 'points à surveiller',
  replay: 'essai des règles sur le passé',
  inbox: 'messages que personne n’attendait',
  figures: 'chiffres de la période',
  audit: 'journal',
  'partner-settings': 'réglages du partenaire',
  'public-site': 'site public',
  channels: 'liens d’entrée',
  periods: 'périodes nommées',
} as const;
type AuditPlace = keyof typeof AUDIT_PLACES;

type By = { id: string };
type Detail = NonNullable<AuditNote['detail']>;
const by = ({ id }: By): Pick<AuditNote, 'actor'> => ({ actor: { account: id } });
const at = (place: AuditPlace): Pick<AuditNote, 'about'> => ({ about: { kind: 'page', id: place } });

/** Somebody has one project before them, with what its holder said. */
export const sheetRead = (reader: By, project: string, detail: Detail = {}): AuditNote => ({
  act: 'sheet-read',
  ...by(reader),
  about: { kind: 'project', id: project },
  detail,
});

/** Somebody has so many projects, or people, before them: which ones is not kept. */
export const listRead = (reader: By, place: AuditPlace, count: number, detail: Detail = {}): AuditNote => ({
  act: 'list-read',
  ...by(reader),
  ...at(place),
  detail: { ...detail, count },
});

/** Somebody has messages before them that nobody expected: how many. */
export const messagesRead = (reader: By, count: number): AuditNote => ({
  act: 'messages-read',
  ...by(reader),
  ...at('inbox'),
  detail: { count },
});

/** A file that is made at once, without having been asked for before. */
export const fileTaken = (reader: By, place: AuditPlace, detail: Detail): AuditNote => ({
  act: 'export-fetched',
  ...by(reader),
  ...at(place),
  detail,
});

/** Somebody kept settings of a place; `detail`: which, by their codes. */
export const settingsChanged = (who: By, place: AuditPlace, detail: Detail = {}): AuditNote => ({
  act: 'settings-changed',
  ...by(who),
  ...at(place),
  detail,
});

/** `how`: what was done to the draft, never the words of a rule. */
export const draftChangedBy = (who: By, draft: string, how: string, detail: Detail = {}): AuditNote => ({
  act: 'rules-draft-changed',
  ...by(who),
  about: { kind: 'ruleset', id: draft },
  detail: { ...detail, how },
});

/** Somebody put a version of the rules in force. */
export const rulesPublished = (who: By, version: string, detail: Detail = {}): AuditNote => ({
  act: 'rules-published',
  ...by(who),
  about: { kind: 'ruleset', id: version },
  detail,
});

/** A file that a worker makes: asked for, then fetched. */
export const exportNote = (
  act: 'export-asked' | 'export-fetched',
  who: By,
  { id, what, format }: { id: string; what: string; format: string },
): AuditNote => ({ act, ...by(who), about: { kind: 'export', id }, detail: { what, format } });

/** Somebody issued the committee’s report of a quarter ("2026-T3"). */
export const reportIssued = (who: By, quarter: string): AuditNote => ({
  act: 'report-issued',
  ...by(who),
  about: { kind: 'report', id: quarter },
});

/** `route`: the pattern of an address, never the address. */
export const accessRefused = (who: By, route: string): AuditNote => ({
  act: 'access-refused',
  ...by(who),
  about: { kind: 'page', id: route },
});

/** Somebody read the log itself: of one person, when only theirs was looked for. */
export const auditRead = (reader: By, of: string | null, count: number): AuditNote => ({
  ...listRead(reader, 'audit', count),
  ...(of !== null && { about: { kind: 'account', id: of }, detail: { of: 'audit', count } }),
});
