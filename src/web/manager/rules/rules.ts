import type { Request, Response } from 'express';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';
import type { RulesSheet } from '../../../services/rules/readRules.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type PageModel, renderPage } from '../../renderPage.js';
import { draftCard } from './draftCard.js';
import { rulesetModel } from './ruleRows.js';
import { historyRow, publishedInWords } from './versionWords.js';

/** What has just been done, by the code that the address holds. */
const DONE: Record<string, string> = {
  publication: 'Nouvelle version publiée. Elle décide dès le prochain projet.',
  abandon: 'Le brouillon est abandonné. Les règles en vigueur n’ont pas changé.',
};

const rulesPage = (sheet: RulesSheet, territory: Territory, done: string): PageModel => {
  const { active, history, people } = sheet;
  return {
    title: 'Règles d’orientation',
    notice: DONE[done] ?? null,
    number: active.number,
    published: publishedInWords(active, people),
    note: active.note,
    card: draftCard(sheet, territory),
    history: history.map((row) => historyRow(row, active.number, people)),
    ...rulesetModel(active.ruleset, territory),
  };
};

/** The rules that decide now, as a person reads them, with the draft of the next ones and the versions before. */
export const rulesScreen = ({ readRules, territory }: Pick<Services, 'readRules' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const sheet = await readRules(accountOf(req.account));
    await renderPage(res, 'manager/rules/rules', rulesPage(sheet, territory, String(req.query['fait'] ?? '')));
  },
});

/** Beginning a draft: the one that exists already is opened as it is. */
export const startDraftScreen = ({ startDraft }: Pick<Services, 'startDraft'>) => ({
  async submit(req: Request, res: Response): Promise<void> {
    const { isNew } = await startDraft(accountOf(req.account));
    res.redirect(303, `${paths.rulesDraft()}?fait=${isNew ? 'debut' : 'reprise'}`);
  },
});
