import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { dayInWords } from '../../domain/calendar/words.js';
import { type Channel, COUNTER_CHANNELS } from '../../domain/questionnaire/channel.js';
import type { Account } from '../../domain/referrals/access.js';
import { FRONT_PAGE } from '../../domain/referrals/queueFilters.js';
import { NEEDS, type Need } from '../../domain/territory/needs.js';
import { STAGE_IDS, STAGES, stageOfCode } from '../../domain/territory/stages.js';
import type { Partner, Territory } from '../../domain/territory/territory.js';
import { needInWords } from '../projectWords.js';
import { type Choices, type FilterName, ME, NOBODY, queueHref } from './queueAddress.js';

/** What the filters choose among. */
export interface FilterLists {
  partner: Partner;
  people: Account[];
  channels: Channel[];
  reader: Account;
  territory: Territory;
  now: Date;
}

interface Option {
  value: string;
  label: string;
}

const LABELS: Record<FilterName, string> = {
  besoin: 'Besoin',
  avancement: 'Avancement',
  epci: 'Intercommunalité',
  personne: 'Qui l’a',
  retard: 'En retard',
  lien: 'Lien d’entrée',
  du: 'Arrivé à partir du',
  au: 'Arrivé jusqu’au',
};

const byLabel = (a: Option, b: Option): number => a.label.localeCompare(b.label, 'fr');

/** Entry links by name: the front page, the counter's two, those that managers made. */
export const channelOptions = (channels: Channel[]): Option[] => [
  { value: FRONT_PAGE, label: 'Page d’accueil' },
  ...Object.entries(COUNTER_CHANNELS).map(([value, label]) => ({ value, label })),
  ...channels.map(({ code, label }) => ({ value: code, label })).sort(byLabel),
];

const epciOptions = ({ partner, territory }: FilterLists): Option[] =>
  territory.epcis
    .filter(({ siren, department }) => partner.serves.includes(siren) || partner.serves.includes(department))
    .map(({ siren, name }) => ({ value: siren, label: name }))
    .sort(byLabel);

const personOptions = ({ people, reader }: FilterLists): Option[] => [
  { value: ME, label: 'Vous' },
  { value: NOBODY, label: 'Personne encore' },
  ...people
    .filter(({ id }) => id !== reader.id)
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort(byLabel),
];

const optionsOf = (lists: FilterLists): Partial<Record<FilterName, Option[]>> => ({
  besoin: (Object.keys(NEEDS) as Need[]).map((id) => ({ value: id, label: needInWords(id) })).sort(byLabel),
  avancement: STAGE_IDS.map((id) => ({ value: STAGES[id].code, label: STAGES[id].label })),
  epci: epciOptions(lists),
  personne: personOptions(lists),
  lien: channelOptions(lists.channels),
});

/** In words whatever the lists hold: a link that was removed, a colleague who left. */
const valueInWords = (name: FilterName, value: string, options: Option[], { territory, now }: FilterLists): string => {
  if (name === 'du' || name === 'au') return dayInWords(startOfLocalDay(value), now);
  if (name === 'retard') return 'oui';
  const listed = options.find((option) => option.value === value)?.label;
  if (listed) return listed;
  if (name === 'epci') return territory.epci(value)?.name ?? value;
  const stage = stageOfCode(value);
  if (name === 'avancement' && stage) return STAGES[stage].label;
  return name === 'personne' ? 'Une autre personne' : value;
};

/**
 * The filters, ready for views/advisor/queueFilters.ejs: the lists to choose from, and what is filtered in words, each with
 * the address without it.
 */
export const filtersModel = (choices: Choices, lists: FilterLists) => {
  const options = optionsOf(lists);
  const { panier, q } = choices;
  const without = (...names: (keyof Choices)[]): string =>
    queueHref(Object.fromEntries(Object.entries(choices).filter(([name]) => !names.includes(name as keyof Choices))));
  const set = (Object.keys(LABELS) as FilterName[]).filter((name) => choices[name] !== undefined);
  return {
    selects: (Object.keys(options) as FilterName[]).map((name) => ({
      name,
      label: LABELS[name],
      options: (options[name] ?? []).map((option) => ({ ...option, isChosen: option.value === choices[name] })),
    })),
    late: !panier || q ? { isChosen: choices.retard === '1' } : null,
    dates: (['du', 'au'] as const).map((name) => ({ name, label: LABELS[name], value: choices[name] ?? '' })),
    hidden: Object.entries({ ...(panier && { panier }), ...(q && { q }) }).map(([name, value]) => ({ name, value })),
    /** What a search keeps. */
    kept: Object.entries(choices)
      .filter(([name]) => name !== 'q')
      .map(([name, value]) => ({ name, value })),
    q: q ?? '',
    endSearch: q ? without('q') : null,
    set: set.map((name) => ({
      text:
        name === 'retard'
          ? LABELS.retard
          : `${LABELS[name]}\u00a0: ${valueInWords(name, choices[name] ?? '', options[name] ?? [], lists)}`,
      href: without(name),
    })),
    clear: set.length > 1 ? without(...set) : null,
  };
};
