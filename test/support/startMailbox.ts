import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailbox as startEmbedded } from '../../src/embedded/mailbox/startMailbox.js';

/** A real mail server and its pages on spare ports, in a temporary folder that `stop` takes away. `keeps`: how many e-mails. */
export const startMailbox = async (keeps?: number) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mailbox-'));
  const mailbox = await startEmbedded({ dataDir, port: 0, ...(keeps !== undefined && { keeps }) });
  return {
    ...mailbox,
    dataDir,
    async stop(): Promise<void> {
      await mailbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
