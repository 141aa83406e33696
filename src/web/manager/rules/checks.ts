import type { Request, Response } from 'express';
import { tableOf } from '../../../domain/routing/rulesetInWords.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { renderPage } from '../../renderPage.js';
import { checksModel } from './checksModel.js';

/** What is wrong, doubtful or worth knowing in the draft, before it decides anything. */
export const checksScreen = ({
  checkDraft,
  readRules,
  territory,
}: Pick<Services, 'checkDraft' | 'readRules' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    if (!(await readRules(reader)).draft) return res.redirect(303, paths.rules());
    const { draft, checks } = await checkDraft(reader);
    await renderPage(res, 'manager/rules/checks', {
      title: 'Vérifier les règles du brouillon',
      back: paths.rulesDraft(),
      ...checksModel(checks, territory, (rule) => tableOf(draft.ruleset, rule) !== undefined),
    });
  },
});
