import type { Request, Response } from 'express';
import { localDay } from '../../domain/calendar/businessTime.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { absenceOn } from '../../domain/referrals/assignment.js';
import { paths } from '../../paths.js';
import type { AbsenceList, AbsenceOutcome } from '../../services/absences.js';
import type { Services } from '../../services.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { ABSENCE_FORM, absenceFields } from './absenceForm.js';
import { absenceInWords } from './absenceWords.js';

type Uses = Pick<Services, 'addAbsence' | 'clock' | 'readAbsences' | 'removeAbsence'>;

interface Shown {
  reader: Account;
  now: Date;
  typed?: Typed;
  errors?: FieldErrors;
  notice?: { tone: string; title: string; text?: string } | null;
}

const rowsOf = ({ absences, team }: AbsenceList, { now }: Shown) => {
  const nameOf = (id: string | null): string => team.find((one) => one.id === id)?.name ?? 'Compte fermé';
  return absences.map((absence) => ({
    name: nameOf(absence.account),
    when: absenceInWords(absence, now),
    isNow: absenceOn([absence], absence.account, localDay(now)) !== undefined,
    deputy: absence.deputy === null ? 'personne' : nameOf(absence.deputy),
    /** Then the deputy stands in on some of the days only. */
    deputyIsAway: absences.some(
      ({ account, from, to }) => account === absence.deputy && from <= absence.to && absence.from <= to,
    ),
    remove: paths.removeAbsence(absence.account, absence.id),
  }));
};

const absencesPage = (list: AbsenceList, shown: Shown): PageModel => {
  const { reader, typed = {}, errors = {}, notice = null } = shown;
  const fields = absenceFields(list);
  const leads = may(reader, 'leadPartner');
  return {
    title: leads ? 'Absences de l’équipe' : 'Vos absences',
    leads,
    notice,
    rows: rowsOf(list, shown),
    action: paths.absences(),
    person: list.mayEnterFor.length > 1 ? null : (list.mayEnterFor[0]?.id ?? ''),
    fields: fields.map((field) => fieldModel(field, typed, errors)),
    errors: errorSummary(
      errors,
      fields.map(({ name }) => name),
    ),
  };
};

const count = (typed: unknown): number => (/^\d{1,4}$/.test(String(typed)) ? Number(typed) : 0);

const givenInWords = (given: number): string | false =>
  given > 0 &&
  (given === 1
    ? 'Un projet dont la date serait passée est confié à quelqu’un d’autre.'
    : `${given}\u00a0projets dont la date serait passée sont confiés à quelqu’un d’autre.`);

const leftInWords = (left: number): string | false =>
  left > 0 &&
  (left === 1
    ? 'Un projet n’a trouvé personne\u00a0: toute l’équipe peut le prendre.'
    : `${left}\u00a0projets n’ont trouvé personne\u00a0: toute l’équipe peut les prendre.`);

/** What has just been done, by what the address holds. */
const noticeOf = ({ fait, confies, restent }: Request['query']): Exclude<Shown['notice'], undefined> => {
  if (fait === 'retiree') return { tone: 'done', title: 'L’absence est retirée.' };
  if (fait !== 'notee') return null;
  const words = [givenInWords(count(confies)), leftInWords(count(restent))].filter(Boolean).join(' ');
  return { tone: 'done', title: 'L’absence est notée.', text: words || 'Aucun projet à confier d’ici là.' };
};

const doneAddress = ({ given, left }: Extract<AbsenceOutcome, { kind: 'added' }>): string =>
  `${paths.absences()}?fait=notee&confies=${given}&restent=${left}`;

/** When people are away: advisors enter their own, the lead anybody's. */
export const absencesScreen = ({ addAbsence, clock, readAbsences, removeAbsence }: Uses) => {
  const show = async (res: Response, shown: Omit<Shown, 'now'>, status = 200): Promise<void> => {
    const list = await readAbsences(shown.reader);
    await renderPage(res, 'lead/absences', absencesPage(list, { ...shown, now: clock() }), { status });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      await show(res, { reader: accountOf(req.account), notice: noticeOf(req.query) });
    },

    async submit(req: Request, res: Response): Promise<void> {
      const reader = accountOf(req.account);
      const form = parseForm(ABSENCE_FORM, req.body);
      if (form.errors) return show(res, { reader, typed: form.typed, errors: form.errors }, 422);
      const outcome = await addAbsence(reader, form.values);
      if (outcome.kind === 'added') return res.redirect(303, doneAddress(outcome));
      const typed = { ...form.values, deputy: form.values.deputy ?? '' };
      return show(res, { reader, typed, errors: { [outcome.field]: outcome.message } }, 422);
    },

    async remove(req: Request, res: Response): Promise<void> {
      const { account, id } = req.params;
      await removeAbsence(accountOf(req.account), { account: String(account), id: String(id) });
      res.redirect(303, `${paths.absences()}?fait=retiree`);
    },
  };
};
