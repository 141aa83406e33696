import type { Response } from 'express';
import { paths } from '../../paths.js';
import type { AccountKey, AccountLink } from '../../services/accounts/accountLinks.js';
import { renderPage } from '../renderPage.js';

type Closed = Exclude<AccountLink['state'], 'open'>;

const WORDS: Record<Closed, { title: string; lead: string }> = {
  used: {
    title: 'Ce lien a déjà servi',
    lead: 'Un tel lien sert une seule fois. Quand un lien plus récent a servi, les précédents n’ouvrent plus rien.',
  },
  expired: { title: 'Ce lien a expiré', lead: 'Demandez-en un autre\u00a0: il arrive en quelques minutes.' },
  unknown: {
    title: 'Ce lien n’ouvre rien',
    lead: 'L’adresse est peut-être incomplète. Ouvrez-la depuis l’e-mail, ou copiez-la en entier.',
  },
};

/** A link that never was is not found; one that was is gone. */
const STATUS: Record<Closed, number> = { used: 410, expired: 410, unknown: 404 };

const ANOTHER: Record<AccountKey, { href: string; label: string }> = {
  'sign-in': { href: paths.askSignInLink(), label: 'Recevoir un autre lien' },
  reset: { href: paths.lostPassword(), label: 'Recevoir un autre lien' },
  invitation: { href: paths.lostPassword(), label: 'Recevoir un lien pour choisir un mot de passe' },
};

/** The page of a link that lets nobody in any more: why, and how to get another one. */
export const showClosedLink = (res: Response, key: AccountKey, state: Closed): Promise<void> =>
  renderPage(res, 'account/closedLink', { ...WORDS[state], another: ANOTHER[key] }, { status: STATUS[state] });
