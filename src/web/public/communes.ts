import type { RequestHandler } from 'express';
import { communeDetail, formerNameFor, suggestedCommunes } from '../../domain/questionnaire/communeChoice.js';
import type { Services } from '../../services.js';

const MOST_SUGGESTED = 8;
const LONGEST_QUERY = 100;

/** Suggestions while a commune is typed: GET /communes?q=thi gives [{ code, name, detail }], best first. */
export const suggestCommunes =
  ({ territory }: Pick<Services, 'territory'>): RequestHandler =>
  (req, res) => {
    const query = typeof req.query['q'] === 'string' ? req.query['q'].trim().slice(0, LONGEST_QUERY) : '';
    const found = query.length < 2 ? [] : suggestedCommunes(territory, query, MOST_SUGGESTED);
    // Not for shared caches: an answer to somebody who is signed in carries the cookie of the session.
    res.set('Cache-Control', 'private, max-age=3600');
    res.json(
      found.map((commune) => {
        const former = formerNameFor(commune, query);
        const detail = communeDetail(commune, req.language);
        return { code: commune.code, name: commune.name, detail: former ? `${former}, ${detail}` : detail };
      }),
    );
  };
