import type { RequestHandler } from 'express';
import type { PartnerKind } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';

const KINDS: Partial<Record<PartnerKind, string>> = {
  cci: 'Chambres de commerce et d’industrie',
  metropole: 'Métropole',
  university: 'Université',
  'territoire-industrie': 'Territoires d’industrie',
};

/** Who answers, by kind: the desks, which may be sent a project. */
const desksOf = (territory: Services['territory']) =>
  Object.entries(KINDS).map(([kind, title]) => ({
    title,
    names: territory.partners
      .filter((partner) => partner.role === 'desk' && partner.kind === kind)
      .map((partner) => frenchTypography(partner.name)),
  }));

/** What this is, for whom, what happens next, how long it takes, and one button. */
export const showHome = ({ territory }: Pick<Services, 'territory'>): RequestHandler => {
  const desks = desksOf(territory);
  return (req, res) =>
    renderPage(res, 'public/home', { title: 'Parlez-nous de votre projet', start: paths.start(req.channel), desks });
};
