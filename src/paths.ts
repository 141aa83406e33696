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
};
