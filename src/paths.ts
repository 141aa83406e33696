/** Every address of the service, as a function: routers, views, e-mails and tests all ask here. */
export const paths = {
  home: () => '/',
  privacy: () => '/donnees-personnelles',
  accessibility: () => '/accessibilite',

  start: () => '/projet',
  step: (slug: string) => `/projet/${slug}`,
  check: () => '/projet/verification',
  followUp: (token: string) => `/suivi/${token}`,
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

export type Paths = typeof paths;
