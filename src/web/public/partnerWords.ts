import type { Language } from '../../domain/territory/language.js';
import type { Partner, PartnerKind } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';

/** A partner in the middle of a sentence: "La CCI … s’en occupe", "entre les mains de la CCI …". */
interface Article {
  subject: string;
  of: string;
}

const ARTICLES: Record<PartnerKind, Article> = {
  cci: { subject: 'La ', of: 'de la ' },
  metropole: { subject: '', of: 'de ' },
  university: { subject: 'L’', of: 'de l’' },
  'territoire-industrie': { subject: 'Le ', of: 'du ' },
  other: { subject: '', of: 'de ' },
};

/** Names stay French; in English, only those that need an article get one. */
const ENGLISH: Record<PartnerKind, string> = {
  cci: 'the ',
  metropole: '',
  university: '',
  'territoire-industrie': 'the ',
  other: '',
};

type Named = Pick<Partner, 'name' | 'kind'>;

/** "La CCI du Cher", "The CCI du Cher", to open a sentence. */
export const asSubject = ({ name, kind }: Named, language: Language = 'fr'): string =>
  (language === 'fr' ? ARTICLES[kind].subject : capital(ENGLISH[kind])) + frenchTypography(name);

/** "de la CCI du Cher", "of the CCI du Cher" */
export const withOf = ({ name, kind }: Named, language: Language = 'fr'): string =>
  (language === 'fr' ? ARTICLES[kind].of : `of ${ENGLISH[kind]}`) + frenchTypography(name);
