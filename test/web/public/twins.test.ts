import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../src/config.js';

/**
 * A page for project holders is two templates, French and English, that differ by their words only. What a template does
 * (loops, conditions, components) and the tags that it writes must be the same in both, in the same order.
 */
const folder = path.join(projectRoot, 'views/public');
const files = readdirSync(folder).filter((file) => file.endsWith('.ejs'));
const french = files.filter((file) => !file.endsWith('.en.ejs'));
const twinOf = (file: string): string => file.replace(/\.ejs$/, '.en.ejs');

/** Commands and included components of a template, and its tags with what tells them apart. */
const skeletonOf = (source: string): string[] => {
  const pieces = source.matchAll(
    /<%(?![=-])([\s\S]*?)%>|<%- include\(([^,)]+)|<([a-z][a-z0-9]*)((?:<%[\s\S]*?%>|[^>])*)>/g,
  );
  return [...pieces].map(([, command, component, tag, attributes = '']) => {
    if (command !== undefined) return command.trim();
    // A part with words of its own has a twin too.
    if (component !== undefined) return `include ${component.replace(".en'", "'")}`;
    const told = attributes.matchAll(/\b(class|id|name|for|type|action|method|href)="((?:<%[\s\S]*?%>|[^"])*)"/g);
    return [tag, ...[...told].map(([, name, value]) => `${name}=${value}`)].join(' ');
  });
};

describe('the pages of project holders', () => {
  it('have each its English twin, and no twin is alone', () => {
    expect(french.length).toBeGreaterThan(10);
    expect(files.filter((file) => file.endsWith('.en.ejs')).sort()).toEqual(french.map(twinOf).sort());
  });

  it.each(french)('%s does the same in both languages', (file) => {
    const [here, there] = [file, twinOf(file)].map((one) => skeletonOf(readFileSync(path.join(folder, one), 'utf8')));
    expect(here?.length).toBeGreaterThan(0);
    expect(there).toEqual(here);
  });
});
