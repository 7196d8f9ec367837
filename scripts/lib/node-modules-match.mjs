// Exits 0 when node_modules holds exactly the packages of package-lock.json: npm keeps a list of what it installed.
import { readFileSync } from 'node:fs';

const root = process.argv[2];
const packages = (file) => JSON.parse(readFileSync(`${root}/${file}`, 'utf8')).packages;

function matches() {
  let installed;
  try {
    installed = packages('node_modules/.package-lock.json');
  } catch {
    return false; // nothing installed, or half
  }
  const locked = packages('package-lock.json');
  delete locked[''];
  const same = (path) =>
    installed[path]?.version === locked[path]?.version && installed[path]?.integrity === locked[path]?.integrity;
  // Packages for other systems, and those that nothing asks for any more, are in the lock file and not installed.
  const mayLack = ({ optional, extraneous }) => optional || extraneous;
  return (
    Object.keys(locked).every((path) => same(path) || (mayLack(locked[path]) && !installed[path])) &&
    Object.keys(installed).every((path) => path in locked)
  );
}

process.exit(matches() ? 0 : 1);
