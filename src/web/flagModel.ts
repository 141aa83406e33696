import { type Channel, COUNTER_CHANNELS, isCounterChannel } from '../domain/questionnaire/channel.js';
import { FLAGS } from '../domain/referrals/flags.js';
import type { Project } from '../domain/referrals/referral.js';
import { isHeldBack } from '../domain/routing/decision.js';
import { frenchTypography } from '../domain/territory/typography.js';

/** What is worth a second look before sending a project on: a tag and a sentence for each flag. */
export const flagModel = ({ flags }: Pick<Project, 'flags'>) =>
  flags.map((flag) => ({ label: FLAGS[flag].label, tone: 'soon', sentence: frenchTypography(FLAGS[flag].sentence) }));

/** Did the rules choose a partner, and a flag hold the project back? Then that partner's id. */
export const heldFrom = ({ decision }: Pick<Project, 'decision'>): string | null =>
  isHeldBack(decision) ? (decision.others[0]?.partner ?? null) : null;

const arrivedBy = (code: string, channels: Channel[]): string =>
  isCounterChannel(code)
    ? `Saisi par un partenaire, ${COUNTER_CHANNELS[code].toLowerCase()}`
    : `Arrivé par le lien « ${channels.find((one) => one.code === code)?.label ?? code} »`;

/** In which language to answer, and by which link the person came; empty for French by the front page. */
export const arrivalInWords = (
  { language, channel }: Pick<Project, 'language' | 'channel'>,
  channels: Channel[],
): string =>
  frenchTypography(
    [language === 'en' && 'Écrit en anglais', channel && arrivedBy(channel, channels)].filter(Boolean).join('. '),
  );
