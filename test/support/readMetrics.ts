/** One line of /metrics: name, labels in their order, value. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}
interface Family {
  name: string;
  type: string;
  samples: Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LINE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (Na[Nn]|[+-]Inf|[-+\\d.e]+)$`);
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\n"])*)"(?:,|$)/;

const labelsOf = (text: string): Record<string, string> => {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== ''; ) {
    const [whole = '', name = '', value = ''] = LABEL.exec(rest) ?? [];
    if (!whole || name in labels) throw new Error(`labels: ${text}`);
    labels[name] = value;
    rest = rest.slice(whole.length);
  }
  return labels;
};

const sampleOf = (line: string): Sample => {
  const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? [];
  if (!name) throw new Error(`no sample: ${line}`);
  return { name, labels: labelsOf(labels), value: Number(value.replace('Inf', 'Infinity')) };
};

/** The names that samples of a family may have. */
const namesOf = ({ name, type }: Family): string[] =>
  type === 'histogram' || type === 'summary' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];

const checkHistogram = ({ name, samples }: Family): void => {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const [labels, lines] of series) {
    const buckets = lines.filter((line) => line.name.endsWith('_bucket'));
    const grows = buckets.every(({ value }, at) => value >= (buckets[at - 1]?.value ?? 0));
    const total = lines.find((line) => line.name.endsWith('_count'))?.value;
    const last = buckets.at(-1);
    if (!grows || last?.labels['le'] !== '+Inf' || last.value !== total)
      throw new Error(`histogram: ${name} ${labels}`);
  }
};

/**
 * Reads what Prometheus reads (text format 0.0.4), as strictly as its own checker: each family said once, with its help and
 * type before its samples, no series twice, buckets that add up. Throws what is wrong; gives the samples.
 */
export const readMetrics = (text: string): Sample[] => {
  if (!text.endsWith('\n')) throw new Error('no line feed at the end');
  const families = new Map<string, Family>();
  const helped = new Set<string>();
  let current: Family | null = null;
  for (const line of text.split('\n')) {
    const [, keyword, name = '', rest = ''] = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`).exec(line) ?? [];
    if (keyword === 'HELP') helped.add(name);
    else if (keyword === 'TYPE') {
      if (families.has(name) || !helped.has(name)) throw new Error(`said twice, or without help: ${name}`);
      if (rest === 'counter' && !name.endsWith('_total')) throw new Error(`a counter's name: ${name}`);
      current = { name, type: rest, samples: [] };
      families.set(name, current);
    } else if (line !== '') {
      const sample = sampleOf(line);
      if (!current || !namesOf(current).includes(sample.name)) throw new Error(`outside its family: ${line}`);
      current.samples.push(sample);
    }
  }
  const samples = [...families.values()].flatMap((family) => family.samples);
  const series = samples.map(({ name, labels }) => `${name} ${JSON.stringify(Object.entries(labels).sort())}`);
  if (new Set(series).size < series.length) throw new Error('a series stands twice');
  for (const family of families.values()) if (family.type === 'histogram') checkHistogram(family);
  return samples;
};
