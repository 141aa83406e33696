/** How advisors and leads are told what is new. Reminders and escalations always leave by themselves. */
export const NEWS_PACES = {
  'at-once': 'Un message à chaque nouvelle',
  daily: 'Un seul message, chaque matin ouvré',
  weekly: 'Un seul message, le lundi matin',
} as const;
export type NewsPace = keyof typeof NEWS_PACES;

/** What an account decided of its e-mails. `digest`: false once unsubscribed from the messages that sum up what waits. */
export interface EmailPreferences {
  news: NewsPace;
  digest: boolean;
}

export const DEFAULT_PREFERENCES: EmailPreferences = { news: 'at-once', digest: true };
