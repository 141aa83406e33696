import type { EmailId } from './catalogue.js';
import type { EmailFacts, EmailModel } from './emailFacts.js';
import { HOLDER_MODELS } from './holderModels.js';
import { STAFF_MODELS } from './staffModels.js';
import { subjectOf } from './subjects.js';

const MODELS = { ...HOLDER_MODELS, ...STAFF_MODELS } as const satisfies Record<
  EmailId,
  (facts: EmailFacts) => EmailModel
>;

/** The words of an e-mail. Throws when something that it names is not in the store yet: it is tried again later. */
export const modelOf = (email: EmailId, facts: EmailFacts): EmailModel & { subject: string; also: string[] } => ({
  ...MODELS[email](facts),
  subject: subjectOf(email, facts),
  also: facts.about === 'project' ? facts.also : [],
});
