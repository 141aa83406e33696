import { withoutSecrets } from '../../../src/web/middleware/withoutSecrets.js';

const logged = (url: string): string => withoutSecrets({ id: '1', method: 'GET', url }).url;
const SECRET = 'Zk3_vW9-q1hTn5YcR7pLx2Bd8MfGs4JaUe6KoHtViQw';

it.each([
  [`/suivi/${SECRET}`, '/suivi/…'],
  [`/reprendre/${SECRET}?lang=en`, '/reprendre/…'],
  [`/suivi/${SECRET}/mes-donnees.json`, '/suivi/…/mes-donnees.json'],
  [`/suivi/${SECRET.replace('-', '%2D').replace('_', '%5F')}/message`, '/suivi/…/message'],
  ['/lien-perdu?email=camille@example.org', '/lien-perdu'],
  ['/projet/deja-en-contact', '/projet/deja-en-contact'],
])('%s is logged as %s', (url, expected) => {
  expect(logged(url)).toBe(expected);
});
