import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type UserInfoResponse,
} from 'openid-client';
import type { SingleSignOnSettings } from '../config.js';
import { isStrongSignIn } from '../domain/accounts/strongSignIn.js';
import { logger } from '../logger.js';
import { paths } from '../paths.js';

/** Seconds that a page waits for each answer of the provider. */
const PATIENCE = 5;

/** What is kept in the session of the browser that left for the provider, and that the answer must go with. Good once. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  /** Of the code challenge (PKCE, RFC 7636). */
  verifier: string;
}

/** Who came back, as the provider says. */
export interface ProvenIdentity {
  issuer: string;
  /** The provider's own name for the person: never given to anybody else, unlike an e-mail address. */
  subject: string;
  /** Null when the provider does not vouch for it. */
  email: string | null;
  /** Two factors were asked for there. */
  strong: boolean;
  /** Names the session to close there, at sign-out. */
  idToken: string;
}

/** `cancelled`: by the person, at the provider. `refused`: the answer does not go with this browser, or cannot be trusted. */
export type ProviderAnswer =
  | { state: 'proven'; identity: ProvenIdentity }
  | { state: 'cancelled' }
  | { state: 'refused' }
  | { state: 'away' };

export interface SingleSignOn {
  /** As people call it. */
  name: string;
  /** Where to send the browser, and what to keep until it is back; null when the provider cannot be reached. */
  begin(): Promise<{ address: string; attempt: SignInAttempt } | null>;
  /** Reads the answer in an address that the browser came back by (`?code=…&state=…`). Never throws. */
  finish(returned: string, attempt: SignInAttempt): Promise<ProviderAnswer>;
  /** Where to close the session at the provider; null when it offers nothing of the kind, or cannot be reached. */
  signOutAddress(idToken: string): Promise<string | null>;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * The address that the provider vouches for: with `email_verified`; or in signed user information, which names its issuer and
 * whom it is for (OpenID Connect Core, 5.3.2). ProConnect answers in the second way: the organisation of the person has
 * given the address, and nothing says `email_verified`.
 */
const vouchedEmail = (claims: IDToken, info: UserInfoResponse | null, clientId: string): string | null => {
  const verified = info?.email_verified ?? claims['email_verified'];
  const isSigned = info?.['iss'] === claims.iss && [info['aud']].flat().includes(clientId);
  if (verified !== true && !(isSigned && verified === undefined)) return null;
  return textOf(info?.email ?? claims['email']);
};

/** Whether the provider did not answer at all, or only with a fault of its own. */
const isAway = (error: unknown): boolean => {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { name?: string; status?: number } };
  // fetch throws a TypeError when nobody answers.
  return [name, cause?.name].includes('TypeError') || code === 'OAUTH_TIMEOUT' || (cause?.status ?? 0) >= 500;
};

/**
 * Sign-in by a provider of OpenID Connect: authorization code with PKCE, state and nonce; ID tokens and signed user information
 * are held against the provider's keys. Its description is fetched at the first sign-in, and again as long as it cannot be had: the desk
 * starts without it.
 */
export const singleSignOn = (
  { issuer, clientId, clientSecret, name }: SingleSignOnSettings,
  { publicUrl }: { publicUrl: string },
): SingleSignOn => {
  const returnTo = `${publicUrl}${paths.signInReturn()}`;
  const isPlain = issuer.startsWith('http:');
  const discover = (): Promise<Configuration> =>
    discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: PATIENCE,
      execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
    });

  let known: Promise<Configuration> | null = null;
  const provider = (): Promise<Configuration> => {
    known ??= discover().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };

  /** Codes and messages of the library only: an answer holds tokens. */
  const tell = (error: unknown, what: string): void => {
    const { code, message } = error as { code?: string; message?: string };
    logger.warn({ code, reason: message, issuer }, what);
  };

  const identityIn = async (
    config: Configuration,
    returned: string,
    attempt: SignInAttempt,
  ): Promise<ProvenIdentity> => {
    const tokens = await authorizationCodeGrant(config, new URL(returned, publicUrl), {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token) throw new Error('no ID token');
    const hasMore = config.serverMetadata().userinfo_endpoint !== undefined;
    const info = hasMore ? await fetchUserInfo(config, tokens.access_token, claims.sub) : null;
    const email = vouchedEmail(claims, info, clientId);
    const { amr, acr } = claims;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email,
      strong: isStrongSignIn({ amr, acr }),
      idToken: tokens.id_token,
    };
  };

  return {
    name,

    async begin() {
      try {
        const config = await provider();
        const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
        const asks = config.serverMetadata().claims_parameter_supported === true;
        const address = buildAuthorizationUrl(config, {
          redirect_uri: returnTo,
          scope: 'openid email',
          state: attempt.state,
          nonce: attempt.nonce,
          code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
          code_challenge_method: 'S256',
          ...(asks && { claims: JSON.stringify({ id_token: { amr: null, acr: null } }) }),
        });
        return { address: address.href, attempt };
      } catch (error) {
        tell(error, 'the provider of sign-ins cannot be reached');
        return null;
      }
    },

    async finish(returned, attempt) {
      try {
        return { state: 'proven', identity: await identityIn(await provider(), returned, attempt) };
      } catch (error) {
        tell(error, 'a sign-in by the provider failed');
        if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
          return { state: 'cancelled' };
        return { state: isAway(error) ? 'away' : 'refused' };
      }
    },

    async signOutAddress(idToken) {
      const config = await provider().catch(() => null);
      if (!config?.serverMetadata().end_session_endpoint) return null;
      const back = { id_token_hint: idToken, post_logout_redirect_uri: `${publicUrl}${paths.signIn()}` };
      return buildEndSessionUrl(config, { ...back, state: randomState() }).href;
    },
  };
};
