declare module '@socialgouv/jours-feries' {
  /** The public holidays of a year by name, as UTC midnights; with `alsace`, the two that only Alsace-Moselle keeps. */
  export default function getJoursFeries(year: number, options?: { alsace?: boolean }): Record<string, Date>;
}
