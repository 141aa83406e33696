import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** No letters or figures that are mistaken for one another. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The secret made for this machine at the first start, kept under DATA_DIR for its owner alone. */
export const localSecret = (dataDir: string): string => {
  const file = path.join(dataDir, 'secret');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (known) return known;
  mkdirSync(dataDir, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(`${file}.part`, `${secret}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
  return secret;
};

/** The password of a demonstration account on this machine: the same at each start, another on each machine. */
export const demonstrationPassword =
  (secret: string) =>
  (email: string): string => {
    const bytes = createHmac('sha256', secret).update(`demonstration:${email}`).digest();
    const signs = Array.from(bytes.subarray(0, 12), (byte) => CLEAR[byte % CLEAR.length]).join('');
    return `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}`;
  };
