import type { Config } from '../config.js';
import type { Territory } from '../domain/territory/territory.js';
import type { RoutedRow } from '../services/routeFile.js';
import type { StoreOptions, StoreParts } from './withStore.js';

/** What the entry gives to a command: the streams, and the use cases, composed only when asked for. */
export interface Desk {
  /** Prints on standard output, which only holds the result. */
  print(text: string): void;
  /** Prints on standard error: how far it is. */
  warn(text: string): void;
  /** Standard input, byte by byte: a message may be in any encoding. */
  readBytes(): Promise<Buffer>;
  /** The text of a file, or of standard input for "-". Throws Invalid when it cannot be read. */
  readInput(file: string): Promise<string>;
  settings(): Config;
  directory(): Territory;
  /** Does some work on the store that the settings name, and lets it go. */
  withStore<T>(work: (parts: StoreParts) => Promise<T>, options?: StoreOptions): Promise<T>;
  /** By the version of this number, which needs the store; null: by the rules that the territory begins with. */
  routeFile(text: string, file: string, ruleset: number | null): Promise<RoutedRow[]>;
}

/** Runs a command with its arguments. Throws BadUsage when they make no sense. */
export type Command = (args: string[], desk: Desk) => Promise<void>;

/** Thrown when the same command, with the same input, may work later: a mail server then keeps the message. */
export class TryLater extends Error {}

/** Thrown when a command is called with arguments that it does not know; the message says which. */
export class BadUsage extends Error {}
