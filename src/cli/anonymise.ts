import path from 'node:path';
import type { Config } from '../config.js';
import { contactKeysOf } from '../data/holderWrites.js';
import { wholeStore } from '../data/wholeStore.js';
import { Invalid } from '../errors.js';
import { anonymise as copyInvented } from '../services/privacy/anonymise.js';
import { BadUsage, type Command } from './command.js';
import { readOptions } from './readOptions.js';

const OPTIONS = { to: { type: 'string' }, data: { type: 'string' } } as const;

const read = (args: string[]) => readOptions({ args, options: OPTIONS }).values;

/** The store to write into, as settings say one. */
const targetOf = (args: string[], settings: Config): Pick<Config, 'mongodbUrl' | 'dataDir'> => {
  const { to, data } = read(args);
  if ((to === undefined) === (data === undefined)) throw new BadUsage('donnez --to ou --data, et un seul');
  const target = { mongodbUrl: to ?? null, dataDir: data === undefined ? settings.dataDir : path.resolve(data) };
  const isSame = to ? to === settings.mongodbUrl : !settings.mongodbUrl && target.dataDir === settings.dataDir;
  if (isSame) throw new Invalid('C’est la base que l’on copie. Donnez-en une autre, vide.');
  return target;
};

/** `desk anonymise --to URL | --data DOSSIER`: a copy in which everybody is invented, into an empty store. */
export const anonymise: Command = async (args, desk) => {
  const settings = desk.settings();
  const target = targetOf(args, settings);
  const { withStore } = await import('./withStore.js');
  const copied = await desk.withStore((from) =>
    withStore({ ...settings, ...target }, (to) =>
      copyInvented({
        from: wholeStore(from.connection),
        to: wholeStore(to.connection),
        territory: from.territory,
        keysOf: contactKeysOf,
      }),
    ),
  );
  const projects = copied.get('projects') ?? 0;
  desk.print(
    `Copie faite\u00a0: projets ${projects}, comptes ${copied.get('accounts') ?? 0}. Les dates sont celles d’origine\u00a0; les personnes, les textes et les références sont inventés. Aucun mot de passe n’est copié\u00a0: ouvrez un compte avec desk users.`,
  );
};
