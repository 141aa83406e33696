/**
 * What personal data serve, read row by row: the activities of the register (GDPR, article 30). `basis` is that of article 6 as
 * the CNIL reads it: the partners are public bodies and chambers, whose task this is; none of them may rest on consent alone for
 * it. The box that a holder ticks is a safeguard beside the basis: nothing is passed on without it.
 */
export const LAWFUL_BASES = {
  'public-task': 'Mission d’intérêt public (RGPD, article 6, paragraphe 1, e)',
  'legal-duty':
    'Obligation légale (RGPD, article 6, paragraphe 1, c) : sécurité du traitement (article 32) et preuve de la conformité (article 5, paragraphe 2)',
} as const;
export type LawfulBasis = keyof typeof LAWFUL_BASES;

interface ActivityRow {
  title: string;
  purpose: string;
  basis: LawfulBasis;
  /** Whose data. */
  persons: string;
  recipients: string;
}

export const ACTIVITIES = {
  guidance: {
    title: 'Orienter et accompagner les projets',
    purpose:
      'Choisir l’organisme qui peut aider, lui transmettre le projet, permettre à une personne d’appeler, tenir au courant, savoir ce que le projet est devenu.',
    basis: 'public-task',
    persons:
      'Porteurs et porteuses de projet : particuliers, étudiants, chercheurs, entreprises, associations, communes.',
    recipients:
      'Les conseillers, conseillères et responsables du partenaire qui reçoit le projet, ceux des partenaires associés, et le pilotage du service.',
  },
  messages: {
    title: 'Écrire et recevoir des e-mails',
    purpose:
      'Prévenir la personne et les partenaires à chaque étape, remettre les réponses à qui suit le projet, savoir quelle adresse ne reçoit plus.',
    basis: 'public-task',
    persons: 'Porteurs et porteuses de projet, personnel des partenaires, personnes qui écrivent au service.',
    recipients: 'Le partenaire qui suit le projet, le pilotage, l’hébergeur du courrier.',
  },
  accounts: {
    title: 'Donner accès au personnel',
    purpose:
      'Savoir qui entre, ne montrer à chacun que ce qui le concerne, répartir les projets selon les compétences et les absences.',
    basis: 'public-task',
    persons: 'Personnel des partenaires, du pilotage, du comité et de l’administration.',
    recipients: 'Les collègues du même partenaire, le pilotage et l’administration du service.',
  },
  figures: {
    title: 'Compter, et rendre compte',
    purpose: 'Mesurer comment le territoire accueille les projets, améliorer les règles, informer le comité.',
    basis: 'public-task',
    persons: 'Aucune personne nommée : des codes, comme le besoin, la commune et l’issue.',
    recipients: 'Le pilotage, les responsables des partenaires, le comité ; des totaux pour tout le monde.',
  },
  security: {
    title: 'Protéger le service, et prouver qu’il l’est',
    purpose:
      'Freiner les abus, savoir qui a lu, emporté ou effacé des données, retrouver la cause d’une panne, prouver les effacements.',
    basis: 'legal-duty',
    persons: 'Personnel qui se connecte ; adresses réseau de qui envoie un formulaire, sous une forme illisible.',
    recipients: 'L’administration du service et son hébergeur.',
  },
} as const satisfies Record<string, ActivityRow>;
export type Activity = keyof typeof ACTIVITIES;

/** What protects the data (GDPR, article 32), as the register tells it. */
export const SECURITY_MEASURES = [
  'Le site chiffré de bout en bout (https) ; aucun fichier, aucune mesure d’audience et aucun service d’un tiers dans les pages.',
  'Des comptes personnels, mots de passe longs vérifiés et gardés sous une forme qui ne se lit pas, double authentification obligatoire pour le pilotage et l’administration.',
  'Un tableau des droits par rôle : chacun lit les projets de son partenaire ; l’administration ne lit aucun projet.',
  'Des liens de suivi à secret long, dont la base ne garde que l’empreinte.',
  'Un journal des lectures, des exports et des effacements, dont chaque ligne est enchaînée à la précédente.',
  'Aucune donnée personnelle dans les journaux techniques, les files d’attente, les adresses des pages ni les pages d’erreur.',
  'Un effacement automatique chaque nuit, d’après le tableau ci-dessous, avec la preuve de ce qui est parti.',
  'Des copies pour la démonstration où les personnes sont remplacées par d’autres, inventées.',
];
