import { parse } from 'node-html-parser';
import { hashPassword } from '../../../src/services/accounts/passwords.js';
import { PASSWORD, STAFF, type StaffName, staffMember } from '../../support/staff.js';
import type { Sides } from './sides.js';

/** A browser that keeps its cookies: what a benchmark then sends with each request. */
export const openBrowser = (base: string) => {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (place: string, options: RequestInit = {}): Promise<Response> => {
    const headers = { ...options.headers, cookie: cookie() };
    const response = await fetch(new URL(place, base), { ...options, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };
  return {
    cookies,
    cookie,
    ask,
    /** The length of a page, in bytes. */
    async sizeOf(place: string): Promise<number> {
      const response = await ask(place);
      if (response.status !== 200) throw new Error(`${place}: ${response.status}`);
      return (await response.arrayBuffer()).byteLength;
    },
    /** The token of the form of a page. */
    async tokenOf(place: string): Promise<string> {
      const html = parse(await (await ask(place)).text());
      return html.querySelector('input[name="_csrf"]')?.getAttribute('value') ?? '';
    },
    /** Sends a form, with its token; gives where it leads. */
    async post(place: string, fields: Record<string, string | string[]>): Promise<string> {
      const body = new URLSearchParams({ _csrf: await this.tokenOf(place) });
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
      const response = await ask(place, { method: 'POST', body });
      if (response.status !== 303) throw new Error(`${place}: ${response.status}`);
      return response.headers.get('location') ?? '';
    },
  };
};
export type Browser = ReturnType<typeof openBrowser>;

/** Somebody of the desk, signed in. */
export const signedIn = async ({ ours, parts }: Pick<Sides, 'ours' | 'parts'>, id: StaffName): Promise<Browser> => {
  if (!(await parts.accounts.byId(id)))
    await parts.accounts.insert(staffMember(id), {
      passwordHash: await hashPassword(PASSWORD),
      demo: STAFF[id].role === 'manager',
    });
  const browser = openBrowser(ours.base);
  await browser.post('/connexion', { email: `${id}@example.org`, password: PASSWORD });
  return browser;
};
