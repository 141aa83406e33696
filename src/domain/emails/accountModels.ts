import type { AccountEmailFacts, EmailFacts, EmailModel } from './emailFacts.js';

/** Makes a model of an e-mail about an account. */
const ofAccount =
  (model: (facts: AccountEmailFacts) => EmailModel) =>
  (facts: EmailFacts): EmailModel => {
    if (facts.about !== 'account') throw new Error(`This e-mail is about an account, not about a ${facts.about}`);
    return model(facts);
  };

const named = ({ account, link }: AccountEmailFacts) => ({ link, name: account?.name ?? '' });

const digest = (facts: AccountEmailFacts) => ({
  ...named(facts),
  figures: facts.digest?.figures ?? [],
  sections: facts.digest?.sections ?? [],
});

const report = (facts: AccountEmailFacts) => ({
  ...named(facts),
  period: facts.report?.period ?? '',
  lines: facts.report?.lines ?? [],
  by: facts.report?.issued?.by ?? '',
  hasFile: facts.report?.hasFile ?? false,
});

/** The words of each e-mail about an account: to its person, or about a colleague's. */
export const ACCOUNT_MODELS = {
  'advisor-digest': ofAccount(digest),
  'manager-weekly': ofAccount(digest),
  'manager-report-ready': ofAccount(report),
  'report-issued': ofAccount(report),
  'account-invitation': ofAccount(named),
  'account-sign-in': ofAccount(named),
  'account-reset': ofAccount(named),
  'account-password-changed': ofAccount(named),
  'account-protection-changed': ofAccount(named),
  'account-closed': ofAccount(named),
  'account-export-ready': ofAccount(named),
  'lead-colleague-refused': ofAccount(named),
} as const;
