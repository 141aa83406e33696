import type { Processor } from 'bullmq';
import type { DeliveryJob } from '../src/delivery/queueNames.js';
import type { SendDelivery } from '../src/services/sendDelivery.js';

/** Sends the e-mail that the job names. */
export const sendDeliveryJob =
  (sendDelivery: SendDelivery): Processor<DeliveryJob, string> =>
  (job) =>
    sendDelivery(job.data.delivery);
