import type { Request, Response } from 'express';
import Joi from 'joi';
import { diffRulesets, type RuleChange } from '../../../domain/routing/diffRulesets.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { Invalid } from '../../../errors.js';
import { paths } from '../../../paths.js';
import type { DraftChanged, RulesetDraft } from '../../../services/rules/currentDraft.js';
import type { RulesSheet } from '../../../services/rules/readRules.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { parseForm } from '../../parseForm.js';
import { type PageModel, renderPage } from '../../renderPage.js';
import { changedInWords } from './conflict.js';
import { countInWords } from './draftCard.js';
import { type ChangeTags, rulesetModel } from './ruleRows.js';
import { personInWords, whenInWords } from './versionWords.js';

const DONE: Record<string, string> = {
  debut: 'Voici votre brouillon : une copie des règles en vigueur. Changez ce qu’il faut, vérifiez, puis publiez.',
  reprise: 'Un brouillon était déjà ouvert. Le voici.',
  regle: 'Règle enregistrée dans le brouillon.',
  retrait: 'Règle retirée du brouillon.',
  ordre: 'Ordre changé dans le brouillon.',
  reglages: 'Réglages enregistrés dans le brouillon.',
};

const TAGS: Record<RuleChange['kind'], { label: string; tone: string }> = {
  added: { label: 'Ajoutée', tone: 'done' },
  changed: { label: 'Modifiée', tone: 'soon' },
  moved: { label: 'Déplacée', tone: 'info' },
  removed: { label: 'Retirée', tone: 'late' },
};

const draftPage = (
  sheet: RulesSheet & { draft: RulesetDraft },
  territory: Territory,
  { done = null, warning = null }: { done?: string | null; warning?: string | null },
): PageModel => {
  const { active, draft, people } = sheet;
  const changes = diffRulesets(active.ruleset, draft.ruleset, territory);
  const tags: ChangeTags = new Map(changes.map(({ rule, kind }) => [rule, TAGS[kind]]));
  return {
    title: 'Brouillon des règles',
    notice: done,
    warning,
    about: `Commencé à partir de la version ${draft.basedOn}. Dernière modification par ${personInWords(draft.updatedBy, people)}, le ${whenInWords(draft.updatedAt)}.`,
    isBehind: draft.basedOn !== active.number,
    inForce: active.number,
    changes: changes.length === 0 ? null : countInWords(changes.length, 'différence'),
    draft: draft.id,
    revision: draft.revision,
    ...rulesetModel(draft.ruleset, territory, tags),
  };
};

const ORDER = Joi.object<{ draft: string; revision: number; move: string }>({
  draft: Joi.string().required(),
  revision: Joi.number().integer().required(),
  move: Joi.string()
    .pattern(/^(up|down):[a-z0-9-]{1,60}$/)
    .required(),
});

/** The draft of the next version: its rules, each with what may be done to it. */
export const draftScreen = ({
  editDraft,
  readRules,
  territory,
}: Pick<Services, 'editDraft' | 'readRules' | 'territory'>) => {
  const page = async (req: Request, res: Response, said: Parameters<typeof draftPage>[2], status = 200) => {
    const sheet = await readRules(accountOf(req.account));
    const { draft } = sheet;
    if (!draft) return res.redirect(303, paths.rules());
    await renderPage(res, 'manager/rules/draft', draftPage({ ...sheet, draft }, territory, said), { status });
  };
  return {
    async show(req: Request, res: Response): Promise<void> {
      await page(req, res, { done: DONE[String(req.query['fait'] ?? '')] ?? null });
    },

    /** Moves a rule up or down; the only act of the list itself. */
    async order(req: Request, res: Response): Promise<void> {
      const form = parseForm(ORDER, req.body);
      if (form.errors) throw new Invalid('Revenez au brouillon et recommencez.');
      const { draft, revision, move } = form.values;
      const [to, rule = ''] = move.split(':');
      const act = { act: 'move', rule, to: to === 'up' ? 'up' : 'down' } as const;
      const outcome = await editDraft(accountOf(req.account), { draft, revision }, act);
      if (outcome.kind === 'saved') return res.redirect(303, `${paths.rulesDraft()}?fait=ordre#regle-${rule}`);
      const warning = outcome.kind === 'changed' ? lateWords(outcome) : (outcome.faults[0]?.message ?? null);
      await page(req, res, { warning }, outcome.kind === 'changed' ? 409 : 422);
    },
  };
};

const lateWords = (changed: DraftChanged): string =>
  `${changedInWords(changed)} Rien n’a été déplacé : recommencez sur la liste à jour.`;
