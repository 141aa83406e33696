import type { RenderedEmail } from '../delivery/renderEmail.js';
import { EMAIL_IDS, type EmailId, languagesOf, rowOf } from '../domain/emails/catalogue.js';
import { exampleFacts } from '../domain/emails/examples.js';
import { modelOf } from '../domain/emails/models.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Language } from '../domain/territory/language.js';
import { Forbidden, NotFound } from '../errors.js';
import type { Parts } from './parts.js';

/** One e-mail of the catalogue with made-up facts, in one of its languages. */
export interface EmailPreview extends RenderedEmail {
  id: EmailId;
  language: Language;
  /** The others of the catalogue around it; null at its ends. */
  before: EmailId | null;
  after: EmailId | null;
}

const isEmail = (id: string): id is EmailId => EMAIL_IDS.some((each) => each === id);

/**
 * Shows an e-mail as it would leave, with made-up facts, in `asked` or else in French. Throws NotFound for an unknown one,
 * Forbidden for who may not see them.
 */
export const previewEmail =
  ({ addresses, render, territory }: Pick<Parts, 'addresses' | 'render' | 'territory'>) =>
  (reader: Account, id: string, asked: Language): EmailPreview => {
    if (!may(reader, 'seeEmails')) throw new Forbidden();
    if (!isEmail(id)) throw new NotFound();
    const language = languagesOf(id).includes(asked) ? asked : 'fr';
    const unsubscribe = rowOf(id).unsubscribe ? addresses.unsubscribe('s3cret') : '';
    const model = { ...modelOf(id, exampleFacts(id, language, territory)), unsubscribe };
    const at = EMAIL_IDS.indexOf(id);
    return {
      ...render(id, model, language),
      id,
      language,
      before: EMAIL_IDS[at - 1] ?? null,
      after: EMAIL_IDS[at + 1] ?? null,
    };
  };
