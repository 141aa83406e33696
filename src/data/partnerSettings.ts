import { type Connection, Schema } from 'mongoose';
import type { Closure } from '../domain/calendar/closures.js';
import type { Words } from '../domain/territory/language.js';
import { byIdTogether } from './askTogether.js';
import { ignoreDuplicate } from './records.js';

/** What the lead of a partner decides. An empty text is not shown. */
export interface PartnerSettings {
  closures: Closure[];
  /** E-mail address that several people read; empty when there is none. */
  mailbox: string;
  /** Added to the holder's receipt. */
  receipt: Words;
  /** When the partner is open, in words, for the holder. */
  hours: Words;
}

export interface SavedPartnerSettings extends PartnerSettings {
  /** 0: never saved. Every change names the version that it saw. */
  version: number;
  updatedBy: string | null;
  updatedAt: Date | null;
}

interface SettingsRecord extends SavedPartnerSettings {
  _id: string;
}

const NOTHING_YET: SavedPartnerSettings = {
  closures: [],
  mailbox: '',
  receipt: { fr: '', en: '' },
  hours: { fr: '', en: '' },
  version: 0,
  updatedBy: null,
  updatedAt: null,
};

const schema = new Schema<SettingsRecord>(
  {
    _id: { type: String, required: true },
    closures: { type: [Object], required: true },
    mailbox: { type: String, default: '' },
    receipt: { type: Object, required: true },
    hours: { type: Object, required: true },
    version: { type: Number, required: true },
    updatedBy: { type: String, default: null },
    updatedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);

/** What leads decide, one record a partner. */
export const partnerSettingsOn = (connection: Connection) => {
  const model = connection.model('PartnerSettings', schema, 'partnersettings');

  const saved = byIdTogether<SettingsRecord>(model);

  return {
    model,

    async read(partner: string): Promise<SavedPartnerSettings> {
      const { _id, ...rest } = (await saved(partner)) ?? { _id: partner };
      return { ...NOTHING_YET, ...rest };
    },

    /** One guarded write, from the version that was seen; 0 makes the record. False: somebody was faster. */
    async save(
      partner: string,
      seen: number,
      settings: PartnerSettings,
      { by: updatedBy, at: updatedAt }: { by: string; at: Date },
    ): Promise<boolean> {
      const change = { ...settings, updatedBy, updatedAt, version: seen + 1 };
      if (seen === 0) return ignoreDuplicate(model.create({ _id: partner, ...change }));
      const { matchedCount } = await model.updateOne({ _id: partner, version: seen }, { $set: change });
      return matchedCount === 1;
    },

    async removeMadeBy(accounts: string[]): Promise<void> {
      await model.deleteMany({ updatedBy: { $in: accounts } });
    },
  };
};
