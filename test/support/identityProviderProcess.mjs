// A real provider of OpenID Connect, as an organisation would have one: started by identityProvider.ts, stopped with its channel.
// It asks for no password: /interaction/UID/as/NAME says who is there.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { port, redirectUri, afterSignOut, clients, people } = JSON.parse(process.argv[2]);
const personNamed = (name) => people[name];
const bySubject = (subject) => Object.values(people).find(({ sub }) => sub === subject);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: clients.map(({ id, secret, signsUserInfo }) => ({
    client_id: id,
    client_secret: secret,
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [afterSignOut],
    token_endpoint_auth_method: 'client_secret_post',
    ...(signsUserInfo && { userinfo_signed_response_alg: 'RS256' }),
  })),
  acrValues: ['eidas1', 'eidas2'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], amr: null, acr: null },
  cookies: { keys: ['for tests only'] },
  features: {
    claimsParameter: { enabled: true },
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...bySubject(sub)?.claims }) }),
  // Nobody is asked whether the desk may know their address: the organisation has agreed for them.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid email');
    grant.addOIDCClaims(['amr', 'acr']);
    await grant.save();
    return grant;
  },
});

const interaction = async (request, response, [, , , verb, name]) => {
  if (!verb) return response.end('Who are you?');
  const { sub, amr, acr } = personNamed(name) ?? {};
  const result = verb === 'as' ? { login: { accountId: sub, amr, acr } } : { error: 'access_denied' };
  await provider.interactionFinished(request, response, result);
};

const answer = provider.callback();
createServer((request, response) => {
  const parts = request.url.split('/');
  if (parts[1] === 'interaction') void interaction(request, response, parts);
  else answer(request, response);
}).listen(port, '127.0.0.1', () => process.send('ready'));
process.on('disconnect', () => process.exit(0));
