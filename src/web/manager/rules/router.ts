import { Router } from 'express';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { neverCached } from '../../middleware/neverCached.js';
import { requires } from '../../middleware/staffSession.js';
import { checksScreen } from './checks.js';
import { discardScreen, removeScreen } from './confirm.js';
import { differenceScreen } from './difference.js';
import { draftScreen } from './draft.js';
import { publishScreen } from './publish.js';
import { replayScreen } from './replay.js';
import { replayReportScreen } from './replayReport.js';
import { rollBackScreen } from './rollBack.js';
import { ruleScreen } from './rule.js';
import { rulesScreen, startDraftScreen } from './rules.js';
import { settingsScreen } from './settings.js';
import { tryScreen } from './tryProject.js';
import { versionScreen } from './version.js';

/** The rules: those in force, their versions, and the draft of the next one until it is published. */
export const rulesRouter = (services: Services): Router => {
  const router = Router();
  const see = [neverCached, requires('seeRules')];
  const edit = [neverCached, requires('editRules')];
  const draft = draftScreen(services);
  const report = replayReportScreen(services);
  const forms = [
    [paths.rulesRollBack(':number'), rollBackScreen(services)],
    [paths.rulesDiscard(), discardScreen(services)],
    [paths.rulesAdd(':table'), ruleScreen(services)],
    [paths.rulesEdit(':rule'), ruleScreen(services)],
    [paths.rulesRemove(':rule'), removeScreen(services)],
    [paths.rulesSettings(), settingsScreen(services)],
    [paths.rulesReplay(), replayScreen(services)],
    [paths.rulesPublish(), publishScreen(services)],
  ] as const;

  router.get(paths.rules(), see, rulesScreen(services).show);
  router.get(paths.rulesVersion(':number'), see, versionScreen(services).show);
  router.get(paths.rulesDifference(), see, differenceScreen(services).show);
  router.get(paths.rulesDraft(), edit, draft.show);
  router.post(paths.rulesDraft(), edit, startDraftScreen(services).submit);
  router.post(paths.rulesOrder(), edit, draft.order);
  router.get(paths.rulesTry(), edit, tryScreen(services).show);
  router.get(paths.rulesChecks(), edit, checksScreen(services).show);
  router.get(paths.rulesReplayReport(':id'), see, report.show);
  router.post(paths.rulesReplayStop(':id'), edit, report.stop);
  for (const [address, screen] of forms) {
    router.get(address, edit, screen.show);
    router.post(address, edit, screen.submit);
  }
  return router;
};
