/** The queues in Redis, and what their jobs carry: ids, no personal data. */
export const DELIVERIES = 'deliveries';
export const REPLAYS = 'replays';
export const TIMETABLE = 'timetable';

/** A job of `deliveries`: the id of the e-mail owed, which is also the job's own id. */
export interface DeliveryJob {
  delivery: string;
}

/** A job of `replays`: the id of the replay, which is also the job's own id. */
export interface ReplayJob {
  replay: string;
}
