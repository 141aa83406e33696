import { wordMatcher, wordsOf } from './wordMatcher.js';

/** One group of signs: its weight counts once, however many of its words are there. */
interface Signs {
  /** What these words betray, for whoever reads this table. */
  sign: string;
  weight: number;
  words: string;
  /** Read the sector alone instead of title, summary and sector. */
  sectorOnly?: true;
}

/**
 * The lexicons of the only two facts that read what people write freely (decision 7). They serve only when no need is
 * chosen. A message is set aside from FROM points on. No single group is enough except those weighing FROM; words that
 * tell of a project of one's own take points away, because rejecting an honest project costs more than reading an
 * advertisement: in doubt, a person reads it in triage.
 */
const FROM = 3;

const SOLICITATION: Signs[] = [
  {
    sign: 'the sender says it: this is canvassing',
    weight: FROM,
    sectorOnly: true,
    words:
      'demarchage*, prospection commerciale, publicite non sollicitee, spam, telemarketing, telephonie commerciale',
  },
  {
    sign: 'the trade of selling',
    weight: 1,
    sectorOnly: true,
    words: 'prospection, publicite*, seo, referencement*, marketing, promotion, trading',
  },
  {
    sign: 'goods that are often pushed',
    weight: 1,
    words: `
      crypto*, isolation, panneau* solaire*, panneau* photovoltaique*, pompe a chaleur, borne* de recharge,
      mutuelle, toner, cartouche* d encre, cpf, crm, standard telephonique, caisse enregistreuse, audit
      energetique, defibrillateur*, leads`,
  },
  {
    sign: 'speaks to the reader as to a customer',
    weight: 1,
    words: `
      votre site, votre entreprise, votre societe, votre etablissement, votre activite, votre chiffre d
      affaires, vos clients, vos ventes, vos prospects, votre visibilite, votre image, votre referencement,
      votre facture, vos factures, vos locaux, vos salaries, vos collaborateurs, votre equipe, votre page, vos
      reseaux, vos bureaux, votre parking, votre mutuelle, votre bien, dear sir, dear madam, dear business
      owner, vos donnees, your website, your business, your site, your company, your customers, your sales`,
  },
  {
    sign: 'offers a service',
    weight: 1,
    words: `
      nous vous proposons, nous vous offrons, je vous propose, nous proposons a nos clients, notre offre, nos
      offres, nos services, notre agence, nos tarifs, notre catalogue, notre solution, notre logiciel vous, nos
      experts, nos commerciaux, nos conseillers, nos techniciens, gagnez, comparez, investissez, nous sommes
      specialis*, nous sommes leader*, nous installons, nous vendons des, we are a leading, we are specialized,
      manufacturer from, notre equipe d experts, vous beneficiez, beneficiez de, profitez, decouvrez, augmentez,
      boostez, doublez, nous garantissons, vous accompagnons dans votre, we offer, we provide, our services, our
      agency, boost, increase your`,
  },
  {
    sign: 'price or promise',
    weight: 1,
    words: `
      euros par mois, par mois, gratuit*, sans engagement, garanti*, nous garantissons, prix casse*, remise,
      reduction, promotion, offre speciale, offre limitee, offre exceptionnelle, offre avant, rendement*,
      satisfait ou rembourse, devis gratuit, audit gratuit, essai gratuit, premiere page, meilleurs prix,
      meilleur prix, best price, pas cher, moins cher, moins chere, a 1 euro, livraison offerte, tarif*
      degressif*, demonstration gratuite, free trial, guaranteed, cheap, discount, first page`,
  },
  {
    sign: 'calls to act at once',
    weight: 1,
    words: `
      repondez, cliquez, appelez nous, appelez maintenant, appelez vite, commandez, demandez un, souscrivez,
      contactez nous, inscrivez vous, avant ce soir, des aujourd hui, activer l offre, reservez, demandez votre,
      rendez vous sur notre, click here, contact us, reply, order now, offre avant`,
  },
  {
    sign: 'known swindles',
    weight: FROM,
    words: `
      pret entre particulier, offre de pret, credit rapide, gagnez de l argent, argent facile, casino, paris en
      ligne, viagra, investissement garanti, rendement garanti, vente de backlinks, backlink, guest post, seo
      services, achat de followers, visiteurs garantis, article sponsorise, lien sponsorise, fichier d adresses,
      fichier d entreprises, fichier de prospects, fichier qualifie, base de donnees d e mails, base de donnees
      d emails`,
  },
];

const JOB_SEARCH: Signs[] = [
  {
    sign: 'the sender names the search',
    weight: FROM,
    sectorOnly: true,
    words: `
      recherche d emploi, recherche emploi, recherche d un emploi, demande d emploi, candidature, candidature
      spontanee, recherche de stage, recherche d alternance`,
  },
  {
    sign: 'asks for a job in the first person',
    weight: 2,
    words: `
      je recherche un poste, je cherche un poste, je recherche un emploi, je cherche un emploi, je recherche du
      travail, je cherche du travail, je recherche un travail, je cherche un travail, je recherche un stage, je
      cherche un stage, je recherche une alternance, je cherche une alternance, je recherche un contrat, je
      cherche un contrat d apprentissage, je recherche un job, je cherche un job, je recherche une place, a la
      recherche d un emploi, a la recherche d un poste, a la recherche d un stage, a la recherche d un travail,
      a la recherche d une alternance, a la recherche d un cdi, a la recherche d un cdd, a la recherche d un
      contrat, je recherche un cdi, je cherche un cdi, cherche travail, recherche travail, cherche emploi,
      recherche emploi, une entreprise pour mon alternance, une entreprise pour mon stage, une entreprise d
      accueil pour, avez vous du travail, je postule, poste a pourvoir, avez vous un poste, avez vous un emploi,
      recrutez vous, embauchez vous, i am looking for a job, looking for an internship`,
  },
  {
    sign: 'the papers of an applicant',
    weight: 2,
    words:
      'mon cv, mon curriculum vitae, ma lettre de motivation, candidature spontanee, ma candidature, demande de stage, demande d emploi, demande d alternance, my resume, my cv',
  },
  {
    sign: 'the words of an applicant',
    weight: 1,
    words: `
      titulaire d un, titulaire du, dynamique et motive*, motive*, disponible immediatement, disponible de
      suite, disponible des, experience de * ans, ans d experience, cdi, cdd, interim, temps plein, mi temps,
      candidature, embauche*, emploi, poste de, assistante administrative, permis b, stage, alternance,
      apprentissage, contrat d apprentissage, cv, jeune homme serieux, jeune femme serieuse`,
  },
];

/** Someone with a project of their own, even clumsily told. */
const OWN_PROJECT = `
  mon projet, notre projet, mon idee, une idee, j ai une idee, je cree, nous creons, creer mon, creer ma, creer
  une, creer un, creation de mon, je lance, nous lancons, lancer mon, lancer ma, lancer une, j ouvre, nous
  ouvrons, ouvrir un, ouvrir une, ouvrir mon, je reprends, reprendre un, reprendre une, je veux creer, je
  souhaite creer, je voudrais creer, m installer, me lancer, mettre a mon compte, mon entreprise, a reprendre,
  un associe, ma societe, mon atelier, notre atelier, mon commerce, ma boutique, notre usine, notre association,
  nos salaries, nos adherents, nous developpons, notre application, notre plateforme, notre plate forme, notre
  logiciel aide, nous fabriquons, nous produisons, nous recrutons, nous voulons, nous voudrions, nous cherchons,
  agrandir, je fabrique, je produis, je developpe, porteur de projet, projet de, start up, startup, my project,
  our project, start a business`;

type Lexicon = (Signs & { matches: (words: string[]) => boolean })[];

const lexicon = (signs: Signs[]): Lexicon => signs.map((row) => ({ ...row, matches: wordMatcher(row.words) }));
const solicitation = lexicon(SOLICITATION);
const jobSearch = lexicon(JOB_SEARCH);
const ownProject = wordMatcher(OWN_PROJECT);

/** What the two lexicons read of a project. */
export interface FreeText {
  title: string;
  summary: string;
  sector: string | null;
}

/**
 * Is this an advertisement, or a message sent to sell us something? Is this someone looking for a job, not someone with a
 * project? Total; reads no more than the first 5 000 characters of each text.
 */
export function readFreeText({ title, summary, sector }: FreeText): {
  looksLikeSolicitation: boolean;
  looksLikeJobSearch: boolean;
} {
  const sectorWords = wordsOf((sector ?? '').slice(0, LONGEST));
  const message = wordsOf(`${title.slice(0, LONGEST)} ; ${summary.slice(0, LONGEST)}`);
  const all = [...message, '', ...sectorWords];
  const less = ownProject(message) ? 2 : 0;
  const isFrom = (rows: Lexicon): boolean => {
    let points = -less;
    for (const row of rows) if (row.matches(row.sectorOnly ? sectorWords : all)) points += row.weight;
    return points >= FROM;
  };
  return { looksLikeSolicitation: isFrom(solicitation), looksLikeJobSearch: isFrom(jobSearch) };
}

/** A message is read up to here: a longer one brings no new sign, and would only slow the reading. */
const LONGEST = 5000;
