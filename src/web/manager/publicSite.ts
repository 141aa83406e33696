import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { SavedPublicSite } from '../../services/publicSite.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { SITE_FORM, siteFields, typedSite } from './publicSiteForm.js';
import { whenInWords } from './rules/versionWords.js';

type Uses = Pick<Services, 'readPublicSite' | 'savePublicSite' | 'territory'>;

interface Shown {
  fields: FieldWording[];
  typed: Typed;
  version: number;
  errors?: FieldErrors;
  notice?: { tone: string; title: string; text?: string } | null;
  /** What somebody else saved in between, to compare. */
  saved?: { label: string; text: string }[];
}

const sitePage = ({ fields, typed, version, errors = {}, notice = null, saved = [] }: Shown): PageModel => ({
  title: 'Site public',
  action: paths.publicSite(),
  version,
  notice,
  saved,
  fields: fields.map((field) => fieldModel(field, typed, errors)),
  errors: errorSummary(
    errors,
    fields.map(({ name }) => name),
  ),
});

/** The fields that differ from what was typed, as the pages say them now. */
const differences = (fields: FieldWording[], site: SavedPublicSite, typed: Typed) =>
  fields
    .filter(({ name }) => typedSite(site)[name] !== typed[name])
    .map(({ name, label }) => ({
      label,
      text: String(typedSite(site)[name] || 'Rien'),
    }));

/** What managers say on the public pages: signatories, legal facts, whom to write to, sites of the frame. */
export const publicSiteScreen = ({ readPublicSite, savePublicSite, territory }: Uses) => {
  const fields = siteFields(territory.words);
  return {
    async show(req: Request, res: Response): Promise<void> {
      const site = await readPublicSite();
      const done = req.query['fait'] === '1';
      const notice = done
        ? { tone: 'done', title: 'C’est enregistré. Les pages publiques le disent maintenant.' }
        : null;
      await renderPage(
        res,
        'manager/publicSite',
        sitePage({ fields, typed: typedSite(site), version: site.version, notice }),
      );
    },

    /** Nothing typed is lost when somebody else saved in between: both are shown, and the next click keeps what was typed. */
    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(SITE_FORM, req.body);
      if (form.errors) {
        const version = Number(form.typed['version']) || 0;
        const page = sitePage({ fields, typed: form.typed, version, errors: form.errors });
        return renderPage(res, 'manager/publicSite', page, { status: 422 });
      }
      const { version, ...changes } = form.values;
      const outcome = await savePublicSite(accountOf(req.account), changes, version);
      if (outcome.kind === 'saved') return res.redirect(303, `${paths.publicSite()}?fait=1`);
      const typed = typedSite(changes);
      const who = outcome.by ?? 'Une autre personne';
      const page = sitePage({
        fields,
        typed,
        version: outcome.site.version,
        saved: differences(fields, outcome.site, typed),
        notice: {
          tone: 'late',
          title: `${who} a enregistré cette page avant vous${outcome.at ? `, le ${whenInWords(outcome.at)}` : ''}.`,
          text: 'Rien n’a été enregistré de votre côté. Comparez, corrigez si besoin, puis enregistrez de nouveau.',
        },
      });
      await renderPage(res, 'manager/publicSite', page, { status: 409 });
    },
  };
};
