/**
 * The perimeter as tiles, one an EPCI, north up: four columns from west to east, seven rows from north to south. Placed by
 * hand after the chief towns (Saint-Pourçain 46.3 N, Vichy 46.1, Riom 45.9, Clermont 45.8, Issoire 45.5, Brioude 45.3), so
 * that neighbours stay neighbours as far as four columns allow; the gaps are places outside the perimeter, or none. No
 * outline of the EPCI can be had without a service of others, and equal tiles do not make large communes look important.
 * `label`: in lines that fit a tile on a telephone. By SIREN (data/territory/epci.json).
 */
export interface Tile {
  column: number;
  row: number;
  label: string[];
}

export const TILES: Record<string, Tile> = {
  '200071389': { column: 1, row: 0, label: ['Saint-', 'Pourçain'] },
  '240300491': { column: 3, row: 0, label: ['Lapalisse'] },
  '200071199': { column: 1, row: 1, label: ['Plaine', 'Limagne'] },
  '200071363': { column: 2, row: 1, label: ['Vichy'] },
  '200072098': { column: 0, row: 2, label: ['Combrailles'] },
  '200070753': { column: 1, row: 2, label: ['Riom'] },
  '246301097': { column: 2, row: 2, label: ['Entre Dore', 'et Allier'] },
  '200070712': { column: 3, row: 2, label: ['Thiers'] },
  '246300701': { column: 1, row: 3, label: ['Clermont', 'Métropole'] },
  '200067627': { column: 2, row: 3, label: ['Billom'] },
  '200069177': { column: 1, row: 4, label: ['Mond’', 'Arverne'] },
  '200070761': { column: 2, row: 4, label: ['Ambert'] },
  '200065886': { column: 3, row: 4, label: ['Loire', 'Forez'] },
  '200070407': { column: 1, row: 5, label: ['Issoire'] },
  '244301099': { column: 2, row: 5, label: ['Auzon'] },
  '200085728': { column: 2, row: 6, label: ['Brioude'] },
};
export const TILE_COLUMNS = 4;
export const TILE_ROWS = 7;
