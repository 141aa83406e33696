import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { selfContained } from '../../src/delivery/ownPage.js';
import { pdfPrinter } from '../../src/delivery/printPdf.js';

const publicFolder = path.join(projectRoot, 'public');
const PAGE = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Un essai</title>
<link rel="stylesheet" href="/css/desk.css"></head><body><h1>Un essai</h1>
<p style="break-before: page">Deuxième page</p><img src="http://192.0.2.1/away.png" alt=""></body></html>`;

describe('a page of ours, printed', () => {
  it('needs no other file: its styles, its font and its images are in it', () => {
    const page = selfContained(`${PAGE}<img src="/images/mark.svg" alt="">`, publicFolder);
    expect(page).not.toContain('href="/css/desk.css"');
    expect(page).toContain('--puy: #1c6b50');
    expect(page).toMatch(/url\("data:font\/woff2;base64,\w/);
    expect(page).toContain('src="data:image/svg+xml;base64,');
  });

  it('is a tagged PDF in French, with its title, and leaves no file behind', async () => {
    const print = pdfPrinter({ folders: (process.env['PATH'] ?? '').split(path.delimiter), publicFolder });
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('print-'));
    const pdf = await print(PAGE);
    const text = pdf?.toString('latin1') ?? '';
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
    expect(text).toContain('/MarkInfo');
    expect(text).toMatch(/\/Lang\s*\(fr/);
    expect(text).toContain('/Title');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('print-'))).toEqual(before);
  });

  it('is nothing where no browser is, or where it does not print', async () => {
    expect(await pdfPrinter({ folders: ['', '/nowhere'], publicFolder })(PAGE)).toBeNull();
    const folder = mkdtempSync(path.join(tmpdir(), 'browser-'));
    writeFileSync(path.join(folder, 'chromium'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    expect(await pdfPrinter({ folders: [folder, '/bin'], publicFolder })(PAGE)).toBeNull();
  });
});
