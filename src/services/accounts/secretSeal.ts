import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Seals what the store must not show by itself: whoever has a copy of the store also needs the settings. */
export interface SecretSeal {
  /** `about`: whose secret it is; it opens for nobody else. */
  close(secret: string, about: string): string;
  /** Null when none of our secrets sealed it, or it was sealed for another. */
  open(sealed: string, about: string): string | null;
}

const ALGORITHM = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'second factor', 32));

const openWith = (key: Buffer, bytes: Buffer, about: string): string | null => {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
    return decipher.update(bytes.subarray(IV + TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
};

/** AES-256-GCM under a key made from the first of these secrets (SESSION_SECRETS); opens what any of them sealed. */
export const sealWith = (secrets: string[]): SecretSeal => {
  const keys = secrets.map(keyOf);
  const [first] = keys;
  return {
    close(secret, about) {
      if (!first) throw new Error('no secret to seal with');
      const iv = randomBytes(IV);
      const cipher = createCipheriv(ALGORITHM, first, iv, { authTagLength: TAG });
      cipher.setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const key of keys) {
        const secret = openWith(key, bytes, about);
        if (secret !== null) return secret;
      }
      return null;
    },
  };
};
