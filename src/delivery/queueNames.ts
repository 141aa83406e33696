/** The queues in Redis, and what their jobs carry: ids, no personal data. */
export const DELIVERIES = 'deliveries';
export const REPLAYS = 'replays';
export const EXPORTS = 'exports';
export const TIMETABLE = 'timetable';

/** Before every key of a queue. In braces: a cluster keeps all of them on one node, as the queues' scripts need. */
export const PREFIX = '{desk}';

/** The id of the request that asked for a job (X-Request-Id), for the log; none when it was found due. */
export interface OfRequest {
  request?: string;
}

/** A job of `deliveries`: the id of the e-mail owed, which is also the job's own id. */
export interface DeliveryJob extends OfRequest {
  delivery: string;
}

/** A job of `exports`: the id of the export, which is also the job's own id. */
export interface ExportJob extends OfRequest {
  export: string;
}

/** A job of `replays`: the id of the replay, which is also the job's own id. */
export interface ReplayJob extends OfRequest {
  replay: string;
}
