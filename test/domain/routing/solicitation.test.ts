import { type FreeText, readFreeText } from '../../../src/domain/routing/solicitation.js';

const looksLikeSolicitation = (text: FreeText) => readFreeText(text).looksLikeSolicitation;
const looksLikeJobSearch = (text: FreeText) => readFreeText(text).looksLikeJobSearch;

const solicitations: [string, string, string | null][] = [
  [
    'Référencement garanti',
    'Bonjour, votre site n’apparaît pas en première page. Nous garantissons 500 visites par jour pour 99 euros par mois. Répondez OUI pour activer l’offre avant ce soir.',
    'démarchage',
  ],
  [
    'Panneaux solaires',
    'Profitez de panneaux gratuits pour votre entreprise, sans engagement. Appelez-nous dès aujourd’hui.',
    null,
  ],
  ['Baissez vos factures', 'Nos experts réduisent vos factures d’énergie. Audit gratuit, contactez-nous.', 'énergie'],
  ['SEO services', 'We can boost your website to the first page, guaranteed results.', 'marketing'],
  ['Prêt entre particuliers', 'Offre de prêt rapide entre particuliers de 5 000 à 500 000 euros.', 'finance'],
  [
    'Fichier de prospects',
    'Nous vous proposons un fichier d’adresses de 20 000 entreprises du Puy-de-Dôme à 190 euros.',
    null,
  ],
  ['Notre agence web', 'Nous vous proposons la refonte de votre site à partir de 49 euros par mois.', 'publicité'],
  [
    'Formation CPF',
    'Formez vos salariés : nos offres sont prises en charge à 100 %. Cliquez ici pour un devis gratuit.',
    null,
  ],
  [
    'Isolation à 1 euro',
    'Nous sommes spécialisés dans la rénovation énergétique. Isolation à 1 euro, appelez vite.',
    'démarchage',
  ],
  ['CRM', 'Gagnez du temps avec notre CRM. Essai gratuit 30 jours, sans carte bancaire.', 'logiciel'],
  [
    'Boostez vos ventes',
    'Boostez vos ventes avec l’intelligence artificielle : réservez une démonstration gratuite.',
    null,
  ],
  ['Cryptomonnaies', 'Investissez dans les cryptomonnaies, rendement de 12 % garanti par mois.', 'finance'],
  [
    'Offre de nettoyage',
    'Notre société de nettoyage intervient dans vos bureaux. Demandez un devis gratuit.',
    'nettoyage',
  ],
  [
    'Article',
    'Seriez-vous intéressé par un article sponsorisé avec un lien vers notre client ? Tarif 80 euros.',
    'référencement',
  ],
  [
    'Hello',
    'Dear sir, we are a leading manufacturer from Shenzhen, best price, please contact us for catalog.',
    'trading',
  ],
];

const jobSearches: [string, string, string | null][] = [
  [
    'Candidature spontanée',
    'Bonjour, je suis titulaire d’un BTS et je recherche un poste d’assistante administrative à Clermont ou alentours. Mon CV est à votre disposition.',
    'recherche d’emploi',
  ],
  [
    'Demande de stage',
    'Étudiant en troisième année, je cherche un stage de deux mois à Vichy. Vous trouverez mon CV ci-joint.',
    null,
  ],
  ['Emploi', 'Je cherche un emploi de cariste, disponible immédiatement.', 'logistique'],
  ['Alternance', 'Je recherche une alternance en BUT GEA. Ma candidature est jointe.', ''],
  [
    'Bonjour',
    'Recrutez-vous en ce moment ? J’ai dix ans d’expérience et je suis motivée, voici ma lettre de motivation.',
    null,
  ],
  ['Stage', 'Je suis en troisième et je cherche un stage d’observation d’une semaine.', ''],
  [
    'Recherche CDI',
    'Comptable avec huit ans d’expérience, je suis à la recherche d’un CDI à Vichy. CV sur demande.',
    'comptabilité',
  ],
  ['Alternance', 'Actuellement en BTS, je recherche une entreprise pour mon alternance.', ''],
  ['Demande', 'Avez-vous du travail pour un soudeur ? Je suis disponible tout de suite.', 'emploi'],
  ['Cherche travail', 'jeune homme sérieux cherche travail manutention ou autre région clermont', ''],
];

const honest: [string, string, string | null][] = [
  [
    'Une idée, c’est tout',
    'Bonjour, j’ai une idée qui peut marcher à Clermont mais je préfère en parler de vive voix. Pouvez-vous me rappeler ?',
    'non précisé',
  ],
  [
    'Agence de référencement',
    'Je crée une agence de référencement à Clermont et je ne sais pas quel statut choisir. Mon offre : la première page en six mois.',
    'publicité',
  ],
  [
    'Une plate-forme de recherche d’emploi',
    'Notre application aide à rédiger un CV et une lettre de motivation. Nous sommes trois et nous cherchons un local.',
    'numérique',
  ],
  [
    'Créer mon emploi',
    'Demandeur d’emploi, titulaire d’un BTS, je veux créer mon entreprise de jardinage.',
    'services',
  ],
  [
    'Nous recrutons',
    'Nous recrutons quinze soudeurs en CDI et ne trouvons personne : avez-vous un poste d’accueil pour notre annonce ?',
    'chaudronnerie',
  ],
  [
    'Un stagiaire pour notre étude',
    'Notre association cherche une étudiante en stage pour une enquête, nous avons un poste de travail à lui offrir.',
    'association',
  ],
  [
    'Épicerie sans engagement',
    'Je voudrais ouvrir une épicerie où l’on s’abonne sans engagement, 30 euros par mois.',
    'commerce',
  ],
  ['Gratuiterie', 'Tout y est gratuit : on dépose, on prend. Il nous manque un toit.', 'réemploi'],
  ['Aide', 'Pouvez-vous m’appeler pour me dire par où commencer ?', null],
  [
    'Poste à souder',
    'Je cherche un poste à souder d’occasion pour mon atelier et des conseils pour me lancer.',
    'ferronnerie',
  ],
  [
    'Régie publicitaire locale',
    'Nous vendons des espaces publicitaires dans les bus et songeons à embaucher.',
    'publicité',
  ],
  ['Reconversion', 'Après vingt ans d’expérience en CDI, je songe à me mettre à mon compte.', null],
  ['Crédit-bail', 'Comment financer une machine ? Nous avons déjà un contrat à 400 euros par mois.', 'usinage'],
  ['Reprendre', 'Je cherche une entreprise à reprendre près de Riom, j’ai vingt ans d’expérience.', 'mécanique'],
  ['À deux', 'Je cherche un associé pour lancer une conserverie. Avez-vous un contact ?', ''],
  ['Peut-être', 'Je recherche un emploi ou un projet, je ne sais pas encore, peut-être créer une crêperie.', ''],
  [
    'S’agrandir',
    'Agence de communication depuis 2019, nous voulons embaucher et agrandir nos bureaux. Contactez-nous.',
    'publicité',
  ],
  [
    'Confitures',
    'Comment vendre mes confitures ? Mon site ne marche pas, pas de visites, le référencement c’est cher.',
    'artisanat',
  ],
  ['Urgent', 'Contactez-nous dès aujourd’hui, notre offre de rachat expire avant ce soir.', 'plasturgie'],
  [
    'Ateliers',
    'Association d’aide aux chercheurs d’emploi : ateliers CV, simulation d’entretien. Comment la pérenniser ?',
    'emploi, insertion',
  ],
  ['', '', null],
];

describe('solicitations', () => {
  test.each(solicitations)('%s: set aside', (title, summary, sector) =>
    expect(looksLikeSolicitation({ title, summary, sector })).toBe(true),
  );
});

describe('job searches', () => {
  test.each(jobSearches)('%s: set aside', (title, summary, sector) =>
    expect(looksLikeJobSearch({ title, summary, sector })).toBe(true),
  );
});

describe('honest projects, even clumsy', () => {
  test.each(honest)('%s: kept', (title, summary, sector) => {
    expect(looksLikeSolicitation({ title, summary, sector })).toBe(false);
    expect(looksLikeJobSearch({ title, summary, sector })).toBe(false);
  });
});

test('none of the example projects with a need would be set aside, were they read', () => {
  const cases: {
    title: string;
    summary: string;
    sector: string;
    outcome: string;
  }[] = require('../../../src/data/territory/cases.json');
  for (const one of cases) {
    expect([one.title, looksLikeSolicitation(one) || looksLikeJobSearch(one)]).toEqual([
      one.title,
      one.outcome === 'rejet',
    ]);
  }
});

test('reads a very long message in no time', () => {
  const text = { title: 'a '.repeat(1e5), summary: 'votre site '.repeat(1e5), sector: 'x'.repeat(1e6) };
  // The best of five: others use the machine too.
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    looksLikeSolicitation(text);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
