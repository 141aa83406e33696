import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldModel, type FieldWording, fieldModel } from '../fieldModel.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { draftAddress, formAddress } from './formAddress.js';
import { keptValues } from './noteDraft.js';
import { neededWords, WORDS_MAX } from './openAct.js';

type Kind = 'note' | 'message';

const SAYS: Record<
  Kind,
  { title: string; help: string; button: string; label: string; missing: string; done: string }
> = {
  note: {
    title: 'Ajouter une note',
    help: 'Seules les personnes de votre organisme la lisent.',
    button: 'Ajouter la note',
    label: 'Votre note',
    missing: 'Écrivez votre note.',
    done: 'note',
  },
  message: {
    title: 'Écrire aux partenaires du projet',
    help: 'Les autres partenaires de ce projet le lisent, et en sont prévenus par e-mail.',
    button: 'Envoyer le message',
    label: 'Votre message',
    missing: 'Écrivez votre message.',
    done: 'message',
  },
};

const wordingOf = (kind: Kind): FieldWording => ({
  kind: 'textarea',
  name: kind,
  label: SAYS[kind].label,
  hint: SAYS[kind].help,
  rows: 3,
  max: WORDS_MAX,
});

/** What views/advisor/noteForm.ejs shows. `once`: the same form sent twice makes one note. */
export interface NoteForm {
  action: string;
  draft: string;
  once: string;
  button: string;
  field: FieldModel;
}

/** The form of a note or a message, with what is kept of it. */
export const noteForm = (kind: Kind, referral: string, typed: Typed = {}, errors: FieldErrors = {}): NoteForm => ({
  action: formAddress(kind, referral),
  draft: draftAddress(kind, referral),
  once: randomUUID(),
  button: SAYS[kind].button,
  field: fieldModel(wordingOf(kind), typed, errors),
});

type Send = (
  by: ReturnType<typeof accountOf>,
  referral: string,
  written: { id: string; text: string },
) => Promise<void>;

/** Notes for the own partner, messages for the others: on the sheet, and on a page of their own when something is wrong. */
const screen = (services: Pick<Services, 'readReferral' | 'readNoteDrafts'>, kind: Kind, send: Send) => {
  const schema = Joi.object<{ once: string } & Record<Kind, string>>({
    once: Joi.string().guid().default(randomUUID),
    [kind]: neededWords(SAYS[kind].missing),
  });
  const render = async (req: Request, res: Response, form: { typed?: Typed; errors?: FieldErrors }, status = 200) => {
    const sheet: ReferralSheet = await services.readReferral(accountOf(req.account), String(req.params['id']));
    const model = {
      title: SAYS[kind].title,
      scripts: ['drafts'],
      project: titleOf(sheet.project),
      back: paths.referral(sheet.referral.id),
      form: noteForm(kind, sheet.referral.id, form.typed, form.errors),
      errors: errorSummary(form.errors ?? {}, [kind]),
    };
    await renderPage(res, 'advisor/note', model, { status });
  };
  return {
    async show(req: Request, res: Response): Promise<void> {
      const drafts = await services.readNoteDrafts(accountOf(req.account), String(req.params['id']));
      await render(req, res, { typed: drafts.find(({ form }) => form === kind)?.values ?? {} });
    },
    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(schema, req.body);
      if (form.errors) return render(req, res, { typed: keptValues(req.body), errors: form.errors }, 422);
      await send(accountOf(req.account), id, { id: form.values.once, text: form.values[kind] });
      res.redirect(303, `${paths.referral(id)}?fait=${SAYS[kind].done}#${kind}`);
    },
  };
};

export const noteScreen = (services: Services) => screen(services, 'note', services.addNote);
export const messageScreen = (services: Services) => screen(services, 'message', services.shareMessage);
