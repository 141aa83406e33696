import type { Desk } from './startDesk.js';

/** Sends every e-mail that is due, as the worker does. The desk needs its mailbox. */
export const sendAll = async (desk: Desk): Promise<void> => {
  for (const id of await desk.parts.deliveries.due(desk.clock.now)) await desk.services.sendDelivery(id);
};

/** The address behind the button of the last e-mail that came to this person, without the site. */
export const lastLink = (desk: Desk, address: string): string => {
  const email = desk.mailbox?.messages().findLast(({ to }) => to.some((each) => each.address === address));
  if (!email) throw new Error(`${address} received nothing`);
  const [link] = email.text.match(/https?:\S+/g) ?? [];
  if (!link) throw new Error(`no link in: ${email.text}`);
  return new URL(link).pathname;
};
