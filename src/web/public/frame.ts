import { type Request, Router } from 'express';
import { isChannelCode } from '../../domain/questionnaire/channel.js';
import type { Field, StepContext } from '../../domain/questionnaire/step.js';
import { besoins } from '../../domain/questionnaire/steps/besoins.js';
import { lieu } from '../../domain/questionnaire/steps/lieu.js';
import { inLanguage, isLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { componentWords } from '../componentWords.js';
import { type FieldWording, fieldModel } from '../fieldModel.js';
import { languageOfBrowser } from '../middleware/chooseLanguage.js';
import { anybody } from '../middleware/routeNeeds.js';
import { mayBeFramedBy } from '../middleware/secureHeaders.js';
import { ourWords } from '../ourWords.js';
import { inItsLanguage, renderView } from '../renderView.js';

const TITLE = { fr: 'Présenter un projet', en: 'Present a project' };

const named = (fields: Field[], name: string): Field[] => fields.filter((field) => field.name === name);

/** The first question and the commune, under the names that /projet reads. No suggestions: they would need a script. */
const fieldsOf = (context: StepContext): FieldWording[] => [
  ...named(besoins.fields(context), 'needs').map((field) => ({ ...field, name: 'besoin' })),
  ...named(lieu.fields(context), 'place').map(({ label, hint }): FieldWording => {
    const text = { kind: 'text', type: 'text', name: 'lieu', label, optional: true } as const;
    return hint ? { ...text, hint } : text;
  }),
];

const languageOf = (req: Request): Language => {
  const asked = req.query['lang'];
  return isLanguage(asked) ? asked : languageOfBrowser(req);
};

const hiddenOf = ({ query }: Request): { name: string; value: string }[] => [
  ...(isChannelCode(query['via']) ? [{ name: 'via', value: query['via'] }] : []),
  ...(isLanguage(query['lang']) ? [{ name: 'lang', value: query['lang'] }] : []),
];

/**
 * The page that partners' sites may show in a frame. It comes before everything that reads or sets a cookie, so it sets none;
 * its form opens the desk in a page of its own.
 */
export const frameRouter = ({
  territory,
  publicSiteAsKnown,
}: Pick<Services, 'territory' | 'publicSiteAsKnown'>): Router => {
  const router = Router();
  router.get(paths.frame(), anybody, async (req, res) => {
    const language = languageOf(req);
    const fields = fieldsOf({ answers: {}, territory, language }).map((field) => fieldModel(field, {}));
    const ours = ourWords(res.app, language);
    const shared = { title: inLanguage(language)(TITLE), ours, language, paths, words: componentWords(language) };
    const model = { ...shared, fields, hidden: hiddenOf(req), action: paths.start() };
    const body = renderView(res.app, inItsLanguage('public/frame', language), model);
    mayBeFramedBy(res, (await publicSiteAsKnown())?.frameSites ?? []);
    // The list of sites is in a header: a page kept from before would go by the old one.
    res.set('Cache-Control', 'no-store').type('html');
    res.send(renderView(res.app, 'layouts/frame', { ...shared, body }));
  });
  return router;
};
