import { parse } from 'node-html-parser';

/**
 * The rules by which Mozilla's HTTP Observatory grades a site, as of 2026 (developer.mozilla.org/observatory): what it makes of
 * each header, and how many points that is worth from a hundred. Redirection to https is the business of the proxy in front.
 */
const POINTS = {
  'csp: default-src none, nothing unsafe': 10,
  'csp: nothing unsafe': 5,
  'csp: unsafe styles': 0,
  'csp: passive content over http': -10,
  'csp: unsafe eval': -10,
  'csp: unsafe inline, or scripts and objects from anywhere': -20,
  'csp: content over http': -20,
  'csp: none': -25,
  'cookies: Secure, HttpOnly, SameSite': 5,
  'cookies: Secure, HttpOnly': 0,
  'cookies: none': 0,
  'cookies: not Secure, under HSTS': -5,
  'cookies: session not Secure, under HSTS': -10,
  'cookies: not Secure': -20,
  'cookies: wrong SameSite, or a token without': -20,
  'cookies: session not HttpOnly': -30,
  'cookies: session not Secure': -40,
  'cors: closed, or public without credentials': 0,
  'cors: any site, with credentials': -50,
  'referrer: private': 5,
  'referrer: none': 0,
  'referrer: unsafe or unknown': -5,
  'hsts: six months or more': 0,
  'hsts: shorter': -10,
  'hsts: none': -20,
  'sri: on every script': 5,
  'sri: no script, or our own': 0,
  'sri: scripts of others without': -5,
  'sri: scripts over http': -50,
  'nosniff: yes': 0,
  'nosniff: no': -5,
  'frames: by frame-ancestors': 5,
  'frames: by X-Frame-Options': 0,
  'frames: no': -20,
  'corp: same-origin or same-site': 10,
  'corp: none, or cross-origin': 0,
  'corp: unknown': -5,
} as const;
type Finding = keyof typeof POINTS;

/** An answer as the Observatory sees it; names of headers in lower case. */
export interface Seen {
  headers: Record<string, string | undefined>;
  cookies: string[];
  html: string;
}

/** Below it, points above zero are not counted. */
const ENOUGH_FOR_EXTRA = 90;
const GRADES: [number, string][] = [
  [100, 'A+'],
  [90, 'A'],
  [85, 'A-'],
  [80, 'B+'],
  [70, 'B'],
  [65, 'B-'],
  [60, 'C+'],
  [50, 'C'],
  [45, 'C-'],
  [40, 'D+'],
  [30, 'D'],
  [25, 'D-'],
];

const BROAD = ['ftp:', 'http:', 'https:', '*', 'http://*', 'http://*.*', 'https://*', 'https://*.*'];
const INLINE = ["'unsafe-inline'", 'data:'];
const isPlain = (source: string): boolean => /^(http|ftp):/.test(source);

const directivesOf = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split(';').map((part): [string, string[]] => {
      const [name = '', ...sources] = part.trim().toLowerCase().split(/\s+/);
      return [name, sources];
    }),
  );

const policyFinding = ({ headers }: Seen): Finding => {
  const policy = headers['content-security-policy'];
  if (!policy) return 'csp: none';
  const csp = directivesOf(policy);
  const sourcesOf = (name: string): string[] => csp.get(name) ?? csp.get('default-src') ?? ['*'];
  const scripts = sourcesOf('script-src');
  const styles = sourcesOf('style-src');
  const passive = ['img-src', 'media-src'];
  const active = [...csp].flatMap(([name, sources]) => (passive.includes(name) ? [] : sources));
  if (
    scripts.some((one) => [...BROAD, ...INLINE].includes(one)) ||
    sourcesOf('object-src').some((one) => BROAD.includes(one))
  )
    return 'csp: unsafe inline, or scripts and objects from anywhere';
  if (active.some(isPlain)) return 'csp: content over http';
  if ([...scripts, ...styles].includes("'unsafe-eval'")) return 'csp: unsafe eval';
  if (passive.flatMap(sourcesOf).some(isPlain)) return 'csp: passive content over http';
  if (styles.some((one) => [...BROAD, ...INLINE].includes(one))) return 'csp: unsafe styles';
  const isNone = csp.get('default-src')?.join() === "'none'";
  return isNone ? 'csp: default-src none, nothing unsafe' : 'csp: nothing unsafe';
};

const hstsFinding = ({ headers }: Seen): Finding => {
  const [, age] = /max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '') ?? [];
  if (!age) return 'hsts: none';
  return Number(age) >= 15_768_000 ? 'hsts: six months or more' : 'hsts: shorter';
};

const cookieFinding = (line: string, isUnderHsts: boolean): Finding => {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const flags = rest.map((flag) => flag.toLowerCase());
  const isSession = /login|sess/i.test(pair.split('=')[0] ?? '');
  const isToken = /csrf/i.test(pair.split('=')[0] ?? '');
  const sameSite = flags.find((flag) => flag.startsWith('samesite'))?.split('=')[1];
  const isSecure = flags.includes('secure');
  if (isSession && !isSecure && !isUnderHsts) return 'cookies: session not Secure';
  if (isSession && !flags.includes('httponly')) return 'cookies: session not HttpOnly';
  if ((isToken && !sameSite) || (sameSite === 'none' && !isSecure))
    return 'cookies: wrong SameSite, or a token without';
  if (!isSecure && !isUnderHsts) return 'cookies: not Secure';
  if (!isSecure) return isSession ? 'cookies: session not Secure, under HSTS' : 'cookies: not Secure, under HSTS';
  return sameSite ? 'cookies: Secure, HttpOnly, SameSite' : 'cookies: Secure, HttpOnly';
};

const cookiesFinding = (seen: Seen): Finding => {
  const isUnderHsts = hstsFinding(seen) === 'hsts: six months or more';
  const found = seen.cookies.map((line) => cookieFinding(line, isUnderHsts));
  return found.sort((a, b) => POINTS[a] - POINTS[b])[0] ?? 'cookies: none';
};

const corsFinding = ({ headers }: Seen): Finding =>
  headers['access-control-allow-origin'] && headers['access-control-allow-credentials'] === 'true'
    ? 'cors: any site, with credentials'
    : 'cors: closed, or public without credentials';

const PRIVATE = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'];
const referrerFinding = ({ headers }: Seen): Finding => {
  const policy = headers['referrer-policy'];
  if (!policy) return 'referrer: none';
  return PRIVATE.includes(policy.split(',').at(-1)?.trim() ?? '') ? 'referrer: private' : 'referrer: unsafe or unknown';
};

const scriptsFinding = ({ html }: Seen): Finding => {
  const scripts = parse(html).querySelectorAll('script[src]');
  const sourceOf = (script: (typeof scripts)[number]): string => script.getAttribute('src') ?? '';
  if (scripts.some((script) => /^(http:)?\/\//.test(sourceOf(script)))) return 'sri: scripts over http';
  if (scripts.length > 0 && scripts.every((script) => script.hasAttribute('integrity'))) return 'sri: on every script';
  const others = scripts.filter((script) => /^https:/.test(sourceOf(script)) && !script.hasAttribute('integrity'));
  return others.length > 0 ? 'sri: scripts of others without' : 'sri: no script, or our own';
};

const framesFinding = ({ headers }: Seen): Finding => {
  if (directivesOf(headers['content-security-policy'] ?? '').has('frame-ancestors'))
    return 'frames: by frame-ancestors';
  return /^(deny|sameorigin)$/i.test(headers['x-frame-options'] ?? '') ? 'frames: by X-Frame-Options' : 'frames: no';
};

const corpFinding = ({ headers }: Seen): Finding => {
  const policy = headers['cross-origin-resource-policy'] ?? 'cross-origin';
  if (['same-origin', 'same-site'].includes(policy)) return 'corp: same-origin or same-site';
  return policy === 'cross-origin' ? 'corp: none, or cross-origin' : 'corp: unknown';
};

/** The score of an answer, its grade, and what each rule found. */
export const gradeOf = (seen: Seen): { score: number; grade: string; findings: Finding[] } => {
  const findings = [
    policyFinding(seen),
    cookiesFinding(seen),
    corsFinding(seen),
    referrerFinding(seen),
    hstsFinding(seen),
    scriptsFinding(seen),
    seen.headers['x-content-type-options'] === 'nosniff' ? ('nosniff: yes' as const) : ('nosniff: no' as const),
    framesFinding(seen),
    corpFinding(seen),
  ];
  const points = findings.map((finding) => POINTS[finding]);
  const sum = (some: number[]): number => some.reduce((total, one) => total + one, 0);
  const base = 100 + sum(points.filter((one) => one < 0));
  const score = Math.max(0, base >= ENOUGH_FOR_EXTRA ? base + sum(points.filter((one) => one > 0)) : base);
  return { score, grade: GRADES.find(([from]) => score >= from)?.[1] ?? 'F', findings };
};
