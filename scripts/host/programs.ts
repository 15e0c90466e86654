import { existsSync } from 'node:fs';
import { type Diagnostic, EnvironmentError } from '../diagnostic/index.ts';
import { isOnPath } from './on-path.ts';

interface Program {
  readonly name: string;
  readonly apt: string;
  readonly dnf: string;
}

const always: readonly Program[] = [
  { name: 'unshare', apt: 'util-linux', dnf: 'util-linux' },
  { name: 'setpriv', apt: 'util-linux', dnf: 'util-linux' },
  { name: 'mount', apt: 'mount', dnf: 'util-linux' },
  { name: 'bwrap', apt: 'bubblewrap', dnf: 'bubblewrap' },
];

const forToolsTree: readonly Program[] = [
  { name: 'mmdebstrap', apt: 'mmdebstrap debian-archive-keyring', dnf: 'mmdebstrap debian-keyring' },
];

const forUsers: readonly Program[] = [
  { name: 'newuidmap', apt: 'uidmap', dnf: 'shadow-utils' },
  { name: 'newgidmap', apt: 'uidmap', dnf: 'shadow-utils' },
];

/**
 * Makes sure that the programs are there which the work needs from this machine; everything else is in the tools tree.
 * @throws EnvironmentError naming all missing ones with their packages
 */
export function checkPrograms(options: { readonly root: boolean; readonly makesToolsTree: boolean }): void {
  const wanted = [...always, ...(options.makesToolsTree ? forToolsTree : []), ...(options.root ? [] : forUsers)];
  const missing = wanted.filter((program) => !isOnPath(program.name));
  const findings = missing.map(
    (program): Diagnostic => ({
      code: 'missing-program',
      severity: 'error',
      message: `${program.name} is not installed`,
      hint: `apt-get install ${program.apt}   |   dnf install ${program.dnf}`,
    }),
  );
  if (options.makesToolsTree && missing.length === 0 && !existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')) {
    findings.push({
      code: 'missing-keyring',
      severity: 'error',
      message: 'the keys that Debian signs its archive with are not installed',
      hint: 'apt-get install debian-archive-keyring   |   dnf install debian-keyring',
    });
  }
  if (findings.length > 0) throw new EnvironmentError(findings);
}
