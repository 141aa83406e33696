import { readdirSync } from 'node:fs';
import compression from 'compression';
import { type RequestHandler, static as serveFrom } from 'express';

/**
 * Files of this folder. Each lies in a folder of it: an address that begins with none of them is no file's, and is not looked
 * for on the disk.
 */
export const publicFiles = (folder: string, { maxAge }: { maxAge: string | number }): RequestHandler => {
  const folders = new Set(readdirSync(folder));
  const compress = compression();
  const serve = serveFrom(folder, { maxAge, index: false });
  return (req, res, next) => {
    if (!folders.has(req.path.split('/', 2)[1] ?? '')) return next();
    compress(req, res, () => serve(req, res, next));
  };
};
