import { statSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory, readJson, writeWhole } from '../../files/index.ts';

interface Verified {
  readonly file: string;
  readonly sha256: string;
  readonly release: string;
}

interface Entry extends Verified {
  readonly size: number;
  readonly changed: number;
}

/** Media that were found to be right, so that a gigabyte is not read again for nothing. One that changed since counts no more. */
export class VerifiedIsos {
  readonly #record: string;

  constructor(cacheDirectory: string) {
    this.#record = path.join(cacheDirectory, 'iso', 'verified.json');
  }

  find(file: string): Verified | undefined {
    return this.#present().find((entry) => entry.file === file);
  }

  /** The newest of a release; with a checksum the one that has it. */
  ofRelease(release: string, sha256?: string): Verified | undefined {
    return this.#present().find(
      (entry) => entry.release === release && (sha256 === undefined || entry.sha256 === sha256),
    );
  }

  remember(iso: Verified): void {
    const { size, mtimeMs } = statSync(iso.file);
    const others = this.#present().filter((entry) => entry.file !== iso.file);
    makeDirectory(path.dirname(this.#record));
    writeWhole(this.#record, `${JSON.stringify([{ ...iso, size, changed: mtimeMs }, ...others], null, 2)}\n`);
  }

  #present(): readonly Entry[] {
    const entries = (readJson(this.#record) ?? []) as readonly Entry[];
    return entries.filter(({ file, size, changed }) => {
      const now = statSync(file, { throwIfNoEntry: false });
      return now?.size === size && now.mtimeMs === changed;
    });
  }
}
