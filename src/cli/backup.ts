import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config.js';
import { writeBackup } from '../data/backup/writeBackup.js';
import { Invalid } from '../errors.js';
import { BadUsage, type Command } from './command.js';
import { tableOf } from './countTable.js';

/**
 * `desk backup FICHIER`: writes everything that the store holds into one file, while the desk goes on. Says when it could
 * not be read as of one instant.
 */
export const backup: Command = async ([file, ...rest], desk) => {
  if (file === undefined || file.startsWith('-') || rest.length > 0) throw new BadUsage('donnez le nom d’un fichier');
  const about = { application: applicationVersion(), at: new Date() };
  const { counts, bytes, isOneInstant } = await desk.withStore(
    ({ connection }) =>
      writeBackup(connection)(file, about).catch((error) => {
        throw asSentence(file, error);
      }),
    { asItIs: true },
  );
  desk.print(tableOf(counts));
  desk.print(
    `Sauvegarde écrite\u00a0: ${file}, ${Math.ceil(bytes / 1000)} ko. Elle contient des données personnelles.`,
  );
  if (!isOneInstant)
    desk.warn(
      'Les collections ont été lues l’une après l’autre\u00a0: ce qui a changé entre-temps peut y être à moitié. Mieux vaut l’heure la plus calme.',
    );
};

const applicationVersion = (): string =>
  (JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version;

/** Of the file system: what a person can do about it. */
function asSentence(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOSPC') return new Error(`${file}\u00a0: le disque est plein. Aucun fichier n’a été laissé.`);
  if (error.syscall === undefined) return error;
  return new Invalid(`${file}\u00a0: ce fichier ne peut pas être écrit (${error.code}).`);
}
