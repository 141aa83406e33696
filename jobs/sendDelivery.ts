import type { Processor } from 'bullmq';
import type { DeliveryJob } from '../src/delivery/queueNames.js';
import { inGroups } from '../src/services/sending/inGroups.js';
import type { SendDelivery } from '../src/services/sending/sendDelivery.js';

/** While one group is written to the mail server, the next one is prepared. */
const GROUPS = 2;

/** Sends the e-mails that jobs name, `atOnce` of them under way: in two groups, whose e-mails ask the store together. */
export const sendDeliveryJob = (sendDelivery: SendDelivery, atOnce: number): Processor<DeliveryJob, string> => {
  const send = inGroups(sendDelivery, { groups: GROUPS, atMost: Math.ceil(atOnce / GROUPS) });
  return (job) => send(job.data.delivery);
};
