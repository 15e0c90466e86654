/** What editors leave beside a file that they change: nobody means it to be read, or to reach an image. */
export function isEditorCopy(name: string): boolean {
  return /~$|^\.?#|\.sw[op]$/.test(name);
}

/** Why a file among source files is not read; undefined where it is, or nobody would think that it is. */
export function whyNotRead(file: string): string | undefined {
  if (isEditorCopy(file)) return 'an editor’s copy';
  return /\.(?:yml|ya?ml\.\w+|YAML)$/.test(file)
    ? `its name must end in .yaml: ${file.replace(/\.(?:yml|ya?ml\.\w+|YAML)$/, '')}.yaml`
    : undefined;
}
