import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../src/config.js';

/**
 * A page for project holders is two templates, French and English, that differ by their words only. Tags, their classes,
 * and everything that a template does (loops, conditions, names) must be the same in both.
 */
const folder = path.join(projectRoot, 'views/public');
const french = readdirSync(folder).filter((file) => file.endsWith('.ejs') && !file.endsWith('.en.ejs'));
const english = readdirSync(folder).filter((file) => file.endsWith('.en.ejs'));

describe('the pages of project holders', () => {
  it('are there, and each has its English twin and no other', () => {
    expect(french.length).toBeGreaterThan(10);
    expect(english.sort()).toEqual(french.map((file) => file.replace(/\.ejs$/, '.en.ejs')).sort());
  });
});
