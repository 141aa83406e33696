/**
 * `npm run sbom`: the bill of materials of what is shipped, on standard output, in the format of CycloneDX 1.6. Read from the lock:
 * the command of npm leaves out packages that tests need too, and the tool of CycloneDX brings 120 packages of its own.
 */
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const { name, version, description } = read('package.json');
const { packages } = read('package-lock.json');

const purlOf = (packageName, packageVersion) =>
  `pkg:npm/${packageName.replace('@', '%40')}@${encodeURIComponent(packageVersion)}`;

/** A licence of SPDX has an id, several an expression. */
const licencesOf = (licence) => {
  if (!licence) return [];
  return [/\s/.test(licence) ? { expression: licence } : { license: { id: licence } }];
};

/** The lock has hashes in base64, with their algorithm before ("sha512-…"); CycloneDX wants hexadecimal. */
const hashOf = (integrity) => ({
  alg: 'SHA-512',
  content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
});

const componentOf = ([place, locked]) => {
  const packageName = place.split('node_modules/').at(-1);
  return {
    type: 'library',
    'bom-ref': place,
    name: packageName,
    version: locked.version,
    ...(locked.optional && { scope: 'optional' }),
    hashes: [hashOf(locked.integrity)],
    licenses: licencesOf(locked.license),
    purl: purlOf(packageName, locked.version),
  };
};

const shipped = Object.entries(packages).filter(([place, { dev }]) => place !== '' && !dev);
const bill = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: { type: 'application', 'bom-ref': name, name, version, description, purl: purlOf(name, version) },
  },
  components: shipped.map(componentOf),
};
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
