import type { DraftForm } from '../../domain/referrals/draftForm.js';
import type { AdvisorAct } from '../../domain/referrals/lifecycle.js';
import { paths } from '../../paths.js';

const ACT_ADDRESSES: Record<AdvisorAct, (id: string) => string> = {
  take: paths.take,
  release: paths.release,
  transfer: paths.transfer,
  logCall: paths.logCall,
  book: paths.book,
  write: paths.write,
  askHolder: paths.askHolder,
  bringIn: paths.bringIn,
  reroute: paths.reroute,
  decline: paths.decline,
  close: paths.close,
  reopen: paths.reopen,
};
const ADDRESSES: Record<DraftForm, (id: string) => string> = {
  ...ACT_ADDRESSES,
  note: paths.addNote,
  message: paths.shareMessage,
};

/** Where a form about a referral is filled in. */
export const formAddress = (form: DraftForm, referral: string): string => ADDRESSES[form](referral);

/** Where it is kept half filled in. */
export const draftAddress = (form: DraftForm, referral: string): string =>
  `${paths.noteDraft(referral)}?formulaire=${form}`;
