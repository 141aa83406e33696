/**
 * `npm run test:full` runs the longest tests at full size; `npm test` runs smaller twins of them, that say the same of fewer cases.
 */
export const fullSize = process.env['FULL_SIZE'] === 'yes';
