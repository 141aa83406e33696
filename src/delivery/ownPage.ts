import { readFileSync } from 'node:fs';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * A page of ours that needs no other file: its stylesheets are put in, with fonts and images as data. In: HTML whose links
 * are addresses of the public folder ("/css/desk.css"). Throws when one of these files is not there.
 */
export const selfContained = (html: string, publicFolder: string): string => {
  const file = (address: string): string => path.join(publicFolder, path.normalize(`/${address}`));
  const asData = (address: string): string => {
    const type = TYPES[path.extname(address)] ?? 'application/octet-stream';
    return `data:${type};base64,${readFileSync(file(address)).toString('base64')}`;
  };
  const styles = (address: string): string =>
    readFileSync(file(address), 'utf8').replace(/url\("(\/[^"]+)"\)/g, (_, own: string) => `url("${asData(own)}")`);
  return html
    .replace(/<link rel="stylesheet" href="(\/[^"]+)">/g, (_, own: string) => `<style>${styles(own)}</style>`)
    .replace(/ src="(\/[^"]+)"/g, (_, own: string) => ` src="${asData(own)}"`);
};
