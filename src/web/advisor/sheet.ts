import type { Request, Response } from 'express';
import { may } from '../../domain/referrals/access.js';
import { REFERRAL_STATES, type ReferralState } from '../../domain/referrals/lifecycle.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { contactModel } from '../contactModel.js';
import { decisionModel } from '../decisionModel.js';
import { holderSaid, titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { partnerInWords, projectInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { storyInWords } from '../storyWords.js';
import { type Reading, whatNext } from './whatNext.js';

const TONES: Record<ReferralState, string> = {
  withdrawn: 'neutral',
  rerouted: 'neutral',
  expired: 'late',
  informed: 'info',
  waiting: 'soon',
  taken: 'now',
  helped: 'done',
  no_solution: 'neutral',
  unreachable: 'neutral',
  declined: 'neutral',
};

/** What has just been done, by the code that the address holds. */
const DONE = new Map([
  ['prise-en-charge', 'Vous avez pris ce projet en charge. La personne en est informée par e-mail.'],
  ['refus', 'Vous avez refusé ce projet. Une personne choisit un autre partenaire.'],
  ['cloture', 'Vous avez clôturé ce projet. La personne reçoit votre message par e-mail.'],
]);

const sheetPage = (sheet: ReferralSheet, reading: Reading & { done: string; ruleset: Ruleset | null }): PageModel => {
  const { referral, project, partner } = sheet;
  const { territory, ruleset } = reading;
  const isAsDecided = project.decision.main === partner.id;
  return {
    title: titleOf(project),
    back: may(reading.reader, 'seeQueue') ? paths.queue() : paths.projectSheet(project.id),
    partner: partnerInWords(partner.id, territory),
    reference: project.reference,
    tag: { label: REFERRAL_STATES[referral.state].label, tone: TONES[referral.state] },
    ...projectInWords(project.facts, territory),
    notice: DONE.get(reading.done) ?? null,
    next: whatNext(sheet, reading),
    contact: contactModel(project),
    said: holderSaid(project),
    rows: project.answers
      .filter(({ step }) => step !== 'contact')
      .map(({ question, answer }) => ({ question, answer })),
    decisionTitle: isAsDecided ? 'Pourquoi ce projet vous arrive' : 'Ce que les règles avaient dit',
    decision: project.erasedAt ? null : decisionModel(project.decision, territory, { facts: project.facts, ruleset }),
    timeline: storyInWords(sheet.events, { people: sheet.people, territory, held: [referral], project }),
  };
};

/** All that an advisor needs to call a project holder, and the act that comes next. */
export const sheetScreen = ({
  clock,
  readReferral,
  rulesThatDecided,
  territory,
}: Pick<Services, 'clock' | 'readReferral' | 'rulesThatDecided' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const sheet = await readReferral(reader, String(req.params['id']));
    const ruleset = await rulesThatDecided(sheet.project.decision);
    const reading = { reader, now: clock(), territory, ruleset, done: String(req.query['fait'] ?? '') };
    await renderPage(res, 'advisor/sheet', sheetPage(sheet, reading));
  },
});
