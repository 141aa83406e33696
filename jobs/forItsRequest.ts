import type { Processor } from 'bullmq';
import type { OfRequest } from '../src/delivery/queueNames.js';
import { forRequest } from '../src/logger.js';

/** Does a job in the name of the request that asked for it: each of its log lines says which. */
export const forItsRequest =
  <Data extends OfRequest>(work: Processor<Data, string>): Processor<Data, string> =>
  (job, ...rest) => {
    const { request } = job.data;
    return request === undefined ? work(job, ...rest) : forRequest(request, () => work(job, ...rest));
  };
