export interface MenuRequest {
  readonly oldLabel: string;
  readonly newLabel: string;
  /** Takes the place of the medium's own product in titles: `Phyllome OS headless`. */
  readonly title: string;
  /** Added to every entry that installs. */
  readonly bootArguments: readonly string[];
  /** It installs without asking: nobody is there to choose an entry either. */
  readonly unattended: boolean;
}

/** Seconds until an unattended medium starts: enough to stop it, and not a minute for nobody. */
const unattendedSeconds = 10;

/**
 * A boot menu of a Fedora medium (GRUB's, or isolinux's of older ones) made one that installs by our kickstart. The default
 * entry stays what it was, the one that tests the medium first; entries for rescue keep their own arguments.
 */
export function installerMenu(text: string, request: MenuRequest): string {
  const product = /(?:menuentry|menu label)\s+['"^]?\^?Install ([^'"\n]+?)['"\s]*(?:--|$|\n|\{)/im.exec(text)?.[1];
  return text
    .split('\n')
    .map((line) => {
      const labelled = replaceLabel(line, request.oldLabel, request.newLabel);
      if (/^\s*(?:linux|linuxefi|linux16|append)\s/.test(labelled)) return kernelLine(labelled, request);
      if (/^\s*(?:menuentry|submenu|menu label)\s/i.test(labelled) && product !== undefined) {
        return labelled.replaceAll(product, titleFor(labelled, request));
      }
      if (!request.unattended) return labelled;
      return labelled
        .replace(/^(\s*set timeout=)\d+/, `$1${unattendedSeconds}`)
        .replace(/^(\s*timeout )\d+/, `$1${unattendedSeconds * 10}`);
    })
    .join('\n');
}

function kernelLine(line: string, { bootArguments }: MenuRequest): string {
  if (!/\binst\.stage2=/.test(line) || /\binst\.rescue\b/.test(line)) return line;
  const [indent = ''] = /^\s*/.exec(line) ?? [];
  // Words never hold spaces here: a medium's own label has none, and ours has only letters, digits and `_`.
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith('inst.ks='));
  return `${indent}${[...words, ...bootArguments].join(' ')}`;
}

function titleFor(line: string, { title, unattended }: MenuRequest): string {
  return unattended && !/rescue/i.test(line) ? `${title} (ERASES ALL DISKS)` : title;
}

/** A label stands in the menu as it is, or with the characters escaped that udev escapes; never as a part of a longer one. */
function replaceLabel(line: string, oldLabel: string, newLabel: string): string {
  const escaped = oldLabel.replaceAll(/[^a-zA-Z0-9#+.:=@_-]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return [...new Set([oldLabel, escaped])].reduce((changed, label) => {
    const pattern = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return changed.replace(new RegExp(`(?<![\\w.-])${pattern}(?![\\w.-])`, 'g'), newLabel);
  }, line);
}
