import { type Connection, Schema } from 'mongoose';
import { ignoreDuplicate } from './records.js';

export interface Signatory {
  name: string;
  /** Day of the signature, "2022-11-03"; null when it is not known. */
  signedOn: string | null;
}

/** What the public pages say that the code cannot know. An empty text: nobody has filled it in yet. */
export interface PublicSite {
  /** Who signed the charter of the Pôle métropolitain, in the order of the page. */
  signatories: Signatory[];
  /** Who publishes the service. */
  publisher: string;
  /** The person responsible for publication. */
  director: string;
  /** Who hosts it, with address and phone, as free text of several lines. */
  host: string;
  /** Where to write about one's data or accessibility: an e-mail or a postal address, as free text. */
  contact: string;
  /** Origins (https://…) of the sites that may show the frame. */
  frameSites: string[];
}

export interface SavedPublicSite extends PublicSite {
  /** 0: never saved. Every change names the version that it saw. */
  version: number;
  updatedBy: string | null;
  updatedAt: Date | null;
}

interface SiteRecord extends SavedPublicSite {
  _id: typeof THE_SITE;
}

/** The one key, so that the store holds one record. */
const THE_SITE = 'site';

const NOTHING_YET: SavedPublicSite = {
  signatories: [],
  publisher: '',
  director: '',
  host: '',
  contact: '',
  frameSites: [],
  version: 0,
  updatedBy: null,
  updatedAt: null,
};

const schema = new Schema<SiteRecord>(
  {
    _id: { type: String, required: true },
    signatories: { type: [Object], required: true },
    publisher: { type: String, default: '' },
    director: { type: String, default: '' },
    host: { type: String, default: '' },
    contact: { type: String, default: '' },
    frameSites: { type: [String], required: true },
    version: { type: Number, required: true },
    updatedBy: { type: String, default: null },
    updatedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);

const fromRecord = ({ _id, ...rest }: SiteRecord): SavedPublicSite => ({ ...NOTHING_YET, ...rest });

/** The one record of what managers say on the public pages. */
export const publicSiteOn = (connection: Connection) => {
  const model = connection.model('PublicSite', schema, 'publicsite');

  return {
    model,

    async read(): Promise<SavedPublicSite> {
      const record = await model.findById(THE_SITE).lean<SiteRecord>();
      return record ? fromRecord(record) : NOTHING_YET;
    },

    /** One guarded write, from the version that was seen; 0 makes the record. False: somebody was faster. */
    async save(seen: number, site: PublicSite, updatedBy: string, updatedAt: Date): Promise<boolean> {
      const change = { ...site, updatedBy, updatedAt, version: seen + 1 };
      if (seen === 0) return ignoreDuplicate(model.create({ _id: THE_SITE, ...change }));
      const { matchedCount } = await model.updateOne({ _id: THE_SITE, version: seen }, { $set: change });
      return matchedCount === 1;
    },
  };
};
