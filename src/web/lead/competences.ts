import type { Request, Response } from 'express';
import Joi from 'joi';
import type { Competences, Teammate } from '../../domain/referrals/assignment.js';
import { NEED_IDS, NEEDS } from '../../domain/territory/needs.js';
import type { Partner, Territory } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'readTeammate' | 'saveCompetences' | 'territory'>;
interface Row {
  value: string;
  label: string;
}

const listOf = (codes: string[]) =>
  Joi.array()
    .items(Joi.string().valid(...codes))
    .single()
    .unique()
    .default([])
    .messages({ '*': 'Choisissez des réponses de la liste.' });

const formOf = ({ epcis }: Territory) =>
  Joi.object<Competences>({ needs: listOf(NEED_IDS), epcis: listOf(epcis.map(({ siren }) => siren)) });

/** What the partner deals with first, then the rest: people may send it anything. */
const twoGroups = (rows: Row[], isOwn: (value: string) => boolean, [own, others]: [string, string]) =>
  [
    { title: own, choices: rows.filter(({ value }) => isOwn(value)) },
    { title: others, choices: rows.filter(({ value }) => !isOwn(value)) },
  ].filter(({ choices }) => choices.length > 0);

const fieldsOf = ({ needs, fallbackNeeds, serves }: Partner, { epcis }: Territory): FieldWording[] => {
  const deals = new Set<string>([...needs, ...fallbackNeeds]);
  const served = new Set(
    epcis
      .filter(({ siren, department }) => serves.includes(siren) || serves.includes(department))
      .map(({ siren }) => siren),
  );
  const needRows = NEED_IDS.map((value) => ({ value, label: capital(frenchTypography(NEEDS[value].label)) }));
  const epciRows = epcis.map(({ siren, name }) => ({ value: siren, label: name }));
  return [
    {
      kind: 'checkboxes',
      name: 'needs',
      label: 'De quoi cette personne s’occupe',
      hint: 'Sans choix\u00a0: de tout.',
      optional: true,
      groups: twoGroups(needRows, (value) => deals.has(value), ['Besoins de votre organisme', 'Autres besoins']),
    },
    {
      kind: 'checkboxes',
      name: 'epcis',
      label: 'Dans quelles intercommunalités',
      hint: 'Sans choix\u00a0: partout.',
      optional: true,
      groups: twoGroups(epciRows, (value) => served.has(value), ['Votre territoire', 'Ailleurs']),
    },
  ];
};

/** What somebody of the team deals with, and where: the lead decides. */
export const competencesScreen = ({ readTeammate, saveCompetences, territory }: Uses) => {
  const form = formOf(territory);
  const page = (person: Teammate, typed: Typed, errors: FieldErrors = {}): PageModel => {
    const partner = territory.partner(person.partner ?? '');
    if (!partner) throw new NotFound();
    return {
      title: `Ce dont s’occupe ${person.name}`,
      back: paths.team(),
      action: paths.competences(person.id),
      fields: fieldsOf(partner, territory).map((field) => fieldModel(field, typed, errors)),
      errors: errorSummary(errors, ['needs', 'epcis']),
    };
  };
  const personOf = (req: Request): Promise<Teammate> =>
    readTeammate(accountOf(req.account), String(req.params['account']));

  return {
    async show(req: Request, res: Response): Promise<void> {
      const person = await personOf(req);
      await renderPage(res, 'lead/competences', page(person, { ...person.competences }));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const person = await personOf(req);
      const { values, errors, typed } = parseForm(form, req.body);
      if (errors) return renderPage(res, 'lead/competences', page(person, typed, errors), { status: 422 });
      await saveCompetences(accountOf(req.account), person.id, values);
      res.redirect(303, `${paths.team()}?fait=competences`);
    },
  };
};
