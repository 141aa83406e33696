import { scaleLinear, scaleLog } from 'd3-scale';
import { line as lineThrough } from 'd3-shape';

/** Milliseconds of one thing, by how many referrals there are. */
export interface Line {
  name: string;
  points: { size: number; time: number }[];
}
type Point = Line['points'][number];

const WIDTH = 760;
const HEIGHT = 400;
const ROOM = { top: 48, right: 150, bottom: 56, left: 56 };
/** Between two labels, one under the other. */
const LEADING = 17;
const NUMBER = new Intl.NumberFormat('en');

/** Okabe and Ito's colours, told apart by everybody; darker on light, lighter on dark. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #333 }
  .title { font-size: 15px; font-weight: 600 }
  .paper { fill: #fff } .rule { stroke: #ddd } .line { fill: none; stroke-width: 2.5 }
  .c0 { --own: #0072b2 } .c1 { --own: #b84a00 } .c2 { --own: #007a58 } .c3 { --own: #a1467f } .c4 { --own: #555 }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd } .paper { fill: #15181c } .rule { stroke: #3a3f45 }
    .c0 { --own: #56b4e9 } .c1 { --own: #f0903c } .c2 { --own: #2fc99a } .c3 { --own: #e39ac6 } .c4 { --own: #bbb }
  }
  .line { stroke: var(--own) } .dot, .name { fill: var(--own) }`;

/** Places for labels as near as can be to where they should be, each at least LEADING under the one before, none under `floor`. */
const apart = (wanted: number[], floor: number): number[] => {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.max(y, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + LEADING));
  for (let i = placed.length - 1, below = floor; i >= 0; i -= 1, below -= LEADING)
    placed[i] = Math.min(placed[i] ?? 0, below);
  return placed;
};

/** How time grows with the desk, as an SVG picture that stands alone: a line each thing, named at its end. */
export const drawGrowth = (lines: Line[]): string => {
  const all = lines.flatMap(({ points }) => points);
  const sizes = [...new Set(all.map(({ size }) => size))].sort((a, b) => a - b);
  const x = scaleLog([sizes[0] ?? 1, sizes.at(-1) ?? 10], [ROOM.left, WIDTH - ROOM.right]);
  const highest = Math.max(...all.map(({ time }) => time));
  const y = scaleLinear([0, highest], [HEIGHT - ROOM.bottom, ROOM.top]).nice(5);
  const path = lineThrough<Point>(
    ({ size }) => x(size),
    ({ time }) => y(time),
  );
  const ended = lines
    .map(({ name, points }, own) => ({ name, points, own, last: points.at(-1)?.time ?? 0 }))
    .sort((a, b) => b.last - a.last);
  const places = apart(
    ended.map(({ last }) => y(last)),
    HEIGHT - ROOM.bottom,
  );
  const grid = y.ticks(5).map(
    (time) => `<line class="rule" x1="${ROOM.left}" x2="${WIDTH - ROOM.right}" y1="${y(time)}" y2="${y(time)}"/>
<text x="${ROOM.left - 8}" y="${y(time) + 4}" text-anchor="end">${time}</text>`,
  );
  const marks = sizes.map(
    (size) =>
      `<text x="${x(size)}" y="${HEIGHT - ROOM.bottom + 22}" text-anchor="middle">${NUMBER.format(size)}</text>`,
  );
  const drawn = ended.map(({ name, points, own, last }, place) => {
    const dots = points.map(({ size, time }) => `<circle class="dot" cx="${x(size)}" cy="${y(time)}" r="3.5"/>`);
    const label = `${name}, ${last.toFixed(last < 10 ? 1 : 0)} ms`;
    return `<g class="c${own}"><path class="line" d="${path(points)}"/>${dots.join('')}
<text class="name" x="${WIDTH - ROOM.right + 12}" y="${(places[place] ?? 0) + 4}">${label}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Milliseconds by how many referrals there are">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="${ROOM.left}" y="26">Milliseconds, as the desk grows</text>
${[...grid, ...marks, ...drawn].join('\n')}
<text x="${(ROOM.left + WIDTH - ROOM.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">referrals in the store</text>
</svg>
`;
};
