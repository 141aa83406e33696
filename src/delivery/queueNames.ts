/** The queues in Redis, and what their jobs carry: ids, no personal data. */
export const DELIVERIES = 'deliveries';
export const TIMETABLE = 'timetable';

/** A job of `deliveries`: the id of the e-mail owed, which is also the job's own id. */
export interface DeliveryJob {
  delivery: string;
}
