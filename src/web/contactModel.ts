import type { Project } from '../domain/referrals/referral.js';

/** How to reach the holder: ready for views/components/contact.ejs. */
export const contactModel = ({ contact, organisation, facts, reference }: Project) => ({
  name: contact.name,
  organisation,
  phone: contact.phone,
  phoneHref: contact.phone && `tel:+33${contact.phone.replace(/\D/g, '').replace(/^(33|0)/, '')}`,
  email: contact.email,
  emailHref: `mailto:${encodeURIComponent(contact.email)}?subject=${encodeURIComponent(`Votre projet « ${facts.title} » (${reference})`)}`,
});
