/** What Anaconda gives its Runtime module of a kickstart, line by line: a model of its SplitKickstartParser, apart from ours. */
export interface Extract {
  readonly lines: readonly string[];
  /** Line of a script's header in the kickstart → its line in the extract; both from 1. */
  readonly scripts: ReadonlyMap<number, number>;
}

/** What changed between releases: where scripts are run from, and which commands the module has. */
export type Release = 'before 42.13' | '42.13' | '43.48' | '44.35' | '45.21';

const commands: Readonly<Record<Release, RegExp>> = {
  'before 42.13': /^$/,
  '42.13': /^(?:driverdisk|mediacheck|sshpw|updates|logging|rescue|eula|graphical|text|cmdline|vnc)(?:\s|$)/,
  '43.48':
    /^(?:driverdisk|mediacheck|sshpw|updates|logging|rescue|eula|graphical|text|cmdline|vnc|rdp|reboot|poweroff|shutdown|halt)(?:\s|$)/,
  get '44.35'() {
    return this['43.48'];
  },
  get '45.21'() {
    return this['43.48'];
  },
};

export function extractOf(kickstart: string, release: Release): Extract {
  const lines: string[] = [];
  const scripts = new Map<number, number>();
  let section: 'kept' | 'dropped' | undefined;
  kickstart.split('\n').forEach((line, index) => {
    if (section === undefined && line.startsWith('%')) {
      section = /^%(?:pre-install|post|onerror|traceback)\b/.test(line) ? 'kept' : 'dropped';
      if (section === 'kept') scripts.set(index + 1, release === 'before 42.13' ? index + 1 : lines.push(line));
    } else if (section !== undefined) {
      if (section === 'kept') lines.push(line);
      if (line === '%end') section = undefined;
    } else if (commands[release].test(line)) lines.push(line);
  });
  return { lines, scripts };
}
