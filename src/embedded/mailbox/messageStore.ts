import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Envelope, type MailboxMessage, readMessage } from './message.js';

const ID_LENGTH = 8;
const FILE = /^\d{8}\.json$/;

/** Survives a power cut once it resolves: written aside, forced to disk, then given its name. */
const writeSafely = async (file: string, content: string): Promise<void> => {
  const handle = await open(`${file}.part`, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
};

/** Keeps messages as one JSON file each in `folder`, the newest `atMost`, and all of them in memory. */
export const openMessageStore = async (folder: string, atMost: number) => {
  await mkdir(folder, { recursive: true });
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  const names = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
  const messages: MailboxMessage[] = [];
  for (const name of names) messages.push(JSON.parse(await readFile(join(folder, name), 'utf8')));
  let last = Number(messages.at(-1)?.id ?? 0);

  const forgetOldest = async (): Promise<void> => {
    const old = messages.splice(0, Math.max(0, messages.length - atMost));
    for (const { id } of old) await rm(fileOf(id), { force: true });
  };

  return {
    /** Resolves when the message is on disk. */
    async keep(raw: Buffer, envelope: Envelope): Promise<MailboxMessage> {
      last += 1;
      const id = String(last).padStart(ID_LENGTH, '0');
      const message = await readMessage(raw, { id, time: new Date().toISOString(), envelope });
      await writeSafely(fileOf(id), JSON.stringify(message));
      messages.push(message);
      messages.sort((a, b) => (a.id < b.id ? -1 : 1));
      await forgetOldest();
      return message;
    },

    /** Oldest first. */
    all: (): readonly MailboxMessage[] => messages,
    byId: (id: string): MailboxMessage | undefined => messages.find((message) => message.id === id),
  };
};
export type MessageStore = Awaited<ReturnType<typeof openMessageStore>>;
