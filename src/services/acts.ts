import type { ActParts } from './act.js';
import { askHolder } from './askHolder.js';
import { bookAppointment } from './bookAppointment.js';
import { bringInPartner } from './bringInPartner.js';
import { cancelAppointment } from './cancelAppointment.js';
import { closeReferral } from './closeReferral.js';
import { declineReferral } from './declineReferral.js';
import { logCall } from './logCall.js';
import type { Parts } from './parts.js';
import { releaseReferral } from './releaseReferral.js';
import { reopenReferral } from './reopenReferral.js';
import { rerouteReferral } from './rerouteReferral.js';
import { takeReferral } from './takeReferral.js';
import { transferReferral } from './transferReferral.js';
import { writeToHolder } from './writeToHolder.js';

/** What a partner's people do on a referral, one file each. */
export const acts = (parts: ActParts & Pick<Parts, 'territory'>) => ({
  takeReferral: takeReferral(parts),
  releaseReferral: releaseReferral(parts),
  transferReferral: transferReferral(parts),
  logCall: logCall(parts),
  bookAppointment: bookAppointment(parts),
  cancelAppointment: cancelAppointment(parts),
  writeToHolder: writeToHolder(parts),
  askHolder: askHolder(parts),
  bringInPartner: bringInPartner(parts),
  rerouteReferral: rerouteReferral(parts),
  declineReferral: declineReferral(parts),
  closeReferral: closeReferral(parts),
  reopenReferral: reopenReferral(parts),
});
