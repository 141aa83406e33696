/** By which link a project holder came: told by `?via=CODE` in the address, counted in the figures. */
export interface Channel {
  /** What the address says. */
  code: string;
  /** What the figures say. */
  label: string;
  kind: ChannelKind;
}

export const CHANNEL_KINDS = {
  site: 'Site d’un partenaire',
  event: 'Événement',
  poster: 'Affiche ou dépliant',
  email: 'E-mail ou lettre d’information',
  other: 'Autre',
} as const;
export type ChannelKind = keyof typeof CHANNEL_KINDS;

/** Projects that staff enter for somebody: no link, so no address may claim these codes. */
export const COUNTER_CHANNELS = { guichet: 'Au guichet', telephone: 'Par téléphone' } as const;
export type CounterChannel = keyof typeof COUNTER_CHANNELS;

export const isCounterChannel = (code: string): code is CounterChannel => Object.hasOwn(COUNTER_CHANNELS, code);

const LONGEST = 40;
const CODE = /^[a-z0-9-]{1,40}$/;

/** Lower-case letters, figures and hyphens, 40 at most: anything else in an address is no code, nor are those of the counter. */
export const isChannelCode = (value: unknown): value is string =>
  typeof value === 'string' && CODE.test(value) && !isCounterChannel(value);

/** "Salon de l’industrie 2027" gives "salon-de-l-industrie-2027"; `attempt` above 1 tells it from one that is taken. */
export const channelCode = (label: string, attempt = 1): string => {
  const words = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const plain = words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'lien';
  const end = attempt > 1 ? `-${attempt}` : '';
  return plain.slice(0, LONGEST - end.length).replace(/-+$/, '') + end;
};
