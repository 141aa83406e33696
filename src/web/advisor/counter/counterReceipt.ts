import type { Request, Response } from 'express';
import QRCode from 'qrcode';
import { dateInWords, momentInWords, timeInWords } from '../../../domain/calendar/words.js';
import { CONSENT_WAYS } from '../../../domain/referrals/referral.js';
import { whatToPrepare } from '../../../domain/referrals/whatToPrepare.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { frenchTypography } from '../../../domain/territory/typography.js';
import { paths } from '../../../paths.js';
import type { CounterReceipt } from '../../../services/counter/readReceipt.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { partnerInWords } from '../../projectWords.js';
import { type PageModel, renderPage } from '../../renderPage.js';

type Uses = Pick<Services, 'readReceipt' | 'linkForReceipt' | 'territory'>;

/** Where the project is and who calls by when, for the person who takes the sheet home. */
const answerOf = ({ project, referral }: CounterReceipt, territory: Territory) => {
  const verb = project.contact.phone ? 'appelle' : 'écrit';
  if (referral)
    return {
      heading: `Votre projet est entre les mains de notre partenaire\u00a0: ${partnerInWords(referral.partner, territory)}.`,
      text: `Une personne vous ${verb} avant ${momentInWords(referral.callBy)}.`,
    };
  if (project.state === 'triage')
    return {
      heading: 'Votre projet est bien enregistré.',
      text: `Une personne choisit le partenaire le plus utile, puis on vous ${verb}.`,
    };
  return { heading: 'Votre demande est bien enregistrée.', text: frenchTypography(project.decision.reasons[0] ?? '') };
};

const followUpOf = ({ project }: CounterReceipt): string =>
  project.contact.email
    ? 'Vous recevez aussi un e-mail à chaque étape. Gardez cette feuille\u00a0: sa référence suffit pour parler de votre projet.'
    : 'Nous vous appelons à chaque étape. Gardez cette feuille\u00a0: sa référence suffit pour parler de votre projet.';

/** Black on white whatever the colours of the page: cameras need the contrast. */
const qrCode = (address: string): Promise<string> =>
  QRCode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });

/** The sheet of paper that the person takes home. */
export const counterReceiptScreen = ({ readReceipt, linkForReceipt, territory }: Uses) => {
  const pageOf = (receipt: CounterReceipt, link: string | null): PageModel => {
    const { project, referral } = receipt;
    const { consent, contact, facts } = project;
    return {
      title: `Récépissé ${project.reference}`,
      reference: project.reference,
      project: facts.title,
      name: contact.name,
      date: dateInWords(project.submittedAt),
      answer: answerOf(receipt, territory),
      prepare: referral ? whatToPrepare(facts) : [],
      follow: followUpOf(receipt),
      link,
      consent: `${CONSENT_WAYS[consent.how]} le ${dateInWords(consent.at)} à ${timeInWords(consent.at)}`,
      isSigned: consent.how === 'signed',
      action: paths.counterReceipt(project.id),
      again: paths.counter(),
    };
  };
  const show = async (req: Request, res: Response, isLinkAsked: boolean): Promise<void> => {
    const by = accountOf(req.account);
    const id = String(req.params['id']);
    const receipt = await readReceipt(by, id);
    const link = isLinkAsked || receipt.project.contact.email ? await linkForReceipt(by, id) : null;
    await renderPage(res, 'advisor/counterReceipt', {
      ...pageOf(receipt, link),
      code: link && (await qrCode(link)),
      notice: req.query['fait'] === 'envoi' ? 'Le projet est enregistré.' : null,
    });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => show(req, res, false),
    /** The person wants the address of the follow-up page, without having an e-mail. */
    submit: (req: Request, res: Response): Promise<void> => show(req, res, true),
  };
};
