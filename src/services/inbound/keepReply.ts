import type { InboundMail } from '../../delivery/parseInbound.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { Account } from '../../domain/referrals/access.js';
import { holderActsFor, MESSAGE_MAX } from '../../domain/referrals/holderActs.js';
import type { Project, Referral } from '../../domain/referrals/referral.js';
import { inLanguage, type Words } from '../../domain/territory/language.js';
import { keepMessage, type MessageParts } from '../addMessage.js';
import { keepNote, NOTE_MAX, type NoteParts } from '../notes.js';
import { type OwnProject, tooLate } from '../openOwnProject.js';
import type { Parts } from '../parts.js';
import { ownWords } from './ownWords.js';

export type ReplyKeeping = MessageParts & NoteParts & Pick<Parts, 'accounts'>;

/** `unmatched`: a person has to read it, and why. */
export type Kept = 'message' | 'note' | { unmatched: string };

const CUT: Words = { fr: '(Coupé ici : ce message était trop long.)', en: '(Cut here: this message was too long.)' };

const filesNotKept = (count: number): Words =>
  count > 1
    ? {
        fr: '(Des fichiers étaient joints : le service n’en garde aucun.)',
        en: '(Files were attached: the service keeps none.)',
      }
    : {
        fr: '(Un fichier était joint : le service ne le garde pas.)',
        en: '(A file was attached: the service does not keep it.)',
      };

const fromElsewhere = (address: string): Words => ({
  fr: `(Envoyé depuis l’adresse ${address}.)`,
  en: `(Sent from the address ${address}.)`,
});

/** The words to keep, with what must be known of the e-mail, in at most so many characters; empty when there is nothing. */
const wordsToKeep = (
  { text, attachments }: Pick<InboundMail, 'text' | 'attachments'>,
  { atMost, say, sender }: { atMost: number; say: (words: Words) => string; sender: string | null },
): string => {
  const words = ownWords(text);
  const notes = [
    ...(attachments > 0 ? [say(filesNotKept(attachments))] : []),
    ...(sender ? [say(fromElsewhere(sender))] : []),
  ];
  if (words === '' && attachments === 0) return '';
  const whole = [words, ...notes].filter(Boolean).join('\n\n');
  if (whole.length <= atMost) return whole;
  const end = ['', say(CUT), ...notes].join('\n\n');
  return words.slice(0, atMost - end.length).trimEnd() + end;
};

const EMPTY: Kept = { unmatched: 'Le message ne contient rien de plus que ce qu’il cite.' };

const ownProject = async (parts: ReplyKeeping, id: string): Promise<OwnProject | null> => {
  const project = await parts.projects.byId(id);
  return project && { project, referral: (await parts.referrals.ofProject(id)).at(-1) ?? null };
};

const isSame = (one: string | null, other: string): boolean => one?.trim().toLowerCase() === other;

const REFUSED = {
  'too many today': 'Cette personne a déjà écrit tous les messages qu’un projet peut recevoir en un jour.',
  'too many': 'Ce projet a reçu tous les messages qu’il peut recevoir.',
} as const;

const NOT_OF_THE_PARTNER = 'L’adresse n’est pas celle d’une personne du partenaire qui a le projet.';
const NOT_OF_THE_HOLDER =
  'Cette réponse à un e-mail écrit au porteur de projet vient de l’adresse d’une personne du partenaire.';

/** A holder's reply: a message like those of the follow-up page, under the same rules. */
const fromHolder = async (parts: ReplyKeeping, mail: InboundMail, id: string, project: Project): Promise<Kept> => {
  const say = inLanguage(project.language);
  const sender = isSame(project.contact.email, mail.from) ? null : mail.from;
  const text = wordsToKeep(mail, { atMost: MESSAGE_MAX, say, sender });
  if (text === '') return EMPTY;
  const open = async (): Promise<OwnProject> => {
    const own = await ownProject(parts, project.id);
    if (!own || !holderActsFor(own.project, own.referral, parts.clock()).includes('addMessage')) throw tooLate();
    return own;
  };
  const answer = await keepMessage(parts)(open, { id, text });
  return answer === 'added' ? 'message' : { unmatched: REFUSED[answer] };
};

/** An advisor's reply: a note for the people of the own partner. */
const fromAdvisor = async (
  parts: ReplyKeeping,
  mail: InboundMail,
  { id, by, referral }: { id: string; by: Account; referral: Referral },
): Promise<Kept> => {
  const text = wordsToKeep(mail, { atMost: NOTE_MAX, say: inLanguage('fr'), sender: null });
  if (text === '') return EMPTY;
  await keepNote(parts)(by, referral.id, { id, text });
  return 'note';
};

/** The referral that an e-mail is about; of one about a project, the latest. */
export const referralOf = async (
  { referrals }: Pick<Parts, 'referrals'>,
  { about, project }: Delivery,
): Promise<Referral | null> => {
  if (about.kind === 'referral') return referrals.byId(about.id);
  return project ? ((await referrals.ofProject(project)).at(-1) ?? null) : null;
};

/** The account that wrote, when it is one of the partner that the e-mail was about. */
const colleague = async (
  parts: ReplyKeeping,
  mail: InboundMail,
  referral: Referral | null,
): Promise<Account | null> => {
  const found = referral && (await parts.accounts.byEmail(mail.from));
  return found && found.account.partner === referral.partner ? found.account : null;
};

const isOver = ({ state, withdrawnAt }: Project, referral: Referral | null, now: Date): boolean =>
  !holderActsFor({ state, withdrawnAt }, referral, now).includes('addMessage');

/**
 * Puts a person's reply where people expect it: a holder's on the project, like a message of the follow-up page; an
 * advisor's with the notes of the partner. In: the message, its own id (kept once, however often it comes), and the e-mail
 * that it answers. Whoever has that e-mail may answer as the holder, from any address, which the message then says: only
 * the holder was sent it. Staff e-mails go to several people, so there the address must be an account's of the partner. Who
 * holds a holder's e-mail writes no note under somebody's name: anybody can write any address above a message.
 */
export const keepReply =
  (parts: ReplyKeeping) =>
  async (mail: InboundMail, id: string, delivery: Delivery): Promise<Kept> => {
    const own = delivery.project ? await ownProject(parts, delivery.project) : null;
    if (!own) return { unmatched: 'L’e-mail auquel ce message répond n’est pas au sujet d’un projet.' };
    const { project, referral: latest } = own;
    if (project.erasedAt) return { unmatched: 'Les données de ce projet sont effacées.' };
    const referral = await referralOf(parts, delivery);
    const isHolders = isSame(project.contact.email, mail.from);
    const by = isHolders ? null : await colleague(parts, mail, referral);
    if (delivery.audience !== 'holder')
      return by && referral ? fromAdvisor(parts, mail, { id, by, referral }) : { unmatched: NOT_OF_THE_PARTNER };
    if (by) return { unmatched: NOT_OF_THE_HOLDER };
    if (isOver(project, latest, parts.clock()))
      return { unmatched: 'Le projet est terminé : il ne reçoit plus de message.' };
    return fromHolder(parts, mail, id, project);
  };
