/** How advisors and leads are told what is new. Reminders and escalations always leave by themselves. */
export const NEWS_PACES = {
  'at-once': 'Un message à chaque nouvelle',
  daily: 'Un seul message, chaque matin ouvré',
  weekly: 'Un seul message, le lundi matin',
} as const;
export type NewsPace = keyof typeof NEWS_PACES;

/**
 * What an account decided of its e-mails. `digest`: false once unsubscribed from the messages that sum up what waits. News
 * that are left to them need them: only who is told at once may do without.
 */
export interface EmailPreferences {
  news: NewsPace;
  digest: boolean;
}

export const DEFAULT_PREFERENCES: EmailPreferences = { news: 'at-once', digest: true };

/** No more messages that sum up. News come one by one again: left to a message that does not leave, nobody would hear them. */
export const UNSUBSCRIBED: EmailPreferences = { news: 'at-once', digest: false };

/** What was chosen, so that no news is left to a message that does not leave. */
export const withDigestFor = ({ news, digest }: EmailPreferences): EmailPreferences => ({
  news,
  digest: digest || news !== 'at-once',
});
