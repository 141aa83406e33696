import { type Connection, Schema } from 'mongoose';
import { ignoreDuplicate } from './records.js';

/** Whom a provider of sign-ins means by a name of its own. */
export interface ProviderIdentity {
  issuer: string;
  subject: string;
}

interface IdentityRecord extends ProviderIdentity {
  /** Issuer and account: one person at each provider for an account. */
  _id: string;
  account: string;
  since: Date;
}

const schema = new Schema<IdentityRecord>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    issuer: { type: String, required: true },
    subject: { type: String, required: true },
    since: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ issuer: 1, subject: 1 }, { unique: true });
schema.index({ account: 1 });

/** Who signs in by single sign-on: from the first time on, the provider's name for the person counts, and no address any more. */
export const providerIdentitiesOn = (connection: Connection) => {
  const model = connection.model('ProviderIdentity', schema, 'providerIdentities');
  return {
    model,

    /** The account that signs in by this identity; null: none yet. */
    async accountOf({ issuer, subject }: ProviderIdentity): Promise<string | null> {
      const found = await model.findOne({ issuer, subject }, { account: 1 }).lean<Pick<IdentityRecord, 'account'>>();
      return found?.account ?? null;
    },

    /** Changes nothing when the account has another identity at this provider, or the identity opens another account. */
    async remember(account: string, { issuer, subject }: ProviderIdentity, since: Date): Promise<void> {
      const _id = `${issuer} ${account}`;
      await ignoreDuplicate(model.create({ _id, account, issuer, subject, since }));
    },

    /** The account goes, or its person changed at the provider: the next sign-in goes by the e-mail address again. */
    async forget(account: string): Promise<void> {
      await model.deleteMany({ account });
    },
  };
};
