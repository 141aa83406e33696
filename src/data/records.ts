import { randomUUID } from 'node:crypto';

/** Random identifier of a record. Not secret, not guessable. */
export const newId = (): string => randomUUID();

const isDuplicate = (error: unknown): boolean => (error as { code?: number }).code === 11000;

/** Waits for a write with a natural key: true when it wrote, false when the record was there already. */
export const ignoreDuplicate = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};
