import type { Request, Response } from 'express';
import Joi from 'joi';
import QRCode from 'qrcode';
import { CHANNEL_KINDS, type Channel, type ChannelKind } from '../../domain/questionnaire/channel.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'listChannels' | 'readChannel' | 'addChannel' | 'removeChannel' | 'frameAddress'>;

const KINDS = Object.keys(CHANNEL_KINDS) as ChannelKind[];

const FIELDS: FieldWording[] = [
  {
    kind: 'text',
    type: 'text',
    name: 'label',
    label: 'Nom du lien',
    hint: 'Où les gens le trouveront, par exemple «\u00a0Salon de l’industrie 2027\u00a0». Il paraît dans les chiffres.',
    max: 80,
  },
  {
    kind: 'radios',
    name: 'kind',
    label: 'De quelle sorte est-ce\u00a0?',
    groups: [{ choices: KINDS.map((value) => ({ value, label: CHANNEL_KINDS[value] })) }],
  },
];

const FORM: Joi.ObjectSchema<Pick<Channel, 'label' | 'kind'>> = Joi.object({
  label: Joi.string()
    .trim()
    .max(80)
    .pattern(/[\p{L}\p{N}]/u)
    .required()
    .messages({
      'string.max': 'Donnez un nom de 80 caractères au plus.',
      '*': 'Donnez un nom à ce lien, avec des lettres ou des chiffres.',
    }),
  kind: Joi.string()
    .valid(...KINDS)
    .required()
    .messages({ '*': 'Choisissez une sorte de lien.' }),
});

/** Black on white whatever the colours of the page: cameras need the contrast. */
const qrCode = (address: string): Promise<string> =>
  QRCode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });

/** The links by which people come to the desk: a partner's site, an event, a poster to print. */
export const channelsScreen = ({ listChannels, readChannel, addChannel, removeChannel, frameAddress }: Uses) => {
  const render = async (req: Request, res: Response, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
    const links = await listChannels(accountOf(req.account));
    const added = links.find(({ code }) => code === req.query['ajoute']);
    const model = {
      title: 'Liens d’entrée',
      frame: frameAddress(),
      added: added ?? null,
      links: links.map((link) => ({ ...link, kind: CHANNEL_KINDS[link.kind] })),
      fields: FIELDS.map((field) => fieldModel(field, typed, errors)),
      errors: errorSummary(errors, ['label', 'kind']),
    };
    await renderPage(res, 'manager/channels', model, { status: Object.keys(errors).length > 0 ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return render(req, res, form.typed, form.errors);
      const { code } = await addChannel(accountOf(req.account), form.values);
      res.redirect(303, `${paths.channels()}?ajoute=${code}`);
    },

    async showPoster(req: Request, res: Response): Promise<void> {
      const { label, address } = await readChannel(accountOf(req.account), String(req.params['code']));
      const short = address.replace(/^https?:\/\//, '');
      const model = { title: `Affiche\u00a0: ${label}`, label, short, qrCode: await qrCode(address) };
      await renderPage(res, 'manager/channelPoster', model);
    },

    async remove(req: Request, res: Response): Promise<void> {
      await removeChannel(accountOf(req.account), String(req.params['code']));
      res.redirect(303, paths.channels());
    },
  };
};
