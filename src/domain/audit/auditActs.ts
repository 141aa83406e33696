/**
 * What the audit log keeps, row by row: acts that a person in charge may have to answer for. `words` stand after the name of who
 * did it, in the list that administrators read. What happens to a project is told by its events; here is who looked, who took
 * data out, and who changed what others may do.
 */
export const AUDIT_ACTS = {
  'signed-in': { group: 'sign-in', words: 's’est connecté' },
  'sign-in-refused': { group: 'sign-in', words: 'n’a pas pu se connecter' },
  'signed-out': { group: 'sign-in', words: 's’est déconnecté' },
  'sessions-ended': { group: 'sign-in', words: 'a fermé des connexions' },
  'access-refused': { group: 'refusal', words: 'a demandé une page ou un acte que son rôle ne permet pas' },

  'sheet-read': { group: 'reading', words: 'a lu la fiche d’un projet' },
  'list-read': { group: 'reading', words: 'a lu une liste' },
  'messages-read': { group: 'reading', words: 'a lu des messages reçus' },
  'export-asked': { group: 'export', words: 'a demandé un fichier de données' },
  'export-fetched': { group: 'export', words: 'a téléchargé un fichier de données' },
  'personal-data-given': { group: 'export', words: 'a téléchargé les données d’une personne' },

  'rules-published': { group: 'rules', words: 'a publié des règles' },
  'rules-draft-changed': { group: 'rules', words: 'a modifié le brouillon des règles' },
  'report-issued': { group: 'settings', words: 'a arrêté un rapport' },
  'settings-changed': { group: 'settings', words: 'a modifié des réglages' },

  'account-invited': { group: 'accounts', words: 'a invité une personne' },
  'account-changed': { group: 'accounts', words: 'a modifié un compte' },
  'account-closed': { group: 'accounts', words: 'a fermé un compte' },
  'account-reopened': { group: 'accounts', words: 'a rouvert un compte' },
  'password-changed': { group: 'accounts', words: 'a changé de mot de passe' },
  'second-factor-set': { group: 'accounts', words: 'a mis en place la double authentification' },
  'second-factor-removed': { group: 'accounts', words: 'a retiré la double authentification' },
  'recovery-code-used': { group: 'accounts', words: 's’est servi d’un code de secours' },
  'recovery-codes-made': { group: 'accounts', words: 'a fait de nouveaux codes de secours' },

  'project-erased': { group: 'erasure', words: 'a effacé les données d’un projet' },
  'account-erased': { group: 'erasure', words: 'a effacé les données d’un compte' },
  purged: { group: 'erasure', words: 'a effacé ce dont la durée de conservation est passée' },
} as const satisfies Record<string, { group: string; words: string }>;
export type AuditAct = keyof typeof AUDIT_ACTS;
export type AuditGroup = (typeof AUDIT_ACTS)[AuditAct]['group'];

/** Who did it: an account, the holder of a project, nobody known (a sign-in that failed), or the desk by itself. */
export type AuditActor = { account: string } | 'holder' | 'unknown' | 'desk';

/** What it was done to. Ids and codes only: names and addresses are looked up when the log is read, and go with their account. */
export interface AuditSubject {
  kind: 'account' | 'project' | 'referral' | 'export' | 'report' | 'ruleset' | 'page';
  id: string;
}

/** One thing to be kept in the audit log. `detail`: codes and counts, never free text nor an address. */
export interface AuditNote {
  act: AuditAct;
  actor: AuditActor;
  about?: AuditSubject;
  detail?: Record<string, string | number | boolean>;
}
