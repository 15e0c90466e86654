import type { KickstartModel } from 'kickstart-parser';
import type { ConfigureScript } from './handler.ts';

/** The `%post` sections, in the order of the file. */
export function postScripts({ scripts }: KickstartModel): ConfigureScript[] {
  return scripts.map((script, index) => ({
    id: `post-${index + 1}`,
    title: `%post at line ${script.lineno}`,
    body: script.body,
    origin: script.headerSpan,
    interpreter: script.interpreter,
    chroot: script.chroot,
    mayFail: !script.erroronfail,
    ...(script.log !== undefined && { log: script.log }),
  }));
}

// The script's text comes by standard input, so that no secret in it is seen in a process list. Like Anaconda: a file of
// mode 0700 in /tmp, HOME=/tmp, working directory /, no standard input.
const runScript =
  'umask 077; cat > /tmp/ks-script; log=$1; shift; umask 022; [ -z "$log" ] || { mkdir -p "$(dirname "$log")"; exec > "$log" 2>&1; }; exec "$@" /tmp/ks-script < /dev/null';

/**
 * Runs a script whose text is on standard input, in the root where this is started: HOME is /tmp there, and the working
 * directory /.
 */
export function scriptCommand({ interpreter, log }: Pick<ConfigureScript, 'interpreter' | 'log'>): string[] {
  const words = (interpreter ?? '/bin/sh').split(/\s+/).filter((word) => word !== '');
  return ['sh', '-euc', runScript, 'sh', log ?? '', ...words];
}
