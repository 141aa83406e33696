import { localDay, startOfLocalDay } from '../domain/calendar/businessTime.js';
import { demonstrationPassword, localSecret } from '../embedded/localSecrets.js';
import { Invalid } from '../errors.js';
import { loadDemonstration } from '../services/demonstration/loadDemonstration.js';
import { demonstrationStaff } from '../services/demonstration/people.js';
import { removeDemonstration } from '../services/demonstration/removeDemonstration.js';
import { BadUsage, type Command, type Desk } from './command.js';

/** `desk demo remove | load`: takes the demonstration away, or makes it anew up to yesterday. */
export const demo: Command = async ([what, ...rest], desk) => {
  if (rest.length > 0 || (what !== 'remove' && what !== 'load')) throw new BadUsage('choisissez remove ou load');
  await (what === 'remove' ? remove(desk) : load(desk));
};

const count = (number: number, word: string): string => `${number} ${word}${number > 1 ? 's' : ''}`;

const remove = async (desk: Desk): Promise<void> => {
  const { projects, accounts } = await desk.withStore(removeDemonstration);
  const nothing = projects + accounts === 0;
  desk.print(
    nothing
      ? 'Il n’y avait rien de la démonstration.'
      : `Démonstration retirée\u00a0: ${count(projects, 'projet')} et ${count(accounts, 'compte')}.`,
  );
};

const load = async (desk: Desk): Promise<void> => {
  const { production, mongodbUrl, dataDir } = desk.settings();
  if (production || mongodbUrl)
    throw new Invalid('La démonstration se charge seulement sans MONGODB_URL et hors production.');
  const until = startOfLocalDay(localDay(new Date()));
  const password = demonstrationPassword(localSecret(dataDir));
  await desk.withStore(async (parts) => {
    const { projects } = await loadDemonstration(parts, { until, password });
    const people = demonstrationStaff(parts.territory.partners, parts.demonstration ?? { relays: [] });
    const rows = people.map(({ email }) => `  ${email.padEnd(58)} ${password(email)}`);
    desk.print([`Démonstration chargée\u00a0: ${count(projects, 'projet')}. Comptes\u00a0:`, ...rows].join('\n'));
  });
};
