import type { PartnerSettings, SavedPartnerSettings } from '../data/partnerSettings.js';
import { settingsChanged } from '../domain/audit/auditNotes.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Partner } from '../domain/territory/territory.js';
import { Forbidden } from '../errors.js';
import type { Parts } from './parts.js';

export type { PartnerSettings, SavedPartnerSettings } from '../data/partnerSettings.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'note' | 'partnerSettings' | 'territory'>;

/** The partner that this account leads. Throws Forbidden when there is none. */
export const partnerLedBy = (by: Account, territory: Parts['territory']): Partner => {
  const partner = by.partner === null ? undefined : territory.partner(by.partner);
  if (!partner || !may(by, 'leadPartner', partner.id)) throw new Forbidden();
  return partner;
};

/** What the lead of a partner decided; empty until somebody fills it in. */
export const readPartnerSettings =
  ({ partnerSettings, territory }: Pick<Needs, 'partnerSettings' | 'territory'>) =>
  async (by: Account): Promise<{ partner: Partner; settings: SavedPartnerSettings }> => {
    const partner = partnerLedBy(by, territory);
    return { partner, settings: await partnerSettings.read(partner.id) };
  };

export type PartnerSettingsOutcome =
  | { kind: 'saved' }
  /** Somebody was faster: who, when, and what is kept now. Nothing was written. */
  | { kind: 'changed'; by: string | null; at: Date | null; settings: SavedPartnerSettings };

/** Replaces the settings of the own partner, from the version that the lead saw. */
export const savePartnerSettings =
  ({ accounts, clock, note, partnerSettings, territory }: Needs) =>
  async (by: Account, changes: PartnerSettings, version: number): Promise<PartnerSettingsOutcome> => {
    const { id } = partnerLedBy(by, territory);
    if (await partnerSettings.save(id, version, changes, { by: by.id, at: clock() })) {
      await note(settingsChanged(by, 'partner-settings', { partner: id }));
      return { kind: 'saved' };
    }
    const settings = await partnerSettings.read(id);
    const [who] = settings.updatedBy ? await accounts.byIds([settings.updatedBy]) : [];
    return { kind: 'changed', by: who?.name ?? null, at: settings.updatedAt, settings };
  };
