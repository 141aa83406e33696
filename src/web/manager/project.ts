import type { Request, Response } from 'express';
import { canSend } from '../../domain/referrals/projectState.js';
import type { Project } from '../../domain/referrals/referral.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { ProjectEmail } from '../../services/projectEmails.js';
import type { ProjectSheet } from '../../services/triage.js';
import type { Services } from '../../services.js';
import { contactModel } from '../contactModel.js';
import { decisionModel } from '../decisionModel.js';
import { projectEmailsModel, TO_EMAILS } from '../emails/projectEmails.js';
import { arrivalInWords, flagModel } from '../flagModel.js';
import { holderSaid, titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { partnerInWords, projectInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { storyInWords } from '../storyWords.js';
import { STATES } from './projectStates.js';
import { sendForm } from './sendTo.js';
import { whatHappened } from './triage.js';

const DONE = new Map([
  ['envoi', { title: 'Projet envoyé. Le partenaire et la personne en sont prévenus.' }],
  ['renvoi', { title: 'C’est noté : le message part à nouveau.', linkTo: TO_EMAILS }],
  ['efface', { title: 'Données effacées. La personne en reçoit la confirmation si elle a une adresse.' }],
  ['cloture', { title: 'Projet clos sans partenaire. La personne reçoit votre message.' }],
]);

/** The words of a closing in triage, where the story looks for what its events point to. */
const withClosing = (project: Project): Project => {
  const { messages, closing } = project;
  return closing
    ? { ...project, messages: [...messages, { id: closing.id, at: closing.at, text: closing.words }] }
    : project;
};

const whereItIs = ({ project, referrals, people }: ProjectSheet, territory: Territory): string => {
  const latest = referrals.at(-1);
  if (canSend(project) || !latest) return 'Ce projet n’est chez aucun partenaire.';
  const who = people.get(latest.takenBy ?? latest.assignee ?? '')?.name;
  const partner = partnerInWords(latest.partner, territory);
  return who ? `Chez ${partner}, avec ${who}.` : `Chez ${partner}.`;
};

const projectPage = (
  sheet: ProjectSheet,
  territory: Territory,
  { done, ruleset, emails, now }: { done: string; ruleset: Ruleset | null; emails: ProjectEmail[]; now: Date },
): PageModel => {
  const { project, referrals, events, people } = sheet;
  const { label, tone } = STATES[project.state];
  const latest = referrals.at(-1);
  const isWaiting = canSend(project) && project.erasedAt === null;
  return {
    title: titleOf(project),
    back: paths.triage(),
    reference: project.reference,
    tag: { label, tone },
    flags: flagModel(project),
    arrival: arrivalInWords(project, sheet.channels),
    ...projectInWords(project.facts, territory),
    notice: DONE.get(done) ?? null,
    where: whereItIs(sheet, territory),
    before: isWaiting ? referrals.flatMap((referral) => whatHappened(referral, territory) ?? []).reverse() : [],
    send: isWaiting ? sendForm(sheet, territory) : null,
    close: isWaiting && project.state !== 'closed' ? paths.closeProject(project.id) : null,
    referral: latest ? paths.referral(latest.id) : null,
    contact: contactModel(project),
    request: project.erasedAt ? null : { data: paths.projectData(project.id), erase: paths.eraseFor(project.id) },
    said: holderSaid(project, now),
    rows: project.answers
      .filter(({ step }) => step !== 'contact')
      .map(({ question, answer }) => ({ question, answer })),
    decision: project.erasedAt ? null : decisionModel(project.decision, territory, { facts: project.facts, ruleset }),
    timeline: storyInWords(events, {
      people,
      territory,
      held: referrals,
      project: { ...withClosing(project), override: project.override },
      readerOf: 'all',
      now,
    }),
    emails: projectEmailsModel(emails, { territory, now }),
  };
};

/** A project as a manager sees it: what was answered, what was decided and why, what happened since. */
export const projectScreen = (
  services: Pick<Services, 'clock' | 'readProject' | 'readProjectEmails' | 'rulesThatDecided' | 'territory'>,
) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const sheet = await services.readProject(reader, String(req.params['id']));
    const ruleset = await services.rulesThatDecided(sheet.project.decision);
    const emails = await services.readProjectEmails(reader, sheet.project.id);
    const said = { done: String(req.query['fait'] ?? ''), ruleset, emails, now: services.clock() };
    await renderPage(res, 'manager/project', projectPage(sheet, services.territory, said));
  },
});
