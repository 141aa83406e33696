import { withoutSecrets } from '../../../src/web/middleware/withoutSecrets.js';

const logged = (url: string): string => withoutSecrets({ id: '1', method: 'GET', url }).url;
const SECRET = 'Zk3_vW9-q1hTn5YcR7pLx2Bd8MfGs4JaUe6KoHtViQw';

it.each([
  [`/suivi/${SECRET}`, '/suivi/…'],
  [`/reprendre/${SECRET}?lang=en`, '/reprendre/…'],
  [`/suivi/${SECRET}/mes-donnees.json`, '/suivi/…/mes-donnees.json'],
  [`/suivi/${SECRET.replace('-', '%2D').replace('_', '%5F')}/message`, '/suivi/…/message'],
  [`/mot-de-passe/${SECRET.slice(0, -1)}`, '/mot-de-passe/…'],
  [`/invitation/${SECRET.slice(0, 21)}`, '/invitation/…'],
  [`/desabonnement/${SECRET}`, '/desabonnement/…'],
  [`/connexion/lien/${SECRET}`, '/connexion/lien/…'],
  [
    '/courriels/0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1/renvoyer',
    '/courriels/0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1/renvoyer',
  ],
  ['/pilotage/courriels/holder-closed-in-triage', '/pilotage/courriels/holder-closed-in-triage'],
  ['/lien-perdu?email=camille@example.org', '/lien-perdu'],
  ['/projet/deja-en-contact', '/projet/deja-en-contact'],
])('%s is logged as %s', (url, expected) => {
  expect(logged(url)).toBe(expected);
});
