/** Every address of the service, as a function: routers, views, e-mails and tests all ask here. */
export const paths = {
  /** For whatever watches over a process: it lives… */
  livez: () => '/livez',
  /** …and may be given requests. */
  readyz: () => '/readyz',

  /** For Prometheus. */
  metrics: () => '/metrics',

  home: () => '/',
  partners: () => '/partenaires',
  publicFigures: () => '/chiffres',
  publicFiguresJson: () => '/chiffres.json',
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
  /** The appointment, for the holder's calendar. */
  ownAppointment: (token: string) => `/suivi/${token}/rendez-vous.ics`,
  nobodyCalled: (token: string) => `/suivi/${token}/personne-n-a-appele`,
  survey: (token: string) => `/suivi/${token}/avis`,
  became: (token: string) => `/suivi/${token}/nouvelles`,
  withdraw: (token: string) => `/suivi/${token}/retirer`,
  ownData: (token: string) => `/suivi/${token}/mes-donnees`,
  ownDataJson: (token: string) => `/suivi/${token}/mes-donnees.json`,
  erase: (token: string) => `/suivi/${token}/effacer`,
  erased: () => '/donnees-effacees',
  lostLink: () => '/lien-perdu',
  communes: () => '/communes',

  signIn: () => '/connexion',
  askSignInLink: () => '/connexion/lien',
  signInLink: (token: string) => `/connexion/lien/${token}`,
  lostPassword: () => '/mot-de-passe-perdu',
  newPassword: (token: string) => `/mot-de-passe/${token}`,
  invitation: (token: string) => `/invitation/${token}`,
  ownEmails: () => '/compte/courriels',
  /** The own address, which refused e-mails, receives again. */
  addressWorks: () => '/compte/courriels/adresse',
  unsubscribe: (token: string) => `/desabonnement/${token}`,
  signOut: () => '/deconnexion',
  /** After the password or the link: the code of the second factor, one of the codes kept for when it is lost… */
  signInCode: () => '/connexion/code',
  signInRecovery: () => '/connexion/code-de-secours',
  /** …or, for who must have a second factor and has none yet, setting it up. */
  signInProtect: () => '/connexion/proteger',
  /** Sign-in by the organisation's own provider (OpenID Connect), and where it sends people back to. */
  signInElsewhere: () => '/connexion/organisation',
  signInReturn: () => '/connexion/organisation/retour',

  ownAccount: () => '/compte',
  changePassword: () => '/compte/mot-de-passe',
  secondFactor: () => '/compte/double-authentification',
  removeSecondFactor: () => '/compte/double-authentification/retirer',
  recoveryCodes: () => '/compte/codes-de-secours',
  /** Where the account is signed in; `id` is that of the list, never the session's own. */
  ownSessions: () => '/compte/connexions',
  endSession: (id: string) => `/compte/connexions/${id}/fermer`,
  endOtherSessions: () => '/compte/connexions/fermer',
  staffData: () => '/compte/mes-donnees',
  staffDataJson: () => '/compte/mes-donnees.json',

  queue: () => '/dossiers',
  referral: (id: string) => `/dossiers/${id}`,
  take: (id: string) => `/dossiers/${id}/prendre-en-charge`,
  decline: (id: string) => `/dossiers/${id}/refuser`,
  close: (id: string) => `/dossiers/${id}/cloturer`,
  release: (id: string) => `/dossiers/${id}/remettre`,
  transfer: (id: string) => `/dossiers/${id}/confier`,
  logCall: (id: string) => `/dossiers/${id}/appel`,
  book: (id: string) => `/dossiers/${id}/rendez-vous`,
  calendarFile: (id: string) => `/dossiers/${id}/rendez-vous.ics`,
  cancelBooking: (id: string) => `/dossiers/${id}/rendez-vous/annuler`,
  askHolder: (id: string) => `/dossiers/${id}/precision`,
  write: (id: string) => `/dossiers/${id}/ecrire`,
  bringIn: (id: string) => `/dossiers/${id}/associer`,
  reroute: (id: string) => `/dossiers/${id}/reorienter`,
  reopen: (id: string) => `/dossiers/${id}/rouvrir`,
  addNote: (id: string) => `/dossiers/${id}/notes`,
  shareMessage: (id: string) => `/dossiers/${id}/messages`,
  noteDraft: (id: string) => `/dossiers/${id}/brouillon`,
  freshness: () => '/dossiers/fraicheur',
  savedViews: () => '/dossiers/vues',
  bulk: () => '/dossiers/plusieurs',
  bulkAct: () => '/dossiers/plusieurs/faire',
  bulkDone: () => '/dossiers/plusieurs/resultat',
  shortcuts: () => '/dossiers/raccourcis',
  counter: () => '/guichet',
  /** `entry`: id of the draft; several may be under way. */
  counterStep: (entry: string, page: string) => `/guichet/saisie/${entry}/${page}`,
  counterCheck: (entry: string) => `/guichet/saisie/${entry}/verification`,
  counterAbandon: (entry: string) => `/guichet/saisie/${entry}/abandonner`,
  counterReceipt: (id: string) => `/guichet/recepisse/${id}`,
  toCall: () => '/dossiers/a-appeler',
  markSaid: (id: string) => `/dossiers/a-appeler/${id}`,

  team: () => '/equipe',
  absences: () => '/equipe/absences',
  removeAbsence: (account: string, id: string) => `/equipe/absences/${account}/${id}/retirer`,
  partnerSettings: () => '/equipe/reglages',
  competences: (account: string) => `/equipe/personnes/${account}`,

  figures: () => '/pilotage',
  figuresCsv: () => '/pilotage/chiffres.csv',
  figuresXlsx: () => '/pilotage/chiffres.xlsx',
  /** The projects behind a figure (`KPIS`), under the period and the filters of the address. */
  behindFigure: (kpi: string) => `/pilotage/chiffres/${kpi}`,
  /** Files that take time: made by a job, then fetched. */
  exports: () => '/pilotage/exports',
  exportFile: (id: string) => `/pilotage/exports/${id}`,
  removeExport: (id: string) => `/pilotage/exports/${id}/retirer`,
  attention: () => '/pilotage/a-surveiller',
  rulesQuality: () => '/pilotage/qualite-des-regles',
  periods: () => '/pilotage/periodes',
  removePeriod: (id: string) => `/pilotage/periodes/${id}/retirer`,
  reports: () => '/pilotage/rapports',
  /** The report of a quarter as it would be today: to read over. */
  reportDraft: (quarter?: string) =>
    quarter ? `/pilotage/rapports/apercu?trimestre=${quarter}` : '/pilotage/rapports/apercu',
  issueReport: () => '/pilotage/rapports/arreter',
  report: (id: string) => `/pilotage/rapports/${id}`,
  reportPdf: (id: string) => `/pilotage/rapports/${id}.pdf`,
  triage: () => '/pilotage/a-orienter',
  projectSheet: (id: string) => `/pilotage/projets/${id}`,
  sendTo: (id: string) => `/pilotage/projets/${id}/envoyer`,
  closeProject: (id: string) => `/pilotage/projets/${id}/clore`,
  /** On request of the holder, by telephone or by letter: a copy of their data, and their erasure. */
  projectData: (id: string) => `/pilotage/projets/${id}/donnees.json`,
  eraseFor: (id: string) => `/pilotage/projets/${id}/effacer`,

  /** The catalogue of our e-mails, and one of them with made-up data. */
  emails: () => '/pilotage/courriels',
  emailPreview: (id: string) => `/pilotage/courriels/${id}`,
  /** The HTML part alone. */
  emailBody: (id: string) => `/pilotage/courriels/${id}/message`,
  /** `id`: of the delivery. */
  sendAgain: (id: string) => `/courriels/${id}/renvoyer`,
  operations: () => '/exploitation',
  retryFailed: () => '/exploitation/reprendre',
  /** `id`: of a message that came in and that nobody expected. */
  settleMessage: (id: string) => `/exploitation/messages/${id}/classer`,
  /** The queues as BullMQ sees them (Bull Board). */
  queues: () => '/exploitation/files',
  accounts: () => '/exploitation/comptes',
  inviteAccount: () => '/exploitation/comptes/inviter',
  account: (id: string) => `/exploitation/comptes/${id}`,
  /** The link of an invitation that was lost or is over. */
  inviteAgain: (id: string) => `/exploitation/comptes/${id}/inviter`,
  closeAccount: (id: string) => `/exploitation/comptes/${id}/fermer`,
  reopenAccount: (id: string) => `/exploitation/comptes/${id}/rouvrir`,
  eraseAccount: (id: string) => `/exploitation/comptes/${id}/effacer`,
  /** For somebody who lost the telephone and the codes: the second factor is set up again at the next sign-in. */
  resetSecondFactor: (id: string) => `/exploitation/comptes/${id}/sans-second-facteur`,
  /** The audit log, and what a search finds in it as a file. */
  audit: () => '/exploitation/journal',
  auditFile: () => '/exploitation/journal.csv',
  processing: () => '/exploitation/traitements',
  /** Where a mail server posts what it receives for us. */
  inbound: () => '/webhooks/inbound',

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
