import { buffer } from 'node:stream/consumers';
import { csv } from '../../src/delivery/csv.js';
import type { SheetValue } from '../../src/domain/statistics/sheets.js';

const bytesOf = (labels: string[], rows: SheetValue[][]): Promise<Buffer> =>
  buffer(csv({ name: 'A', columns: labels.map((label) => ({ label, width: 12 })), rows }));
const textOf = async (labels: string[], rows: SheetValue[][]): Promise<string> =>
  (await bytesOf(labels, rows)).toString();

describe('a CSV file', () => {
  it('is, byte by byte, UTF-8 with its mark, semicolons and lines that end as on Windows', async () => {
    expect(await bytesOf(['Reçu', 'n'], [['é', 2]])).toEqual(
      Buffer.from([
        ...[0xef, 0xbb, 0xbf],
        ...[0x52, 0x65, 0xc3, 0xa7, 0x75, 0x3b, 0x6e, 0x0d, 0x0a],
        ...[0xc3, 0xa9, 0x3b, 0x32, 0x0d, 0x0a],
      ]),
    );
  });

  it('has decimal commas, percentages, days, and nothing for what is unknown', async () => {
    const row: SheetValue[] = [3.5, 1 / 3, { share: 0.8181 }, { day: '2026-12-31' }, null, ''];
    expect(await textOf(['a'], [row])).toBe('\ufeffa\r\n3,5;0,33;81,81;2026-12-31;;\r\n');
  });

  it('quotes what would break a line or a cell', async () => {
    const row = ['a;b', 'dit « oui »', 'a "b" c', 'deux\nlignes', 'deux\r\nlignes'];
    expect(await textOf(['a'], [row])).toBe(
      '\ufeffa\r\n"a;b";dit « oui »;"a ""b"" c";"deux\nlignes";"deux\r\nlignes"\r\n',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+33 4 73', "'+33 4 73"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x";"y")', '"\'=HYPERLINK(""http://x"";""y"")"'],
    ['1=1', '1=1'],
  ])('makes no formula of %j', async (text, written) => {
    expect(await textOf(['a'], [[text]])).toBe(`\ufeffa\r\n${written}\r\n`);
  });

  it('begins no line, and so no formula, inside a text', async () => {
    expect(await textOf(['a'], [['vu\n=1+1']])).toBe('\ufeffa\r\n"vu\n=1+1"\r\n');
  });

  it('makes none of a heading either', async () => {
    expect(await textOf(['=A1'], [])).toBe("\ufeff'=A1\r\n");
  });

  it('asks for rows as they are taken, not before', async () => {
    let asked = 0;
    const rows = (async function* (): AsyncGenerator<SheetValue[][]> {
      for (; asked < 100_000; asked += 2) yield [[asked], [asked + 1]];
    })();
    const pieces = csv({ name: 'A', columns: [{ label: 'a', width: 9 }], rows });
    for (let piece = 0; piece < 3; piece += 1) await pieces.next();
    expect(asked).toBeLessThan(1000);
  });
});
