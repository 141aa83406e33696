import { ACTS, type AdvisorAct } from './lifecycle.js';

/** The forms of a sheet that are kept half filled in. */
export type DraftForm = AdvisorAct | 'note' | 'message';

/** Is this the name of such a form? */
export const isDraftForm = (form: string): form is DraftForm =>
  form === 'note' || form === 'message' || Object.hasOwn(ACTS, form);
