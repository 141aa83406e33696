import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';

type Values = Record<string, unknown>;

/**
 * The text of <view>.ejs with these values, each under its name. What it includes, named from where it stands, has them too,
 * under those given to it. A name that is not given throws; the error tells the file and the line.
 */
export type RenderView = (view: string, values: Values) => string;

/**
 * The names that it is given are its variables: none is looked up while it runs, as `with` would, so it needs no copy of its
 * values without their prototype either.
 */
const compile = (filename: string, names: string[]): TemplateFunction => {
  const options = { filename, strict: true, destructuredLocals: names, unsafePrototypeLocals: true };
  return ejs.compile(readFileSync(filename, 'utf8'), options);
};

/** Renders the views of a folder, each compiled once: by name, and by the names that it is given, which differ little. */
export const viewsIn = (folder: string): RenderView => {
  const templates = new Map<string, TemplateFunction>();
  const templateOf = (view: string, names: string[]): TemplateFunction => {
    const key = `${view} ${names.join()}`;
    const template = templates.get(key) ?? compile(path.join(folder, `${view}.ejs`), names);
    templates.set(key, template);
    return template;
  };
  const render: RenderView = (view, values) => {
    const include = (name: string, given?: Values): string =>
      render(path.join(path.dirname(view), name), { ...values, ...given });
    const locals = { ...values, include };
    return templateOf(view, Object.keys(locals))(locals);
  };
  return render;
};
