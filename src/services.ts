import path from 'node:path';
import { projectRoot, type ServiceConfig } from './config.js';
import { newId, newReference } from './data/records.js';
import { sessionsOn } from './data/sessions.js';
import { openStore } from './data/store.js';
import { loadTerritory } from './data/territoryFiles.js';
import { emailAddresses } from './delivery/addresses.js';
import { deliveryQueue } from './delivery/queue.js';
import { emailRenderer } from './delivery/renderEmail.js';
import { smtpTransport } from './delivery/transport.js';
import { DEFAULT_RULESET } from './domain/routing/ruleset.js';
import { actOnReferral } from './services/actOnReferral.js';
import { readDraft, reopenReceipt, saveDraft } from './services/drafts.js';
import { followProject } from './services/followProject.js';
import type { Parts } from './services/parts.js';
import { readFigures } from './services/readFigures.js';
import { readQueue, readReferral } from './services/readQueue.js';
import { sendDelivery } from './services/sendDelivery.js';
import { settle } from './services/settle.js';
import { signIn } from './services/signIn.js';
import { submitProject } from './services/submitProject.js';
import { sweep } from './services/sweep.js';
import { readProject, readTriage, sendToPartner } from './services/triage.js';

/** Every use case, bound once to its parts. */
export const buildServices = (parts: Parts) => {
  const { settleProject, settleReferral, settleLeftovers } = settle(parts);

  return {
    territory: parts.territory,
    clock: parts.clock,

    readDraft: readDraft(parts),
    saveDraft: saveDraft(parts),
    submitProject: submitProject({ ...parts, settleProject }),
    reopenReceipt: reopenReceipt(parts),
    followProject: followProject(parts),

    signIn: signIn(parts),
    accountById: parts.accounts.byId,

    readQueue: readQueue(parts),
    readReferral: readReferral(parts),
    ...actOnReferral({ ...parts, settleReferral }),

    readTriage: readTriage(parts),
    readProject: readProject(parts),
    sendToPartner: sendToPartner({ ...parts, settleReferral }),

    readFigures: readFigures(parts),

    sendDelivery: sendDelivery(parts),
    sweep: sweep({ ...parts, settleLeftovers }),
  };
};
export type Services = ReturnType<typeof buildServices>;

/** The composition root: connects to the store, the queue and the mail server, and binds the use cases to them. */
export const openServices = async (config: ServiceConfig, clock: () => Date = () => new Date()) => {
  const store = await openStore(config.mongodbUrl);
  const queue = deliveryQueue(config.redisUrl);
  const transport = smtpTransport(config.smtpUrl, { connections: config.emailConcurrency });
  const parts: Parts = {
    ...store,
    territory: loadTerritory(),
    ruleset: DEFAULT_RULESET,
    clock,
    newId,
    newReference,
    enqueue: queue.enqueue,
    render: emailRenderer(path.join(projectRoot, 'views')),
    addresses: emailAddresses(config),
    transport,
  };

  return {
    parts,
    services: buildServices(parts),
    sessions: sessionsOn(store),
    close: async (): Promise<void> => {
      transport.close();
      await queue.close();
      await store.close();
    },
  };
};
export type OpenServices = Awaited<ReturnType<typeof openServices>>;
