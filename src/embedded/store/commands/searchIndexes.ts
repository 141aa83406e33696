import { searchNotServed } from '../errors.js';
import type { Command } from './command.js';

const refused = (name: string): Command => ({
  fields: [name, 'indexes', 'name', 'id', 'definition'],
  writes: false,
  run: () => {
    throw searchNotServed();
  },
});

/** Full-text search lives outside of MongoDB's own server; only its hosted service has these. */
export const searchIndexCommands: Record<string, Command> = Object.fromEntries(
  ['createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex'].map((name) => [name, refused(name)]),
);
