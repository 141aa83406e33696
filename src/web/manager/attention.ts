import type { Request, Response } from 'express';
import { dateInWords, dueInWords, timeInWords } from '../../domain/calendar/words.js';
import type { Account } from '../../domain/referrals/access.js';
import type { AttentionId, AttentionSection, Finding } from '../../domain/statistics/attention.js';
import type { Need } from '../../domain/territory/needs.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Attention } from '../../services/statistics/readAttention.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { needInWords, partnerInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';

interface Link {
  label: string;
  href: string;
}
interface Directory extends Attention {
  territory: Territory;
}

const withQuery = (path: string, query: Record<string, string>): string => `${path}?${new URLSearchParams(query)}`;

const writeTo = ({ name, email }: Account, subject: string): Link => ({
  label: `Écrire à ${name}`,
  href: `mailto:${email}?subject=${encodeURIComponent(subject)}`,
});

const openProjects = (filters: Record<string, string>): Link => ({
  label: 'Voir les projets ouverts',
  href: withQuery(paths.behindFigure('backlog'), filters),
});

const partnerOf = ({ about }: Finding, { people }: Directory): string => people.get(about)?.partner ?? about;

/** Who answers for the partner, or its open projects when nobody does. */
const askLead = (finding: Finding, directory: Directory, subject: string): Link[] => {
  const partner = partnerOf(finding, directory);
  const lead = directory.leads.get(partner);
  return [...(lead ? [writeTo(lead, subject)] : []), openProjects({ partenaire: partner })];
};

/** Where to act on a finding: the first link is the act, the others show more. */
const LINKS: Record<AttentionId, (finding: Finding, directory: Directory) => Link[]> = {
  late: (finding, directory) => askLead(finding, directory, 'Projets en retard'),
  soonLate: (finding, directory) => askLead(finding, directory, 'Projets à prendre avant leur date'),
  overloaded: (finding, directory) => askLead(finding, directory, 'Répartir des projets'),
  nobody: ({ about }, { admin, territory }) => [
    ...(admin ? [writeTo(admin, `Ouvrir un compte pour ${partnerInWords(about, territory)}`)] : []),
    openProjects({ partenaire: about }),
  ],
  refused: ({ about, projects: [first] }) =>
    first && about === ''
      ? [{ label: 'Corriger l’adresse et renvoyer', href: paths.projectSheet(first.project) }]
      : [{ label: 'Voir l’adresse et la cause', href: paths.operations() }],
  needs: ({ about }) => [
    openProjects({ besoin: about }),
    { label: 'Choisir un partenaire', href: paths.triage() },
    { label: 'Voir les chiffres du besoin', href: withQuery(paths.figures(), { besoin: about }) },
  ],
  slower: (finding, directory) => [
    { label: 'Voir ses chiffres', href: withQuery(paths.figures(), { partenaire: finding.about }) },
    ...askLead(finding, directory, 'Délai de prise en charge').slice(0, 1),
  ],
  rules: ({ about }) => [
    { label: 'Essayer un changement', href: paths.rulesEdit(about) },
    { label: 'Voir la qualité des règles', href: paths.rulesQuality() },
  ],
  silent: ({ about }) => [
    { label: 'Préparer un lien d’entrée', href: paths.channels() },
    { label: 'Voir ses chiffres', href: withQuery(paths.figures(), { territoire: about }) },
  ],
};

const TITLES: Partial<Record<AttentionId, (finding: Finding, directory: Directory) => string>> = {
  needs: ({ about }) => needInWords(about as Need),
  rules: ({ about }, { ruleset }) => ruleset.rules.find(({ id }) => id === about)?.label ?? about,
  silent: ({ about }, { territory }) => territory.epci(about)?.name ?? about,
  overloaded: ({ about }, { people, territory }) => {
    const person = people.get(about);
    return person ? `${person.name}, ${partnerInWords(person.partner ?? '', territory)}` : about;
  },
  refused: ({ about }, { people }) => (about === '' ? 'Des porteurs de projet' : (people.get(about)?.name ?? about)),
};

const titleOf = (finding: Finding, directory: Directory): string =>
  frenchTypography(TITLES[finding.kind]?.(finding, directory) ?? partnerInWords(finding.about, directory.territory));

const findingModel = (finding: Finding, directory: Directory) => {
  const [act, ...more] = LINKS[finding.kind](finding, directory);
  return {
    title: titleOf(finding, directory),
    why: frenchTypography(finding.why),
    since: frenchTypography(finding.since),
    projects: finding.projects.map(({ project, reference, title, due }) => ({
      href: paths.projectSheet(project),
      label: title ? `${title} (${reference})` : reference,
      due: due && dueInWords(due, directory.asOf),
    })),
    act,
    more,
  };
};

const sectionModel = ({ id, title, sentence, findings }: AttentionSection, directory: Directory) => ({
  id,
  title,
  sentence: frenchTypography(sentence),
  count: findings.length,
  findings: findings.map((finding) => findingModel(finding, directory)),
});

const momentOf = (at: Date): string => `${dateInWords(at)} à ${timeInWords(at)}`;

const attentionPage = (directory: Directory): PageModel => ({
  title: 'À surveiller',
  asOf: momentOf(directory.asOf),
  countedAt: momentOf(directory.countedAt),
  sections: directory.sections.map((section) => sectionModel(section, directory)),
});

/** What to act on now, heaviest first, each with its figures and the page or the person to turn to. */
export const attentionScreen = ({ readAttention, territory }: Pick<Services, 'readAttention' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const attention = await readAttention(accountOf(req.account));
    await renderPage(res, 'manager/attention', attentionPage({ ...attention, territory }));
  },
});
