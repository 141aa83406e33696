import type { Request, Response } from 'express';
import { getsEmails } from '../../domain/emails/saidAloud.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { BASKETS, REFERRAL_STATES } from '../../domain/referrals/lifecycle.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { paths } from '../../paths.js';
import type { LineToCall } from '../../services/counter/toCallLines.js';
import type { KeptForm } from '../../services/noteDrafts.js';
import type { ProjectEmail } from '../../services/projectEmails.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { contactModel } from '../contactModel.js';
import { decisionModel } from '../decisionModel.js';
import { projectEmailsModel } from '../emails/projectEmails.js';
import { holderSaid, titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { partnerInWords, projectInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { storyInWords } from '../storyWords.js';
import { toCallModel } from './counter/toCall.js';
import { freshModel } from './freshness.js';
import { backToQueue } from './queueReturn.js';
import { noticeOf, STATE_TONES } from './sheetNotices.js';
import { draftsModel, involvedModel, notesModel, othersModel } from './sheetSections.js';
import { type Reading, whatNext } from './whatNext.js';

const tagOf = ({ asked, state }: Referral) =>
  asked && REFERRAL_STATES[state].open
    ? { label: BASKETS['en-attente'].label, tone: 'info' }
    : { label: REFERRAL_STATES[state].label, tone: STATE_TONES[state] };

/** The texts of acts that the story may quote: those of this referral, and what an earlier partner wrote for the next one. */
const quotable = ({ referral, involved, events }: ReferralSheet): Referral[] => {
  const ids = (type: string) => new Set(events.flatMap((event) => (event.type === type ? (event.note ?? []) : [])));
  const forNext = ids('rerouted');
  // Messages have a place of their own on the sheet.
  const shared = ids('shared');
  const own = { ...referral, notes: referral.notes.filter(({ id }) => !shared.has(id)) };
  return [own, ...involved.map((one) => ({ ...one, notes: one.notes.filter(({ id }) => forNext.has(id)) }))];
};

interface SheetReading extends Reading {
  /** Where the reader was in the queue. */
  queue: string;
  done: string;
  ruleset: Ruleset | null;
  drafts: KeptForm[];
  toCall: LineToCall[];
  emails: ProjectEmail[];
}

const whatWasAsked = ({ project, partner, ...sheet }: ReferralSheet, { territory, ruleset, now }: SheetReading) => ({
  said: holderSaid(project, now),
  rows: project.answers.filter(({ step }) => step !== 'contact').map(({ question, answer }) => ({ question, answer })),
  decisionTitle:
    project.decision.main === partner.id ? 'Pourquoi ce projet vous arrive' : 'Ce que les règles avaient dit',
  decision: project.erasedAt ? null : decisionModel(project.decision, territory, { facts: project.facts, ruleset }),
  timeline: storyInWords(sheet.events, {
    people: sheet.people,
    territory,
    held: quotable({ ...sheet, project, partner }),
    project,
    readerOf: partner.id,
    now,
  }),
});

const sheetPage = (sheet: ReferralSheet, reading: SheetReading): PageModel => {
  const { referral, project, partner } = sheet;
  const { territory, reader, now, drafts } = reading;
  return {
    title: titleOf(project),
    scripts: ['queue', 'drafts'],
    back: may(reader, 'seeQueue') ? reading.queue : paths.projectSheet(project.id),
    partner: partnerInWords(partner.id, territory),
    reference: project.reference,
    tag: tagOf(referral),
    ...projectInWords(project.facts, territory),
    notice: noticeOf(reading.done, project),
    fresh: freshModel(now, referral.changedAt, referral.id),
    next: whatNext(sheet, reading),
    drafts: draftsModel(drafts, sheet, now),
    toCall: reading.toCall.map(toCallModel),
    contact: contactModel(project),
    ...whatWasAsked(sheet, reading),
    emails: projectEmailsModel(reading.emails, reading),
    notes: notesModel(sheet, reading, drafts),
    involved: involvedModel(sheet, reading),
    others: othersModel(sheet, now),
  };
};

/** What a person whom no e-mail reaches is still to be told, by who may act. */
const linesToCall = async (
  { toCallOfProject }: Pick<Services, 'toCallOfProject'>,
  { project, referral }: ReferralSheet,
  reader: Account,
): Promise<LineToCall[]> =>
  getsEmails(project) || project.erasedAt || !may(reader, 'actOnReferral', referral.partner)
    ? []
    : toCallOfProject(reader, project.id);

/** All that an advisor needs to call a project holder, and the act that comes next. */
export const sheetScreen = (services: Services) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const sheet = await services.readReferral(reader, String(req.params['id']));
    const ruleset = await services.rulesThatDecided(sheet.project.decision);
    const drafts = await services.readNoteDrafts(reader, sheet.referral.id);
    const toCall = await linesToCall(services, sheet, reader);
    const emails = await services.readProjectEmails(reader, sheet.project.id);
    const done = String(req.query['fait'] ?? '');
    const seen = { reader, now: services.clock(), territory: services.territory, queue: backToQueue(req) };
    const reading = { ...seen, ruleset, drafts, toCall, emails, done };
    await renderPage(res, 'advisor/sheet', sheetPage(sheet, reading));
  },
});
