/** Every address of the service, as a function: routers, views, e-mails and tests all ask here. */
export const paths = {
  home: () => '/',
  privacy: () => '/donnees-personnelles',
  accessibility: () => '/accessibilite',

  start: () => '/projet',
  step: (slug: string) => `/projet/${slug}`,
  /** The same step, opened from "check your answers": its back link leads there again. */
  change: (slug: string) => `/projet/${slug}?modifier=1`,
  startOver: () => '/projet/recommencer',
  later: () => '/projet/plus-tard',
  check: () => '/projet/verification',
  followUp: (token: string) => `/suivi/${token}`,
  /** The follow-up page just after sending. */
  receipt: (token: string) => `/suivi/${token}?recu=1`,
  communes: () => '/communes',

  signIn: () => '/connexion',
  signOut: () => '/deconnexion',

  queue: () => '/dossiers',
  referral: (id: string) => `/dossiers/${id}`,
  take: (id: string) => `/dossiers/${id}/prendre-en-charge`,
  decline: (id: string) => `/dossiers/${id}/refuser`,
  close: (id: string) => `/dossiers/${id}/cloturer`,

  figures: () => '/pilotage',
  figuresCsv: () => '/pilotage/chiffres.csv',
  triage: () => '/pilotage/a-orienter',
  projectSheet: (id: string) => `/pilotage/projets/${id}`,
  sendTo: (id: string) => `/pilotage/projets/${id}/envoyer`,

  rules: () => '/pilotage/regles',
  rulesVersion: (number: number | string) => `/pilotage/regles/versions/${number}`,
  rulesRollBack: (number: number | string) => `/pilotage/regles/versions/${number}/republier`,
  rulesDifference: () => '/pilotage/regles/differences',
  rulesDraft: () => '/pilotage/regles/brouillon',
  rulesDiscard: () => '/pilotage/regles/brouillon/abandonner',
  rulesOrder: () => '/pilotage/regles/brouillon/ordre',
  rulesAdd: (table: string) => `/pilotage/regles/brouillon/ajouter/${table}`,
  rulesEdit: (rule: string) => `/pilotage/regles/brouillon/modifier/${rule}`,
  rulesRemove: (rule: string) => `/pilotage/regles/brouillon/retirer/${rule}`,
  rulesSettings: () => '/pilotage/regles/brouillon/reglages',
  rulesTry: () => '/pilotage/regles/brouillon/essai',
  rulesChecks: () => '/pilotage/regles/brouillon/controles',
  rulesReplay: () => '/pilotage/regles/brouillon/rejeu',
  rulesReplayReport: (id: string) => `/pilotage/regles/rejeux/${id}`,
  rulesReplayStop: (id: string) => `/pilotage/regles/rejeux/${id}/arreter`,
  rulesPublish: () => '/pilotage/regles/brouillon/publier',
};
