import { parse } from 'kickstart-parser';
import type { EvidenceSource } from './evidence.ts';

/** `[44, 35]` */
export type AnacondaVersion = readonly [major: number, minor: number];

/** Who runs the scripts: since this version the Runtime module, which is given a part of the kickstart only. */
const SCRIPTS_IN_MODULE: AnacondaVersion = [42, 13];

/** What the Runtime module is given besides: command → the version since which it is (pyanaconda/modules/runtime/kickstart.py). */
const COMMANDS_OF_MODULE: Readonly<Record<string, AnacondaVersion>> = {
  ...since([42, 13], 'driverdisk mediacheck sshpw updates logging rescue eula graphical text cmdline vnc'),
  ...since([43, 26], 'rdp'),
  ...since([43, 42], 'reboot poweroff shutdown halt'),
};

const SECTIONS_OF_MODULE = ['%pre-install', '%post', '%onerror', '%traceback'];

/**
 * Where the scripts of the kickstart `text` begin: the line that Anaconda tells → the line in `text`. It counts in what its
 * Runtime module was given: the module's own commands, each on one line, and the scripts with all that is in them. Comments,
 * blank lines, other commands and other sections are gone.
 */
export function linesOfScripts(text: string, anaconda: AnacondaVersion): ReadonlyMap<number, number> {
  const isExtract = isSince(anaconda, SCRIPTS_IN_MODULE);
  const lines = new Map<number, number>();
  let extractLine = 1;
  for (const node of parse(text).nodes) {
    if (node.kind === 'section' && SECTIONS_OF_MODULE.includes(node.name)) {
      const own = node.header.span.start.line;
      lines.set(isExtract ? extractLine : own, own);
      extractLine += 1 + node.body.split('\n').length;
    } else if (node.kind === 'command') {
      const given = COMMANDS_OF_MODULE[node.name];
      if (given !== undefined && isSince(anaconda, given)) extractLine += 1;
    }
  }
  return lines;
}

/** What Anaconda says of itself where it starts: `anaconda 44.35-1.fc44 for Fedora 44 (pre-release) started.` */
const ofItself = /\banaconda\S* (?:version )?(?<major>\d{2})\.(?<minor>\d+)(?:[-.\s]|$)/;

/** Where no log says: every release that still gets updates has a later one than the last that counted otherwise. */
const NOT_TOLD: AnacondaVersion = [44, 0];

/** The version that the logs name. */
export function anacondaVersion(evidence: readonly EvidenceSource[]): AnacondaVersion {
  for (const { lines } of evidence)
    for (const line of lines) {
      const { major, minor } = ofItself.exec(line.slice(0, 500))?.groups ?? {};
      if (major !== undefined) return [Number(major), Number(minor)];
    }
  return NOT_TOLD;
}

function since(version: AnacondaVersion, names: string): Record<string, AnacondaVersion> {
  return Object.fromEntries(names.split(' ').map((name) => [name, version]));
}

function isSince([major, minor]: AnacondaVersion, [wanted, least]: AnacondaVersion): boolean {
  return major > wanted || (major === wanted && minor >= least);
}
