/** How long somebody stays signed in: so long without doing anything, and never longer than a working day. */
export const SESSION_LIMITS = { idleHours: 8, absoluteHours: 12 };

const HOUR = 3600 * 1000;

/** When a session ends by itself: whichever limit comes first. */
export const sessionEnd = ({ startedAt, seenAt }: { startedAt: Date; seenAt: Date }): Date => {
  const idle = seenAt.getTime() + SESSION_LIMITS.idleHours * HOUR;
  const absolute = startedAt.getTime() + SESSION_LIMITS.absoluteHours * HOUR;
  return new Date(Math.min(idle, absolute));
};
