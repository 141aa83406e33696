import { SESSION_LIMITS } from '../accounts/sessionLimits.js';
import type { Activity } from './activities.js';
import type { Keeps } from './keeps.js';

interface RetentionRow {
  activity: Activity;
  /** The class of data, in words. */
  data: string;
  keeps: Keeps;
  /** From when that time runs. */
  from: string;
  /** What becomes of it then: it goes whole; what is personal goes and codes stay for the figures; or nothing. */
  afterwards: 'delete' | 'erase' | 'keep';
  /** Who does it: the nightly purge, the store's own clock (TTL index) with the purge behind it, Redis, whoever hosts the service. */
  by: 'purge' | 'store and purge' | 'redis' | 'host' | 'nobody';
  /** Where it lies, among the collections of the store; several classes may share one. */
  collections: readonly string[];
}

/**
 * THE table of how long data are kept, read row by row. The register, the privacy pages, the indexes of the store and the
 * nightly purge (services/privacy/purge.ts) all read it: no duration is written twice. Three years after the last contact is
 * what the CNIL recommends for people who are no customers (référentiel « gestion des activités commerciales », 2022); one year
 * for logs, its recommendation on them (délibération 2021-122). What "last contact" means: lastContact.ts.
 */
export const RETENTION = {
  drafts: {
    activity: 'guidance',
    data: 'Questionnaires commencés et non envoyés, avec l’adresse donnée pour les reprendre',
    keeps: { days: 30 },
    from: 'la dernière réponse',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['drafts'],
  },
  counterDrafts: {
    activity: 'guidance',
    data: 'Projets en cours de saisie au guichet ou au téléphone',
    keeps: { days: 30 },
    from: 'la dernière réponse',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['counterDrafts'],
  },
  noteDrafts: {
    activity: 'guidance',
    data: 'Notes et messages que le personnel n’a pas finis d’écrire',
    keeps: { days: 30 },
    from: 'la dernière frappe',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['noteDrafts'],
  },
  contact: {
    activity: 'guidance',
    data: 'Nom, adresse e-mail, téléphone, moments où appeler, organisme, SIRET et page web',
    keeps: { years: 3 },
    from: 'le dernier contact avec la personne',
    afterwards: 'erase',
    by: 'purge',
    collections: ['projects', 'referrals'],
  },
  words: {
    activity: 'guidance',
    data: 'Textes libres : réponses, titre du projet, messages, notes des partenaires, mots de clôture, rendez-vous',
    keeps: { years: 3 },
    from: 'le dernier contact avec la personne',
    afterwards: 'erase',
    by: 'purge',
    collections: ['projects', 'referrals', 'notes'],
  },
  story: {
    activity: 'figures',
    data: 'Codes d’un projet (besoin, étape, commune, partenaires, dates, issue) et totaux, sans rien qui nomme une personne une fois le reste effacé',
    keeps: 'ever',
    from: 'l’envoi du projet',
    afterwards: 'keep',
    by: 'nobody',
    collections: ['projects', 'referrals', 'events', 'projectfacts', 'referralfacts', 'cells'],
  },
  received: {
    activity: 'messages',
    data: 'E-mails reçus, avec leur texte tant que personne ne les a classés',
    keeps: { days: 90 },
    from: 'leur réception',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['inbox'],
  },
  answersOfServers: {
    activity: 'messages',
    data: 'Ce que les serveurs de courrier ont répondu à nos e-mails ; le texte de ceux-ci n’est pas gardé',
    keeps: { days: 90 },
    from: 'le jour où l’e-mail devait partir',
    afterwards: 'erase',
    by: 'purge',
    collections: ['deliveries'],
  },
  deliveries: {
    activity: 'messages',
    data: 'La liste des e-mails partis ou annulés, par codes, sans adresse ni texte',
    keeps: { years: 1 },
    from: 'le jour où l’e-mail devait partir',
    afterwards: 'delete',
    by: 'purge',
    collections: ['deliveries'],
  },
  links: {
    activity: 'guidance',
    data: 'Empreintes des liens à secret qui ont expiré ou ont été retirés',
    keeps: { days: 60 },
    from: 'leur fin ; le lien de suivi vit aussi longtemps que les coordonnées',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['links'],
  },
  exportFiles: {
    activity: 'figures',
    data: 'Fichiers demandés par le pilotage et les responsables',
    keeps: { days: 7 },
    from: 'leur préparation',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['exportchunks'],
  },
  exports: {
    activity: 'figures',
    data: 'La ligne qui dit qu’un fichier a été demandé',
    keeps: { days: 30 },
    from: 'la demande',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['exports'],
  },
  replays: {
    activity: 'figures',
    data: 'Essais de règles sur les projets passés : des codes et des références internes',
    keeps: { years: 1 },
    from: 'la demande',
    afterwards: 'delete',
    by: 'purge',
    collections: ['replays', 'replaymoves'],
  },
  decisions: {
    activity: 'figures',
    data: 'Décisions du pilotage et des responsables : règles, périodes, liens d’entrée, réglages, rapports arrêtés, avec le compte de qui les a prises',
    keeps: 'ever',
    from: 'leur enregistrement',
    afterwards: 'keep',
    by: 'nobody',
    collections: [
      'rulesets',
      'rulesetdrafts',
      'namedPeriods',
      'channels',
      'partnersettings',
      'publicsite',
      'reports',
      'reportfiles',
      'marks',
      'migrations',
      'migrationLocks',
    ],
  },
  accounts: {
    activity: 'accounts',
    data: 'Comptes fermés : nom, adresse e-mail, préférences, vues enregistrées. Un compte ouvert est gardé tant qu’il sert',
    keeps: { years: 3 },
    from: 'la fermeture du compte, ou plus tôt sur demande',
    afterwards: 'erase',
    by: 'purge',
    collections: ['accounts', 'absences', 'savedViews', 'providerIdentities'],
  },
  absences: {
    activity: 'accounts',
    data: 'Absences passées du personnel',
    keeps: { years: 1 },
    from: 'leur dernier jour',
    afterwards: 'delete',
    by: 'purge',
    collections: ['absences'],
  },
  searches: {
    activity: 'accounts',
    data: 'Vues enregistrées, qui peuvent contenir des mots recherchés',
    keeps: { years: 1 },
    from: 'leur enregistrement',
    afterwards: 'delete',
    by: 'purge',
    collections: ['savedViews'],
  },
  sessions: {
    activity: 'accounts',
    data: 'Connexions du personnel',
    keeps: { hours: SESSION_LIMITS.absoluteHours },
    from: 'la connexion',
    afterwards: 'delete',
    by: 'store and purge',
    collections: ['sessions'],
  },
  audit: {
    activity: 'security',
    data: 'Journal : qui s’est connecté, a lu, emporté, réglé ou effacé quoi, par identifiants et codes',
    keeps: { years: 1 },
    from: 'l’acte',
    afterwards: 'delete',
    by: 'purge',
    collections: ['auditLines', 'auditEnds'],
  },
  ledger: {
    activity: 'security',
    data: 'Registre de ce qui tourne tout seul, sans donnée personnelle',
    keeps: { days: 400 },
    from: 'le passage, et deux jours pour ce qui passe chaque minute',
    afterwards: 'delete',
    by: 'purge',
    collections: ['runs'],
  },
  proofs: {
    activity: 'security',
    data: 'Preuves d’effacement : quelle catégorie, combien, jusqu’à quelle date',
    keeps: { years: 5 },
    from: 'l’effacement',
    afterwards: 'delete',
    by: 'purge',
    collections: ['purges'],
  },
  limits: {
    activity: 'security',
    data: 'Compteurs contre les abus : empreintes d’adresses réseau et d’adresses e-mail, qui ne se lisent pas',
    keeps: { days: 1 },
    from: 'le premier envoi compté',
    afterwards: 'delete',
    by: 'redis',
    collections: [],
  },
  logs: {
    activity: 'security',
    data: 'Journaux techniques, sans donnée personnelle',
    keeps: { years: 1 },
    from: 'leur écriture',
    afterwards: 'delete',
    by: 'host',
    collections: [],
  },
} as const satisfies Record<string, RetentionRow>;
export type DataClass = keyof typeof RETENTION;

/** The same row, for whoever goes through them all. */
export const retentionOf = (name: DataClass): RetentionRow => RETENTION[name];
export const DATA_CLASSES = Object.keys(RETENTION) as DataClass[];
