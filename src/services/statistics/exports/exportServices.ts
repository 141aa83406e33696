import type { Parts } from '../../parts.js';
import { figuresFile } from './exportFile.js';
import { fetchExport, readExports, removeExport } from './readExports.js';
import { runExport } from './runExport.js';
import { startExport } from './startExport.js';

/** Figures and what is behind them as files. Bound once to their parts. */
export const exportServices = (parts: Parts) => ({
  figuresFile: figuresFile(parts),
  startExport: startExport(parts),
  readExports: readExports(parts),
  fetchExport: fetchExport(parts),
  removeExport: removeExport(parts),
  runExport: runExport(parts),
});
