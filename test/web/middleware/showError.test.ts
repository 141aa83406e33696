import path from 'node:path';
import express from 'express';
import request from 'supertest';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { wordsIn } from '../../../src/domain/territory/territoryWords.js';
import { Conflict, Gone, NotFound, TooMany } from '../../../src/errors.js';
import { logger } from '../../../src/logger.js';
import { viewsIn } from '../../../src/views.js';
import { showError } from '../../../src/web/middleware/showError.js';

const { words } = loadTerritory();

const appThatThrows = (error: unknown, views = path.resolve('views')) => {
  const app = express();
  app.locals['ours'] = { fr: wordsIn(words, 'fr'), en: wordsIn(words, 'en') };
  app.locals['render'] = viewsIn(views);
  app.use((req, _res, next) => {
    Object.assign(req, { id: 'request-7' });
    next();
  });
  app.use(() => {
    throw error;
  });
  app.use(showError);
  return request(app);
};

const level = logger.level;
beforeAll(() => {
  logger.level = 'silent';
});
afterAll(() => {
  logger.level = level;
});

describe('showError', () => {
  test('answers a known error with its own status and words', async () => {
    const response = await appThatThrows(new Conflict('Dominique T. a déjà pris ce projet en charge.')).get('/');
    expect(response.status).toBe(409);
    expect(response.text).toContain('Dominique T. a déjà pris ce projet en charge.');
    expect(response.text).not.toContain('request-7');
  });

  test('answers a fault of ours with a calm page, the number of the request, and no detail', async () => {
    const response = await appThatThrows(new Error('secret detail')).get('/');
    expect(response.status).toBe(500);
    expect(response.text).toContain('Ce n’est pas de votre fait');
    expect(response.text).toContain('request-7');
    expect(response.text).not.toContain('secret detail');
  });

  test.each<[string, unknown, number]>([
    ['a body that is too large', Object.assign(new Error('large'), { status: 413 }), 413],
    ['an address that cannot be read', new URIError('malformed'), 400],
    ['something that is no error', 'thrown text', 500],
  ])('answers %s', async (_name, error, status) => {
    const app = appThatThrows(error);
    const response = await app.get('/');
    expect(response.status).toBe(status);
  });

  test('still answers when no page can be rendered', async () => {
    const response = await appThatThrows(new Conflict('Autre chose'), '/nowhere').get('/');
    expect(response.status).toBe(500);
    expect(response.text).toContain('Ce service a un problème');
    expect(response.text).not.toContain('nowhere');
  });

  test.each<[string, unknown, string, string]>([
    ['an address that leads nowhere', new NotFound(), 'Cette page n’existe pas', 'This page does not exist'],
    ['a link that is over', new Gone({ fr: 'Fini.', en: 'Over.' }), 'Fini.', 'Over.'],
    ['too many attempts', new TooMany(90), 'Réessayez dans 2\u00a0minutes.', 'Try again in 2\u00a0minutes.'],
    ['words for staff alone', new Conflict('Déjà pris.'), 'Déjà pris.', 'Your project has changed in the meantime.'],
    ['a text too long', Object.assign(new Error('large'), { status: 413 }), 'trop long', 'too long'],
    ['a fault of ours', new Error('secret'), 'Ce n’est pas de votre fait', 'It is not your doing'],
  ])('answers %s in the language of the visitor', async (_name, error, french, english) => {
    const app = appThatThrows(error);
    const inFrench = await app.get('/projet').set('Accept-Language', 'fr');
    const inEnglish = await app.get('/projet').set('Accept-Language', 'en-GB');
    expect(inFrench.text).toContain('<html lang="fr">');
    expect(inFrench.text).toContain(french);
    expect(inEnglish.text).toContain('<html lang="en">');
    expect(inEnglish.text).toContain(english);
  });

  test('answers staff in French, and offers them no other language', async () => {
    const page = await appThatThrows(new NotFound()).get('/pilotage/rien').set('Accept-Language', 'en');
    expect(page.text).toContain('Cette page n’existe pas');
    expect(page.text).not.toContain('hreflang');
  });

  test('says it in English too when no page can be rendered', async () => {
    const page = await appThatThrows(new NotFound(), '/nowhere').get('/').set('Accept-Language', 'en');
    expect(page.status).toBe(500);
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain('This service has a problem');
  });
});
