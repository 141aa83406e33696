import { performance } from 'node:perf_hooks';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { hashPassword, isPassword, weaknessOf } from '../../../src/services/accounts/passwords.js';

const territory = loadTerritory();
const NOA = { name: 'Noa Tremblay', email: 'noa.tremblay@cci.example.org' };

it.each([
  ['', 'au moins 12'],
  ['onze signes', 'au moins 12'],
  ['x1y2z'.repeat(41), '200\u00a0caractères au plus'],
  ['aaaaaaaaaaaa', 'se devine vite'],
  ['abababababababab', 'se devine vite'],
  ['123456789012', 'se devine vite'],
  ['azertyuiop123', 'se devine vite'],
  ['motdepasse1234', 'se devine vite'],
  ['password123456', 'se devine vite'],
  ['Bonjour123456', 'se devine vite'],
  ['Clermont2026!', 'un nom d’ici'],
  ['innovation63000', 'un nom d’ici'],
  ['vichyclermont', 'un nom d’ici'],
  ['Noa Tremblay 2024', 'votre nom'],
  ['noa.tremblay@cci.example.org', 'votre nom'],
])('%j is too easy: %s', async (password, said) => {
  expect(await weaknessOf(password, NOA, territory)).toContain(said);
});

it.each([
  'cheval agrafe batterie correcte',
  'quatre mots sans aucun lien',
  'a9$kf02mfLq1',
  'Noa range ses chaussettes par ordre de marée',
])('%j will do', async (password) => {
  expect(await weaknessOf(password, NOA, territory)).toBeNull();
});

it('judges 200 signs in less than two seconds', async () => {
  const started = performance.now();
  await weaknessOf('correct1Horse-'.repeat(15).slice(0, 200), NOA, territory);
  expect(performance.now() - started).toBeLessThan(2000);
});

it('takes a password that is right, and nothing for an account that does not exist', async () => {
  const hash = await hashPassword('quatre mots sans aucun lien');
  expect(await isPassword(hash, 'quatre mots sans aucun lien')).toBe(true);
  expect(await isPassword(hash, 'quatre mots sans aucun lieN')).toBe(false);
  for (const none of [null, '']) expect(await isPassword(none, 'nobody has this password')).toBe(false);
});
