import { settingsChanged } from '../domain/audit/auditNotes.js';
import { type Channel, channelCode, isCounterChannel } from '../domain/questionnaire/channel.js';
import { type Account, may } from '../domain/referrals/access.js';
import { Forbidden, NotFound } from '../errors.js';
import type { Parts } from './parts.js';

/** An entry link with its full address, and how many projects came by it. */
export interface ChannelInUse extends Channel {
  address: string;
  projects: number;
}

const mustSee = (reader: Account): void => {
  if (!may(reader, 'seeChannels')) throw new Forbidden();
};

/** The entry links, newest first. Throws Forbidden for other roles than managers. */
export const listChannels =
  ({ addresses, channels, projects }: Pick<Parts, 'addresses' | 'channels' | 'projects'>) =>
  async (reader: Account): Promise<ChannelInUse[]> => {
    mustSee(reader);
    const [all, counts] = await Promise.all([channels.all(), projects.countByChannel()]);
    return all.map((channel) => ({
      ...channel,
      address: addresses.entry(channel.code),
      projects: counts.get(channel.code) ?? 0,
    }));
  };

/** One entry link. Throws NotFound for an unknown code, Forbidden for other roles than managers. */
export const readChannel =
  ({ addresses, channels }: Pick<Parts, 'addresses' | 'channels'>) =>
  async (reader: Account, code: string): Promise<Channel & { address: string }> => {
    mustSee(reader);
    const channel = await channels.byCode(code);
    if (!channel) throw new NotFound();
    return { ...channel, address: addresses.entry(code) };
  };

/** Makes an entry link; its code comes from its label. Throws Forbidden for other roles than managers. */
export const addChannel =
  (parts: Pick<Parts, 'channels' | 'clock' | 'note'>) =>
  async (by: Account, link: Pick<Channel, 'label' | 'kind'>): Promise<Channel> => {
    mustSee(by);
    const channel = await insertChannel(parts)(by, link);
    await parts.note(settingsChanged(by, 'channels', { added: channel.code }));
    return channel;
  };

/** Under the first code of its label that nobody has. */
export const insertChannel =
  ({ channels, clock }: Pick<Parts, 'channels' | 'clock'>) =>
  async (by: Account, { label, kind }: Pick<Channel, 'label' | 'kind'>): Promise<Channel> => {
    for (let attempt = 1; ; attempt += 1) {
      const channel = { code: channelCode(label, attempt), label, kind };
      if (isCounterChannel(channel.code)) continue;
      if (await channels.insert(channel, by.id, clock())) return channel;
    }
  };

/** Takes an entry link off the list: it still opens the desk, and its projects count among the other links. */
export const removeChannel =
  ({ channels, note }: Pick<Parts, 'channels' | 'note'>) =>
  async (by: Account, code: string): Promise<void> => {
    mustSee(by);
    await channels.remove(code);
    await note(settingsChanged(by, 'channels', { removed: code }));
  };
