import type { ProjectEvent } from '../../domain/referrals/referral.js';
import { endProject } from '../endProject.js';
import { settle } from '../settle.js';
import type { Fault, Repair, VerifyParts } from './invariant.js';

/** Acts on a referral are carried out from its own outbox; what a holder or a manager does, from the project's. */
const isOfReferral = ({ referral, type, rank }: ProjectEvent): boolean =>
  referral !== null && (rank !== undefined || type === 'shared');

/** Puts an event back into the outbox that it came from, and settles it: the same steps as the first time, each with its key. */
const carryOutAgain = async (parts: VerifyParts, event: ProjectEvent): Promise<void> => {
  const { settleProject, settleReferral } = settle(parts);
  if (isOfReferral(event) && event.referral) {
    await parts.referrals.putBack(event.referral, event);
    await settleReferral(event.referral);
    return;
  }
  await parts.projects.putBack(event.project, event);
  await settleProject(event.project);
};

/** What follows from the event `of` a fault is carried out again. */
export const settleAgain: Repair = {
  by: 'les suites de l’acte sont reprises',
  run: async (parts, faults) => {
    const done = new Set<string>();
    for (const { project, of } of faults) {
      if (!project || !of || done.has(of)) continue;
      done.add(of);
      const event = (await parts.events.ofProject(project)).find(({ id }) => id === of);
      if (event) await carryOutAgain(parts, event);
    }
  },
};

const projectsOf = (faults: Fault[]): string[] => [...new Set(faults.flatMap(({ project }) => project ?? []))];

/** What was left half done is taken up, as the sweep does. */
export const settleLeft: Repair = {
  by: 'le travail commencé est terminé',
  run: async (parts, faults) => {
    const { settleProject, settleReferral } = settle(parts);
    for (const id of projectsOf(faults)) {
      await settleProject(id);
      for (const referral of await parts.referrals.involvedIn(id)) await settleReferral(referral.id);
    }
  },
};

/** The open referral of a project that its holder took back ends. */
export const endAgain: Repair = {
  by: 'la mise en relation est terminée',
  run: async (parts, faults) => {
    for (const id of projectsOf(faults)) await endProject(parts).endReferral(id, parts.clock());
  },
};

/** What the records beside an erased project still hold of a person is forgotten. */
export const forgetAgain: Repair = {
  by: 'l’effacement est repris',
  run: async (parts, faults) => {
    for (const id of projectsOf(faults)) {
      const erased = (await parts.events.ofProject(id)).find(({ type }) => type === 'erased');
      if (erased) await endProject(parts).forgetProject(id, erased);
      if (erased) await parts.projects.forgetLastAddress(id);
    }
  },
};
