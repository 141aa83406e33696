import { buffer } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { xlsx } from '../../src/delivery/spreadsheet.js';
import type { Sheet, SheetValue } from '../../src/domain/statistics/sheets.js';

const sheet = (name: string, labels: string[], rows: Sheet['rows']): Sheet => ({
  name,
  columns: labels.map((label) => ({ label, width: 12 })),
  rows,
});
const opened = async (sheets: Sheet[], mostLines?: number) => readWorkbook(await buffer(xlsx(sheets, mostLines)));
const partsOf = async (sheets: Sheet[]): Promise<Record<string, string>> => {
  const files = unzipSync(await buffer(xlsx(sheets)));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
};
/** By batches, as the store gives them; tells how many rows were asked for. */
const counted = (count: number, asked: { rows: number; left: boolean }) =>
  (async function* () {
    try {
      for (let place = 0; place < count; place += 2) {
        asked.rows += 2;
        yield [place, place + 1].map((rank): SheetValue[] => [rank, `ligne ${rank}`]);
      }
    } finally {
      asked.left = true;
    }
  })();

describe('a workbook, opened again by another library', () => {
  it('holds each cell as what it is, on every sheet', async () => {
    const rows: SheetValue[][] = [
      ['Écologie & « énergie » <b>', 12, { share: 0.8181 }, { day: '2026-12-31' }],
      ['', 0, { share: 0 }, { day: '2024-02-29' }],
      [null, null, null, null],
      ['deux\nlignes', 3.5, { share: 1 }, { day: '2027-01-01' }],
    ];
    const both = [
      sheet('Projets reçus', ['Besoin', 'Délai', 'Part', 'Reçu le'], rows),
      sheet('Définitions', ['Mot', 'Sens'], [['Part', 'Une part.']]),
    ];
    expect(await opened(both)).toEqual([
      {
        sheet: 'Projets reçus',
        data: [
          ['Besoin', 'Délai', 'Part', 'Reçu le'],
          ['Écologie & « énergie » <b>', 12, 0.8181, new Date('2026-12-31T00:00:00Z')],
          [null, 0, 0, new Date('2024-02-29T00:00:00Z')],
          [null, null, null, null],
          ['deux\nlignes', 3.5, 1, new Date('2027-01-01T00:00:00Z')],
        ],
      },
      {
        sheet: 'Définitions',
        data: [
          ['Mot', 'Sens'],
          ['Part', 'Une part.'],
        ],
      },
    ]);
  });

  it('keeps as texts what looks like formulas, numbers, dates, or codes of Office', async () => {
    const texts = [
      "=cmd|' /C calc'!A0",
      '+33 4 73',
      '-2+3',
      '@SUM(A1)',
      '\ttab',
      '012',
      '2026-12-31',
      '_x0041_',
      '#REF!',
    ];
    const [first] = await opened([sheet('Textes', ['Texte'], [...texts.map((text) => [text])])]);
    expect(first?.data.slice(1).map(([cell]) => cell)).toEqual(texts.map((text) => text.trim()));
    const { 'xl/worksheets/sheet1.xml': xml } = await partsOf([
      sheet('Textes', ['Texte'], [...texts.map((text) => [text])]),
    ]);
    expect(xml).not.toMatch(/<f[ >]/);
    expect(xml).toContain('_x005F_x0041_');
    expect(xml).toContain('<t xml:space="preserve">\ttab</t>');
  });

  it('leaves out what XML cannot hold, and cuts what a cell cannot', async () => {
    const long = 'é'.repeat(40_000);
    const [first] = await opened([sheet('Textes', ['Texte'], [['a\u0000b\u001fc\ud800d\uffffe\r\nf 🚲'], [long]])]);
    expect(first?.data[1]).toEqual(['abcde\nf 🚲']);
    expect(String(first?.data[2]?.[0])).toHaveLength(32_767);
  });

  it('goes on in a further sheet when one is full, with the header again', async () => {
    const rows = Array.from({ length: 7 }, (_, place): SheetValue[] => [place]);
    const sheets = await opened([sheet('Projets', ['Rang'], rows), sheet('projets', ['Rang'], [[9]])], 4);
    expect(sheets).toEqual([
      { sheet: 'Projets', data: [['Rang'], [0], [1], [2]] },
      { sheet: 'Projets (2)', data: [['Rang'], [3], [4], [5]] },
      { sheet: 'Projets (3)', data: [['Rang'], [6]] },
      { sheet: 'projets (4)', data: [['Rang'], [9]] },
    ]);
  });

  it('gives sheets names that Excel takes', async () => {
    const name = "Par axe de la convention / engagement: 'charte' [1]?";
    const names = (await opened([sheet(name, ['A'], []), sheet(name, ['A'], [])])).map((one) => one.sheet);
    expect(names).toEqual(['Par axe de la convention engage', 'Par axe de la convention en (2)']);
    expect(names.every((one) => one.length <= 31)).toBe(true);
  });
});

describe('what a workbook shows', () => {
  it('keeps the header in view, with widths, filters, and formats of shares and days', async () => {
    const parts = await partsOf([
      {
        name: 'A',
        columns: [
          { label: 'Part', width: 44 },
          { label: 'Jour', width: 9 },
        ],
        rows: [[{ share: 0.5 }, { day: '2026-01-02' }]],
      },
    ]);
    const xml = parts['xl/worksheets/sheet1.xml'] ?? '';
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain(
      '<col min="1" max="1" width="44" customWidth="1"/><col min="2" max="2" width="9" customWidth="1"/>',
    );
    expect(xml).toContain('<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">Part</t></is></c>');
    // 2 January 2026 is day 46024 since 30 December 1899.
    expect(xml).toContain('<c r="A2" s="2"><v>0.5</v></c><c r="B2" s="3"><v>46024</v></c>');
    expect(xml).toContain('<autoFilter ref="A1:B2"/>');
    const styles = parts['xl/styles.xml']?.match(/<cellXfs[\s\S]*<\/cellXfs>/)?.[0].match(/<xf [^>]*numFmtId="\d+"/g);
    expect(styles?.map((style) => /numFmtId="(\d+)"/.exec(style)?.[1])).toEqual(['0', '0', '164', '14']);
    expect(parts['xl/styles.xml']).toContain('<numFmt numFmtId="164" formatCode="0.0%"/>');
  });

  it('names cells beyond the 26th column', async () => {
    const labels = Array.from({ length: 54 }, (_, place) => `C${place}`);
    const { 'xl/worksheets/sheet1.xml': xml = '' } = await partsOf([
      sheet('A', labels, [labels.map((_, place) => place)]),
    ]);
    for (const [at, value] of [
      ['Z2', 25],
      ['AA2', 26],
      ['AZ2', 51],
      ['BA2', 52],
      ['BB2', 53],
    ] as const)
      expect(xml).toContain(`<c r="${at}"><v>${value}</v></c>`);
  });
});

describe('a workbook under way', () => {
  it('asks for rows as they are taken, not before', async () => {
    const asked = { rows: 0, left: false };
    const pieces = xlsx([sheet('A', ['Rang', 'Texte'], counted(200_000, asked))]);
    for (let piece = 0; piece < 3; piece += 1) await pieces.next();
    expect(asked.rows).toBeGreaterThan(0);
    expect(asked.rows).toBeLessThan(20_000);
    await pieces.return(undefined);
    expect(asked.left).toBe(true);
  });

  it('fails when its rows do', async () => {
    const broken = (async function* (): AsyncGenerator<SheetValue[][]> {
      yield [['une']];
      throw new Error('the store is away');
    })();
    await expect(buffer(xlsx([sheet('A', ['Texte'], broken)]))).rejects.toThrow('the store is away');
  });
});
