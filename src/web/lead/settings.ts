import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { SavedPartnerSettings } from '../../services/partnerSettings.js';
import type { Services } from '../../services.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { whenInWords } from '../manager/rules/versionWords.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { SETTINGS_FIELDS, SETTINGS_FORM, settingsOf, typedSettings } from './settingsForm.js';

type Uses = Pick<Services, 'readPartnerSettings' | 'savePartnerSettings'>;

interface Shown {
  partner: string;
  typed: Typed;
  version: number;
  errors?: FieldErrors;
  notice?: { tone: string; title: string; text?: string } | null;
  /** What somebody else saved in between, to compare. */
  saved?: { label: string; text: string }[];
}

const settingsPage = ({ partner, typed, version, errors = {}, notice = null, saved = [] }: Shown): PageModel => ({
  title: 'Réglages',
  partner,
  action: paths.partnerSettings(),
  version,
  notice,
  saved,
  fields: SETTINGS_FIELDS.map((field) => fieldModel(field, typed, errors)),
  errors: errorSummary(
    errors,
    SETTINGS_FIELDS.map(({ name }) => name),
  ),
});

/** The fields that differ from what was typed, as they are kept now. */
const differences = (settings: SavedPartnerSettings, typed: Typed) =>
  SETTINGS_FIELDS.filter(({ name }) => typedSettings(settings)[name] !== typed[name]).map(({ name, label }) => ({
    label,
    text: String(typedSettings(settings)[name] || 'Rien'),
  }));

/** What the lead of a partner decides: closures, shared mailbox, what holders read. */
export const settingsScreen = ({ readPartnerSettings, savePartnerSettings }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const { partner, settings } = await readPartnerSettings(accountOf(req.account));
    const done = req.query['fait'] === '1';
    const notice = done ? { tone: 'done', title: 'C’est enregistré. Les prochains projets en tiennent compte.' } : null;
    const shown = { partner: partner.name, typed: typedSettings(settings), version: settings.version, notice };
    await renderPage(res, 'lead/settings', settingsPage(shown));
  },

  /** Nothing typed is lost when somebody else saved in between: both are shown, and the next click keeps what was typed. */
  async submit(req: Request, res: Response): Promise<void> {
    const by = accountOf(req.account);
    const { partner } = await readPartnerSettings(by);
    const form = parseForm(SETTINGS_FORM, req.body);
    if (form.errors) {
      const { typed, errors } = form;
      const page = settingsPage({ partner: partner.name, typed, errors, version: Number(typed['version']) || 0 });
      return renderPage(res, 'lead/settings', page, { status: 422 });
    }
    const { version, ...values } = form.values;
    const changes = settingsOf(values);
    const outcome = await savePartnerSettings(by, changes, version);
    if (outcome.kind === 'saved') return res.redirect(303, `${paths.partnerSettings()}?fait=1`);
    const typed = typedSettings(changes);
    const who = outcome.by ?? 'Une autre personne';
    const page = settingsPage({
      partner: partner.name,
      typed,
      version: outcome.settings.version,
      saved: differences(outcome.settings, typed),
      notice: {
        tone: 'late',
        title: `${who} a enregistré cette page avant vous${outcome.at ? `, le ${whenInWords(outcome.at)}` : ''}.`,
        text: 'Rien n’a été enregistré de votre côté. Comparez, corrigez si besoin, puis enregistrez de nouveau.',
      },
    });
    await renderPage(res, 'lead/settings', page, { status: 409 });
  },
});
