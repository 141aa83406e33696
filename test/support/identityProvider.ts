import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from './freePort.js';

/** Somebody whom the provider knows; `claims`: what it says of them beside their name (`sub`). */
interface Person {
  sub: string;
  claims: { email?: string; email_verified?: boolean };
  amr?: string[];
  acr?: string;
}

const PUBLIC_URL = 'http://localhost:3000';

/**
 * A provider of sign-ins at an address of its own, with two clients: `desk`, and `signed`, to which it answers as ProConnect does. It
 * is away until it is started.
 */
export const identityProvider = async (people: Record<string, Person>) => {
  const port = await freePort();
  const clients = [
    { id: 'desk', secret: 'a secret of the provider' },
    { id: 'signed', secret: 'another secret of the provider', signsUserInfo: true },
  ] as const;
  const given = {
    port,
    clients,
    people,
    redirectUri: `${PUBLIC_URL}/connexion/organisation/retour`,
    afterSignOut: `${PUBLIC_URL}/connexion`,
  };
  let child: ChildProcess | null = null;

  return {
    /** What the desk must be told. */
    settingsFor: (id: (typeof clients)[number]['id']) => ({
      OIDC_ISSUER: `http://127.0.0.1:${port}`,
      OIDC_CLIENT_ID: id,
      OIDC_CLIENT_SECRET: clients.find((client) => client.id === id)?.secret ?? '',
      OIDC_NAME: 'ProConnect',
    }),
    async start(): Promise<void> {
      child = fork(path.join(__dirname, 'identityProviderProcess.mjs'), [JSON.stringify(given)], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      await once(child, 'message');
    },
    async stop(): Promise<void> {
      if (!child?.connected) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
};

/** A browser at the provider: goes where the desk sends it, says who it is, and gives the address that it is sent back to. */
export const atProvider = () => {
  const cookies = new Map<string, string>();
  const get = async (url: string): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };

  /** `does`: `as/NAME`, or `abort`. */
  const comeBack = async (url: string, does: string): Promise<string> => {
    const location = (await get(url)).headers.get('location');
    if (!location) throw new Error(`the provider does not lead on from ${url}`);
    const next = new URL(location, url);
    if (next.origin === PUBLIC_URL) return next.pathname + next.search;
    const isAsked = /^\/interaction\/[^/]+$/.test(next.pathname);
    return comeBack(isAsked ? `${next.href}/${does}` : next.href, does);
  };
  return { get, comeBack };
};
