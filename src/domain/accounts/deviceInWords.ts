/** What a User-Agent must hold for each name; the first row that fits counts, since most browsers claim to be others too. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?(iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

const named = (rows: [RegExp, string][], userAgent: string): string | undefined =>
  rows.find(([sign]) => sign.test(userAgent))?.[1];

/**
 * "Firefox sur Android", for people who look over where they are signed in: enough to know one's own, and nothing that tells
 * one telephone from another of its kind.
 */
export const deviceInWords = (userAgent: string): string => {
  const browser = named(BROWSERS, userAgent) ?? 'Navigateur inconnu';
  const system = named(SYSTEMS, userAgent);
  return system ? `${browser} sur ${system}` : browser;
};
