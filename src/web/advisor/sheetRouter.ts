import { type RequestHandler, Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { showConflict } from '../middleware/showConflict.js';
import { requires } from '../middleware/staffSession.js';
import { askHolderScreen } from './askHolder.js';
import { bookScreen } from './book.js';
import { bringInScreen } from './bringIn.js';
import { calendarFileScreen } from './calendarFile.js';
import { cancelBookingScreen } from './cancelBooking.js';
import { closeScreen } from './close.js';
import { declineScreen } from './decline.js';
import { logCallScreen } from './logCall.js';
import { noteDraftScreen } from './noteDraft.js';
import { messageScreen, noteScreen } from './notes.js';
import { releaseScreen } from './release.js';
import { reopenScreen } from './reopen.js';
import { rerouteScreen } from './reroute.js';
import { sheetScreen } from './sheet.js';
import { takeScreen } from './take.js';
import { textNotSent } from './textNotSent.js';
import { transferScreen } from './transfer.js';
import { writeScreen } from './write.js';

interface Screen {
  show: RequestHandler;
  submit: RequestHandler;
}

/** What one person does from the sheet of a referral, at the address of each. */
const screens = (services: Services): [string, Screen][] => [
  [paths.take(':id'), takeScreen(services)],
  [paths.release(':id'), releaseScreen(services)],
  [paths.transfer(':id'), transferScreen(services)],
  [paths.logCall(':id'), logCallScreen(services)],
  [paths.book(':id'), bookScreen(services)],
  [paths.cancelBooking(':id'), cancelBookingScreen(services)],
  [paths.write(':id'), writeScreen(services)],
  [paths.askHolder(':id'), askHolderScreen(services)],
  [paths.bringIn(':id'), bringInScreen(services)],
  [paths.reroute(':id'), rerouteScreen(services)],
  [paths.decline(':id'), declineScreen(services)],
  [paths.close(':id'), closeScreen(services)],
  [paths.reopen(':id'), reopenScreen(services)],
  [paths.addNote(':id'), noteScreen(services)],
  [paths.shareMessage(':id'), messageScreen(services)],
  [paths.noteDraft(':id'), noteDraftScreen(services)],
];

/** The sheet, its acts and notes, which other people may have done before. */
export const sheetRouter = (services: Services): Router => {
  const router = Router();
  const maySee = [neverCached, requires('seeReferral')];
  const mayAct = [neverCached, requires('actOnReferral')];
  const conflict = showConflict(paths.referral);

  router.get(paths.referral(':id'), maySee, sheetScreen(services).show);
  router.get(paths.calendarFile(':id'), maySee, calendarFileScreen(services).show);
  for (const [address, screen] of screens(services)) {
    router.get(address, mayAct, screen.show, conflict);
    router.post(address, textNotSent, mayAct, screen.submit, conflict);
  }
  return router;
};
