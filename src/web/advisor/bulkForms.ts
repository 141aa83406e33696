import Joi from 'joi';
import { ACTS, CLOSE_OUTCOMES, canAct, HELP_KINDS } from '../../domain/referrals/lifecycle.js';
import { MOST_AT_ONCE } from '../../domain/referrals/queueFilters.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Chosen, ManyAct, ManyActName } from '../../services/actOnMany.js';
import type { Colleague } from '../../services/readColleagues.js';
import type { FieldWording } from '../fieldModel.js';
import { type FieldErrors, type ParsedForm, parseForm } from '../parseForm.js';
import { WORDS_MAX } from './openAct.js';

/** An act on several projects at once: the words of its page, and what it asks. */
interface ManyForm {
  title: string;
  help: string;
  button: string;
  /** Over the lines of what is done. */
  done: string;
  fields: (team: Colleague[]) => FieldWording[];
  read: (body: unknown) => ParsedForm<ManyAct>;
}

const choicesOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const inHand = ({ account, open }: Colleague): string =>
  `${account.name} (${open} ${open > 1 ? 'projets ouverts' : 'projet ouvert'})`;

const TRANSFER = Joi.object<{ to: string }>({
  to: Joi.string().max(100).required().messages({ '*': 'Choisissez une personne.' }),
});

const CLOSE = Joi.object({
  outcome: Joi.string()
    .valid(...Object.keys(CLOSE_OUTCOMES))
    .required()
    .messages({ '*': 'Choisissez comment ces projets ont fini.' }),
  help: Joi.string()
    .empty('')
    .valid(...Object.keys(HELP_KINDS))
    .when('outcome', { is: Joi.invalid('helped'), otherwise: Joi.required() })
    .messages({ '*': 'Choisissez le genre d’aide.' }),
  words: Joi.string()
    .trim()
    .empty('')
    .max(WORDS_MAX)
    .messages({ '*': `Écrivez ${WORDS_MAX} caractères au plus.` }),
});

const asAct = <T>(form: ParsedForm<T>, act: (values: T) => ManyAct): ParsedForm<ManyAct> =>
  form.errors ? form : { values: act(form.values) };

export const MANY_FORMS: Record<ManyActName, ManyForm> = {
  take: {
    title: 'Prendre ces projets en charge',
    help: 'Vous vous engagez à contacter chaque personne avant la date promise. Chacune en est informée par e-mail.',
    button: 'Prendre en charge',
    done: 'Projets pris en charge',
    fields: () => [],
    read: () => ({ values: { act: 'take' } }),
  },
  transfer: {
    title: 'Confier ces projets à une personne',
    help: 'Cette personne en est informée par e-mail. La date promise à chaque porteur de projet ne change pas.',
    button: 'Confier les projets',
    done: 'Projets confiés',
    fields: (team) => [
      {
        kind: 'radios',
        name: 'to',
        label: 'À qui ?',
        groups: [{ choices: team.map((one) => ({ value: one.account.id, label: inHand(one) })) }],
      },
    ],
    read: (body) => asAct(parseForm(TRANSFER, body), ({ to }) => ({ act: 'transfer', to })),
  },
  close: {
    title: 'Clôturer ces projets',
    help: 'Chaque personne reçoit un e-mail qui annonce la fin du suivi, avec les mêmes mots.',
    button: 'Clôturer les projets',
    done: 'Projets clôturés',
    fields: () => [
      {
        kind: 'radios',
        name: 'outcome',
        label: 'Comment ces projets ont-ils fini ?',
        groups: [{ choices: choicesOf(CLOSE_OUTCOMES) }],
      },
      {
        kind: 'select',
        name: 'help',
        label: 'S’ils ont été aidés, par quoi ?',
        optional: true,
        groups: [{ choices: choicesOf(HELP_KINDS) }],
      },
      {
        kind: 'textarea',
        name: 'words',
        label: 'Votre message à toutes ces personnes',
        hint: 'Chacune le lit tel quel. N’y nommez personne.',
        optional: true,
        rows: 4,
        max: WORDS_MAX,
      },
    ],
    read: (body) =>
      asAct(parseForm(CLOSE, body), ({ outcome, help, words }) => ({
        act: 'close',
        outcome,
        help: help ?? null,
        words: words ?? null,
      })),
  },
};

const isMany = (act: unknown): act is ManyActName => typeof act === 'string' && Object.hasOwn(MANY_FORMS, act);

const CHOSEN = /^([\w-]{1,64})\.(\d{1,9})$/;
const NONE = 'Cochez au moins un projet dans la liste.';
const TOO_MANY = `Choisissez ${MOST_AT_ONCE} projets au plus.`;

/** What the queue sent: which act, on which referrals, as they were seen; each once. Or what to put right. */
export const readChosen = (body: unknown): { act: ManyActName; chosen: Chosen[]; errors: FieldErrors } => {
  const { acte, choisis } = (body ?? {}) as { acte?: unknown; choisis?: unknown };
  const seen = new Map<string, Chosen>();
  for (const value of [choisis].flat()) {
    const [, id, version] = CHOSEN.exec(String(value)) ?? [];
    if (id && version && !seen.has(id)) seen.set(id, { id, version: Number(version) });
  }
  const errors = {
    ...(!isMany(acte) && { acte: 'Choisissez ce que vous voulez faire.' }),
    ...(seen.size === 0 && { choisis: NONE }),
    ...(seen.size > MOST_AT_ONCE && { choisis: TOO_MANY }),
  };
  return { act: isMany(acte) ? acte : 'take', chosen: [...seen.values()], errors };
};

/** May the act be done on it as it is now? Otherwise the page says so before anybody tries. */
export const isPossible = (act: ManyActName, { state }: Pick<Referral, 'state'>): boolean =>
  canAct(act, state) && ACTS[act].by === 'advisor';

/** A project of many by its title; without one, it was erased. */
export const nameOf = ({ about }: Pick<Referral, 'about'>): string =>
  about.title || `Projet ${about.reference}, données effacées`;
