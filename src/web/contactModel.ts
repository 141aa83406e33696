import type { CallTime } from '../domain/questionnaire/answers.js';
import type { Project } from '../domain/referrals/referral.js';

const TIMES: Record<CallTime, string> = {
  morning: 'le matin, de 9 h à 12 h',
  midday: 'à midi, de 12 h à 14 h',
  afternoon: 'l’après-midi, de 14 h à 18 h',
};

/** Numbers of France are kept as they are said ("06 12 34 56 78"), those from elsewhere with their +. */
const phoneHref = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  return phone.startsWith('+') ? `tel:+${digits}` : `tel:+33${digits.replace(/^0/, '')}`;
};

const mailHref = (address: string, subject: string): string =>
  `mailto:${encodeURIComponent(address)}?subject=${encodeURIComponent(subject)}`;

/** Only what a browser opens as a page: nothing else becomes a link. */
const asWebPage = (link: string | null): string | null => (link && /^https?:\/\//i.test(link) ? link : null);

const whatIfRefused = ({ phone }: Project['contact']): string =>
  phone
    ? 'Nos messages n’arrivent pas. Appelez la personne : elle peut corriger son adresse sur sa page de suivi.'
    : 'Nos messages n’arrivent pas, et il n’y a pas de numéro. La personne le voit quand elle ouvre sa page de suivi.';

/** How to reach the holder: ready for views/components/contact.ejs. Null once it is erased. */
export const contactModel = ({
  contact,
  organisation,
  facts,
  reference,
  siret,
  link,
  language,
  erasedAt,
  mailRefused,
}: Project) =>
  erasedAt
    ? null
    : {
        name: contact.name,
        organisation,
        siret,
        phone: contact.phone,
        phoneHref: contact.phone && phoneHref(contact.phone),
        email: contact.email,
        emailHref: contact.email && mailHref(contact.email, `Votre projet «\u00a0${facts.title}\u00a0» (${reference})`),
        refused: mailRefused && contact.email ? whatIfRefused(contact) : null,
        when: contact.when.length > 0 ? `À joindre ${contact.when.map((time) => TIMES[time]).join(', ou ')}.` : null,
        language: language === 'en' ? 'Cette personne a répondu en anglais.' : null,
        webPage: asWebPage(link),
      };
