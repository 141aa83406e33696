import type { Request, Response } from 'express';
import type { RoutingDecision, RoutingFacts } from '../../../domain/routing/decision.js';
import type { Ruleset } from '../../../domain/routing/rule.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { decisionModel } from '../../decisionModel.js';
import { errorSummary } from '../../fieldModel.js';
import { accountOf } from '../../middleware/staffSession.js';
import { partnerInWords } from '../../projectWords.js';
import { renderPage } from '../../renderPage.js';
import { destinationInWords } from './replayWords.js';
import { readTrial, TRIAL_NAMES } from './tryForm.js';

interface Trial {
  title: string;
  decision: RoutingDecision;
  ruleset: Ruleset;
}

const trialModel = ({ title, decision, ruleset }: Trial, facts: RoutingFacts, territory: Territory) => ({
  title,
  answer: destinationInWords(decision.main ?? decision.outcome, territory),
  associated: decision.associated.map((id) => partnerInWords(id, territory)),
  decision: decisionModel(decision, territory, { facts, ruleset }),
});

/** A made-up project, decided by the draft beside the version in force. Keeps nothing. */
export const tryScreen = ({
  readRules,
  territory,
  tryProject,
}: Pick<Services, 'readRules' | 'territory' | 'tryProject'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const { active, draft } = await readRules(reader);
    if (!draft) return res.redirect(303, paths.rules());
    const { fields, errors, facts } = readTrial(req, territory);
    const found = facts && (await tryProject(reader, facts));
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const trials: Trial[] = found
      ? [
          { title: 'Avec le brouillon', decision: found.draft ?? found.now, ruleset: draft.ruleset },
          { title: `Avec la version ${active.number}, en vigueur`, decision: found.now, ruleset: active.ruleset },
        ]
      : [];
    const [first, second] = trials.map(({ decision }) => `${decision.outcome} ${decision.main}`);
    await renderPage(
      res,
      'manager/rules/try',
      {
        title: 'Essayer un projet',
        back: paths.rulesDraft(),
        action: paths.rulesTry(),
        fields,
        errors: errorSummary(errors, TRIAL_NAMES),
        isSame: first === second,
        trials: facts ? trials.map((trial) => trialModel(trial, facts, territory)) : [],
      },
      { status },
    );
  },
});
