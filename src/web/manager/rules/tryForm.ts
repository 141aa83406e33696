import type { Request } from 'express';
import { communeCandidates, communeInWords, findCommune } from '../../../domain/questionnaire/communeChoice.js';
import type { HolderKind, RoutingFacts } from '../../../domain/questionnaire/facts.js';
import { HOLDER_WORDS, NEED_WORDS } from '../../../domain/routing/factTable.js';
import { NEED_IDS, type Need } from '../../../domain/territory/needs.js';
import { STAGE_IDS, STAGES, type Stage } from '../../../domain/territory/stages.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { capital } from '../../../domain/territory/typography.js';
import { type FieldWording, fieldModel } from '../../fieldModel.js';
import type { FieldErrors } from '../../parseForm.js';

/** A made-up project: as few answers as one likes, all in the address, so that a trial can be kept as a link. */
const NEED_NAMES = ['besoin1', 'besoin2', 'besoin3'];
const NEED_LABELS = ['Besoin principal', 'Deuxième besoin', 'Troisième besoin'];
const needGroups = [{ choices: NEED_IDS.map((value) => ({ value, label: capital(NEED_WORDS[value]) })) }];

const FIELDS: FieldWording[] = [
  ...NEED_NAMES.map(
    (name, index): FieldWording => ({
      kind: 'select',
      name,
      label: NEED_LABELS[index] ?? '',
      groups: needGroups,
    }),
  ),
  {
    kind: 'select',
    name: 'avancement',
    label: 'Avancement',
    groups: [{ choices: STAGE_IDS.map((value) => ({ value, label: STAGES[value].label })) }],
  },
  { kind: 'text', type: 'text', name: 'commune', label: 'Commune, ou code postal' },
  {
    kind: 'select',
    name: 'profil',
    label: 'Profil',
    groups: [{ choices: Object.entries(HOLDER_WORDS).map(([value, label]) => ({ value, label: capital(label) })) }],
  },
  { kind: 'text', type: 'text', name: 'activite', label: 'Activité, en quelques mots' },
  { kind: 'number', name: 'effectif', label: 'Effectif' },
];

/** What was asked for in the address; facts null when nothing was, or when something must be put right. */
export const readTrial = ({ query }: Request, territory: Territory) => {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name].trim().slice(0, 200) : '');
  const typed = Object.fromEntries(FIELDS.map(({ name }) => [name, text(name)]));
  const errors: FieldErrors = {};
  const commune = text('commune') === '' ? null : findCommune(territory, text('commune'), undefined);
  if (commune === undefined) errors['commune'] = communeError(territory, text('commune'));
  if (!/^\d{0,6}$/.test(text('effectif'))) errors['effectif'] = 'Écrivez un nombre entier, par exemple 12.';
  const isAsked = Object.values(typed).some((value) => value !== '');
  const needs = NEED_NAMES.map(text).filter((one): one is Need => (NEED_IDS as string[]).includes(one));
  const facts: RoutingFacts = {
    needs: [...new Set(needs)],
    stage: STAGE_IDS.find((one) => one === text('avancement')) ?? (null as Stage | null),
    commune: commune?.code ?? null,
    holderKind: Object.hasOwn(HOLDER_WORDS, text('profil')) ? (text('profil') as HolderKind) : null,
    sector: text('activite') || null,
    headcount: text('effectif') === '' ? null : Number(text('effectif')),
    title: '',
    summary: '',
  };
  const isSound = isAsked && Object.keys(errors).length === 0;
  return { fields: FIELDS.map((field) => fieldModel(field, typed, errors)), errors, facts: isSound ? facts : null };
};

const communeError = (territory: Territory, typed: string): string => {
  const found = communeCandidates(territory, typed)
    .slice(0, 3)
    .map((commune) => communeInWords(commune));
  return found.length > 0
    ? `Précisez : ${found.join(', ou ')}.`.replace(' :', '\u00a0:')
    : 'Aucune commune de ce nom. Vérifiez-le.';
};

export const TRIAL_NAMES = FIELDS.map(({ name }) => name);
