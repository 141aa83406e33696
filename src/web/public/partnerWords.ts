import type { Partner, PartnerKind } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';

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

type Named = Pick<Partner, 'name' | 'kind'>;

/** "La CCI de l’Allier", to open a sentence. */
export const asSubject = ({ name, kind }: Named): string => ARTICLES[kind].subject + frenchTypography(name);

/** "de la CCI de l’Allier" */
export const withOf = ({ name, kind }: Named): string => ARTICLES[kind].of + frenchTypography(name);
