import { readFileSync } from 'node:fs';
import { EJSON } from 'bson';

/**
 * MongoDB's unified test format, as far as cases of CRUD, indexes, collections, sessions, retryable writes and transactions
 * use it (mongodb/specifications, source/unified-test-format).
 */
export type Doc = Record<string, unknown>;

export interface Requirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  serverless?: string;
  auth?: boolean;
  csfle?: unknown;
  serverParameters?: Doc;
}
export interface CollectionData {
  databaseName: string;
  collectionName: string;
  createOptions?: Doc;
  documents: Doc[];
}
export interface Operation {
  name: string;
  object: string;
  arguments?: Doc;
  ignoreResultAndError?: boolean;
  expectError?: Doc;
  expectResult?: unknown;
  saveResultAsEntity?: string;
}
export interface ExpectedEvents {
  client: string;
  eventType?: string;
  ignoreExtraEvents?: boolean;
  events: Doc[];
}
export interface Case {
  description: string;
  skipReason?: string;
  runOnRequirements?: Requirement[];
  operations: Operation[];
  expectEvents?: ExpectedEvents[];
  outcome?: CollectionData[];
}
export interface CaseFile {
  description: string;
  runOnRequirements?: Requirement[];
  createEntities?: Record<string, Doc>[];
  initialData?: CollectionData[];
  tests: Case[];
}

/** Reads a file of cases, whose values are MongoDB's extended JSON. */
export function readCases(file: string): CaseFile {
  return EJSON.parse(readFileSync(file, 'utf8'), { relaxed: true }) as CaseFile;
}

const VERSION = '8.0.0';

/** Why a case does not ask anything of a one-node replica set of MongoDB 8.0; null when it does. */
export function reasonToSkip(file: CaseFile, one: Case): string | null {
  if (one.skipReason !== undefined) return one.skipReason;
  for (const requirements of [file.runOnRequirements, one.runOnRequirements])
    if (requirements !== undefined && !requirements.some(isMet)) return 'asks for another kind of server';
  if (mentions(one, 'failPoint') || mentions(one, 'targetedFailPoint')) return 'needs fail points';
  if (JSON.stringify(file.createEntities ?? []).includes('"clientEncryption"')) return 'needs encryption';
  return null;
}

function isMet({ minServerVersion, maxServerVersion, topologies, ...needs }: Requirement): boolean {
  if (needs.auth === true || needs.serverless === 'require' || (needs.csfle ?? false) !== false) return false;
  if (needs.serverParameters !== undefined && Object.keys(needs.serverParameters).length > 0) return false;
  if (minServerVersion !== undefined && compareVersions(VERSION, minServerVersion) < 0) return false;
  if (maxServerVersion !== undefined && compareVersions(VERSION, maxServerVersion) > 0) return false;
  return topologies === undefined || topologies.includes('replicaset');
}

/** "8.0.99" is above every 8.0; a part that is left out counts as 0. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const order = (x?.[i] ?? 0) - (y?.[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function mentions({ operations }: Case, name: string): boolean {
  return operations.some((operation) => operation.name === name);
}
