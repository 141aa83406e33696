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
 * The names that it is given, if its text mentions them, are its variables: none is looked up while it runs, as `with` would, so
 * it needs no copy of its values without their prototype either.
 */
const compile = (filename: string, given: string[]): TemplateFunction => {
  const text = readFileSync(filename, 'utf8');
  const names = given.filter((name) => text.includes(name));
  const options = { filename, strict: true, destructuredLocals: names, unsafePrototypeLocals: true };
  return ejs.compile(text, options);
};

const isSame = (some: string[], others: string[]): boolean =>
  some.length === others.length && some.every((name, i) => name === others[i]);

/** A view of the folder, compiled once for each list of names that it is given; they differ little. */
const viewOf = (folder: string, view: string) => {
  const compiled: { names: string[]; template: TemplateFunction }[] = [];
  const places = new Map<string, string>();
  return {
    template(names: string[]): TemplateFunction {
      const known = compiled.find((one) => isSame(one.names, names));
      if (known) return known.template;
      const template = compile(path.join(folder, `${view}.ejs`), names);
      compiled.push({ names, template });
      return template;
    },

    /** The view of this name, from where this one stands. */
    beside(name: string): string {
      const place = places.get(name) ?? path.join(path.dirname(view), name);
      places.set(name, place);
      return place;
    },
  };
};

/** Renders the views of a folder, each compiled when it is first asked for. */
export const viewsIn = (folder: string): RenderView => {
  const views = new Map<string, ReturnType<typeof viewOf>>();
  const render: RenderView = (name, values) => {
    const view = views.get(name) ?? viewOf(folder, name);
    views.set(name, view);
    const include = (other: string, given?: Values): string =>
      render(view.beside(other), given ? { ...values, ...given } : values);
    const locals = { ...values, include };
    return view.template(Object.keys(locals))(locals);
  };
  return render;
};
