import type { StepSlug } from '../../../domain/questionnaire/answers.js';
import { askedAnswers } from '../../../domain/questionnaire/toSubmission.js';
import type { Account } from '../../../domain/referrals/access.js';
import type { RoutingDecision } from '../../../domain/routing/decision.js';
import { decisionKey } from '../../../domain/routing/decisionKey.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';
import type { Entry } from '../../../services/counter/counterDrafts.js';
import type { NearEntry, Preview } from '../../../services/counter/previewEntry.js';
import { decisionModel } from '../../decisionModel.js';
import { errorSummary, fieldModel } from '../../fieldModel.js';
import type { FieldErrors, Typed } from '../../parseForm.js';
import { partnerInWords } from '../../projectWords.js';
import type { PageModel } from '../../renderPage.js';
import { pageOfStep } from './counterPages.js';
import { insteadFields } from './decideForm.js';

interface Shown {
  by: Account;
  entry: Entry;
  preview: Preview;
  territory: Territory;
  typed?: Typed;
  errors?: FieldErrors;
}

/** "Territoire d’industrie … (ABCD)" is said ABCD. */
const shortName = (name: string): string => /\((\p{Lu}{3,})\)$/u.exec(name)?.[1] ?? name;

/** What the rules say, and the words of the button that does it. */
const proposalOf = ({ outcome, main }: RoutingDecision, by: Account, territory: Territory) => {
  const name = main ? partnerInWords(main, territory) : '';
  if (outcome === 'routed' && main === by.partner)
    return { heading: 'Ce projet est pour vous', button: 'Mettre dans notre file' };
  if (outcome === 'routed')
    return { heading: `Les règles proposent\u00a0: ${name}`, button: `Envoyer à ${shortName(name)}` };
  if (outcome === 'triage')
    return { heading: 'Les règles ne tranchent pas', button: 'Envoyer au pilotage, qui choisira' };
  return outcome === 'out_of_territory'
    ? { heading: 'Ce projet est hors du territoire', button: 'Enregistrer hors du territoire' }
    : { heading: 'Ce n’est pas un projet pour ce service', button: 'Enregistrer parmi les écartés' };
};

const nearModel = (near: NearEntry | null) =>
  near && {
    text: `${near.project.facts.title} (${near.project.reference})`,
    href: near.referral ? paths.referral(near.referral) : paths.projectSheet(near.project.id),
  };

/** "Check before sending": the answers, what the rules say and why, and the way to do otherwise. */
export const counterCheckPage = ({ by, entry, preview, territory, typed = {}, errors = {} }: Shown): PageModel => {
  const { decision, near } = preview;
  const fields = insteadFields(by, decision, territory);
  const isManager = by.role === 'manager';
  return {
    title: 'Relire et décider',
    back: paths.counterStep(entry.id, 'contact'),
    rows: askedAnswers(entry.answers, territory, 'fr', { atCounter: true }).map(({ step, question, answer }) => ({
      question,
      answer,
      change: { href: paths.counterStep(entry.id, pageOfStep(step as StepSlug).slug) },
    })),
    near: nearModel(near),
    proposal: proposalOf(decision, by, territory),
    decision: decisionModel(decision, territory),
    decided: decisionKey(decision),
    action: paths.counterCheck(entry.id),
    instead:
      decision.outcome === 'routed' && decision.main === by.partner
        ? null
        : {
            heading: isManager ? 'Choisir un autre partenaire' : 'Garder chez nous',
            help: isManager
              ? 'La décision des règles reste visible à côté de votre choix.'
              : `Le projet va dans la file de votre partenaire\u00a0: ${partnerInWords(by.partner ?? '', territory)}. La décision des règles reste visible à côté de votre choix.`,
            button: isManager ? 'Envoyer à ce partenaire' : 'Garder chez nous',
            action: `${paths.counterCheck(entry.id)}?choix=autre`,
            isOpen: Object.keys(errors).length > 0,
            fields: fields.map((field) => fieldModel(field, typed, errors)),
          },
    errors: errorSummary(
      errors,
      fields.map(({ name }) => name),
    ),
  };
};
