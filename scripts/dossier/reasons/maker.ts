import type { ContentsPackage, FileRecord } from '../contents.ts';

/** What made a file. */
export interface Maker {
  /** The package whose it is, or whose installation made it. */
  readonly package?: string;
  /** `package bash`, behind `is`: `of package bash`. */
  readonly whose: string;
  /** The whole sentence. */
  readonly text: string;
}

/** Of a file that no component writes. */
export function makerOf(file: FileRecord, packages: ReadonlyMap<string, ContentsPackage>): Maker {
  const owner = file.package;
  if (owner !== undefined && file.type === 'directory') {
    const text = `it is of package \`${owner}\`, and maybe of others, too`;
    return { package: owner, whose: `of package ${owner}`, text };
  }
  if (owner !== undefined && file.configured !== true) {
    return { package: owner, whose: `of package ${owner}`, text: `it is of package \`${owner}\`` };
  }
  if (owner !== undefined) {
    return {
      package: owner,
      whose: `of package ${owner}, and configuration changed it`,
      text: `configuration changed it, and it is of package \`${owner}\``,
    };
  }
  if (file.configured === true) {
    const text = 'configuration made it: the kickstart’s commands, or a script of a component';
    return { whose: 'made by configuration', text };
  }
  const made = madeFor(file.path, packages);
  if (made === undefined) return { whose: 'nobody’s', text: 'scripts of packages made it at their installation' };
  return {
    package: made,
    whose: `made for package ${made}`,
    text: `it was made when package \`${made}\` was installed`,
  };
}

/** Of a file that is no package's the package that it was made for, where its place tells. */
export function madeFor(path: string, packages: ReadonlyMap<string, ContentsPackage>): string | undefined {
  const record = /^\/var\/lib\/dpkg\/info\/([^/]+)\.[^./]+$/.exec(path)?.[1]?.replace(/:.*/, '');
  if (record !== undefined) return packages.has(record) ? record : undefined;
  const kernel = /^\/(?:usr\/lib\/modules\/|boot\/[^/]*?-)([^/]+)(?:\/modules\.|$)/.exec(path)?.[1];
  const image = kernel === undefined ? undefined : `linux-image-${kernel}`;
  if (image !== undefined && packages.has(image)) return image;
  return path === '/usr/lib/udev/hwdb.bin' && packages.has('udev') ? 'udev' : undefined;
}
