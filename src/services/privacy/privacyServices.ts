import type { Parts } from '../parts.js';
import type { Settle } from '../settle.js';
import { dataOnRequest, eraseOnRequest, readDataRequest } from './dataRequests.js';
import { eraseAccount } from './eraseAccount.js';
import { readProcessing } from './readProcessing.js';
import { fetchStaffData, readStaffData } from './readStaffData.js';

/** What people may ask of their data, and what the service must be able to show. */
export const privacyServices = (parts: Parts & { settleProject: Settle['settleProject'] }) => ({
  readProcessing: readProcessing(parts),
  readDataRequest: readDataRequest(parts),
  dataOnRequest: dataOnRequest(parts),
  eraseOnRequest: eraseOnRequest(parts),
  readStaffData: readStaffData(parts),
  fetchStaffData: fetchStaffData(parts),
  eraseAccount: eraseAccount(parts),
});
