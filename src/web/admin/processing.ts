import type { Request, Response } from 'express';
import { dateInWords } from '../../domain/calendar/words.js';
import { ACTIVITIES, type Activity, LAWFUL_BASES, SECURITY_MEASURES } from '../../domain/privacy/activities.js';
import { keepsInWords } from '../../domain/privacy/keeps.js';
import { DATA_CLASSES, type DataClass, retentionOf } from '../../domain/privacy/retention.js';
import { paths } from '../../paths.js';
import type { Processing } from '../../services/privacy/readProcessing.js';
import type { Services } from '../../services.js';
import { whenInWords } from '../emails/emailWords.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';

const AFTERWARDS = {
  delete: 'Tout est supprimé.',
  erase: 'Ce qui désigne une personne est effacé ; les codes restent pour les chiffres.',
  keep: 'Rien ne part.',
};
const BY = {
  purge: 'L’effacement de la nuit',
  'store and purge': 'La base elle-même, puis l’effacement de la nuit',
  redis: 'La mémoire des compteurs elle-même (Redis)',
  host: 'L’hébergeur du service',
  nobody: 'Personne',
};

const lasts = (name: DataClass): string => {
  const { keeps, from } = retentionOf(name);
  return keeps === 'ever' ? 'Tant que le service existe' : `${keepsInWords(keeps)} après ${from}`;
};

/** One activity of the register with the classes of data that it keeps. */
const activityModel = (name: Activity) => {
  const { title, purpose, basis, persons, recipients } = ACTIVITIES[name];
  const rows = DATA_CLASSES.filter((one) => retentionOf(one).activity === name).map((one) => {
    const { data, afterwards, by } = retentionOf(one);
    return [data, lasts(one), AFTERWARDS[afterwards], BY[by]];
  });
  const about = [
    { question: 'À quoi elles servent', answer: purpose },
    { question: 'Base légale', answer: LAWFUL_BASES[basis] },
    { question: 'Personnes concernées', answer: persons },
    { question: 'Qui les reçoit', answer: recipients },
    { question: 'Transferts hors de l’Union européenne', answer: 'Aucun par le service lui-même.' },
  ];
  return { title, about, rows };
};

const processingPage = ({ controller, contact, host, proofs }: Processing, now: Date): PageModel => ({
  title: 'Registre des traitements',
  asOf: dateInWords(now),
  controller,
  contact,
  host,
  publicSite: paths.publicSite(),
  privacy: paths.privacy(),
  activities: (Object.keys(ACTIVITIES) as Activity[]).map(activityModel),
  measures: SECURITY_MEASURES,
  proofs: proofs.map(({ class: name, at, until, count }) => [
    whenInWords(at, now),
    retentionOf(name).data,
    String(count),
    dateInWords(until),
  ]),
});

/** The register of processing (GDPR, article 30), made of the table that the purge reads, and what was erased last. */
export const processingScreen = ({ clock, readProcessing }: Pick<Services, 'clock' | 'readProcessing'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const processing = await readProcessing(accountOf(req.account));
    await renderPage(res, 'admin/processing', processingPage(processing, clock()));
  },
});
