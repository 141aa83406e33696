import type { Territory } from './territory.js';

/** Something that a file of the folder names and no other has: which file, where in it, what. */
export interface Mismatch {
  file: string;
  field: string;
  value: string;
}

/** What the files of a territory's folder say of each other and does not hold; none when they fit. Total. */
export function mismatches(territory: Territory): Mismatch[] {
  return [...ofWords(territory), ...ofEpcis(territory), ...ofPartners(territory)];
}

function ofWords({ words, commune, partner, epci }: Territory): Mismatch[] {
  const { examples, map } = words;
  const isDesk = (id: string): boolean => partner(id)?.role === 'desk';
  const found: [string, string, boolean][] = [
    ['examples.commune', examples.commune, commune(examples.commune) !== undefined],
    ['examples.desk', examples.desk, isDesk(examples.desk)],
    ['examples.otherDesk', examples.otherDesk, isDesk(examples.otherDesk)],
    ...Object.entries(map.tiles).map(([siren, { column, row }]): [string, string, boolean] => [
      `map.tiles.${siren}`,
      siren,
      epci(siren) !== undefined && column < map.columns && row < map.rows,
    ]),
  ];
  return found.flatMap(([field, value, holds]) => (holds ? [] : [{ file: 'territory.json', field, value }]));
}

function ofEpcis({ epcis, words }: Territory): Mismatch[] {
  return epcis.flatMap(({ siren, territoireIndustrie, population }, place) => [
    ...(population > 0 ? [] : [{ file: 'communes.json', field: 'epci', value: `${siren}: no commune with people` }]),
    ...(territoireIndustrie === null || Object.hasOwn(words.alliances, territoireIndustrie)
      ? []
      : [{ file: 'epci.json', field: `[${place}].territoireIndustrie`, value: territoireIndustrie }]),
  ]);
}

/** A partner serves EPCI of the perimeter, départements, and communes. */
function ofPartners({ partners, epci, commune, isDepartment }: Territory): Mismatch[] {
  const ids = partners.map(({ id }) => id);
  return partners.flatMap(({ id, serves, servesCommunes }, place) => {
    const wrong = (field: string, value: string): Mismatch => ({
      file: 'partners.json',
      field: `[${place}].${field}`,
      value,
    });
    return [
      ...(ids.indexOf(id) === place ? [] : [wrong('id', `${id}: twice`)]),
      ...serves.filter((one) => !epci(one) && !isDepartment(one)).map((one) => wrong('serves', one)),
      ...servesCommunes.filter((code) => !commune(code)).map((code) => wrong('servesCommunes', code)),
    ];
  });
}
