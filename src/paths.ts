/** Every address of the service, as a function: routers, views, e-mails and tests all ask here. */
export const paths = {
  home: () => '/',
  partners: () => '/partenaires',
  charter: () => '/charte-et-convention',
  legal: () => '/mentions-legales',
  privacy: () => '/donnees-personnelles',
  accessibility: () => '/accessibilite',

  /** `channel`: code of the entry link, handed on from page to page. */
  start: (channel?: string | null) => (channel ? `/projet?via=${channel}` : '/projet'),
  step: (slug: string) => `/projet/${slug}`,
  /** The same step, opened from "check your answers": its back link leads there again. */
  change: (slug: string) => `/projet/${slug}?modifier=1`,
  startOver: () => '/projet/recommencer',
  later: () => '/projet/plus-tard',
  /** Opens a draft on another device: the secret comes by e-mail. */
  resume: (token: string) => `/reprendre/${token}`,
  /** For the sites of partners: a frame that holds the first question and the commune. */
  frame: () => '/integrer',
  check: () => '/projet/verification',
  /** Instead of sending nearly the same project twice. */
  alreadySent: () => '/projet/deja-envoye',
  followUp: (token: string) => `/suivi/${token}`,
  /** The follow-up page just after sending. */
  receipt: (token: string) => `/suivi/${token}?recu=1`,
  addMessage: (token: string) => `/suivi/${token}/message`,
  correctContact: (token: string) => `/suivi/${token}/coordonnees`,
  nobodyCalled: (token: string) => `/suivi/${token}/personne-n-a-appele`,
  survey: (token: string) => `/suivi/${token}/avis`,
  withdraw: (token: string) => `/suivi/${token}/retirer`,
  ownData: (token: string) => `/suivi/${token}/mes-donnees`,
  ownDataJson: (token: string) => `/suivi/${token}/mes-donnees.json`,
  erase: (token: string) => `/suivi/${token}/effacer`,
  erased: () => '/donnees-effacees',
  lostLink: () => '/lien-perdu',
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

  publicSite: () => '/pilotage/site-public',
  channels: () => '/pilotage/liens',
  channelPoster: (code: string) => `/pilotage/liens/${code}`,
  removeChannel: (code: string) => `/pilotage/liens/${code}/retirer`,

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
