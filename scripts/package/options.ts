import type { ExpectationFile } from '../expectation/index.ts';

/** What is expected of an image, as a file for `phyllome test --expect` says it. */
export type Expectation = ExpectationFile;

/** How an image is tested. What is absent is as `phyllome test` has it. */
export interface TestOptions {
  /** `both`: by BIOS, then by UEFI. The topology's own, else BIOS, when absent. */
  readonly firmware?: 'bios' | 'uefi' | 'secure-boot' | 'both' | undefined;
  /** The machine: a name of `phyllome list`, or a file. */
  readonly topology?: string | undefined;
  /** What runs it; found out when absent. */
  readonly accel?: 'auto' | 'kvm' | 'tcg' | undefined;

  /** Of an image by its path: how it is attached. */
  readonly from?: 'cdrom' | 'usb' | 'disk' | undefined;
  /** Of a kernel: its initramfs. */
  readonly initrd?: string | undefined;
  /** Of a kernel: its arguments. */
  readonly append?: string | undefined;
  /** Of a directory for PXE: what the firmware fetches first. */
  readonly bootFile?: string | undefined;
  /** Of an image by its path: what is expected of it, or the file that says so. */
  readonly expect?: Expectation | string | undefined;

  /** Of a flavour that was built: these checks only. */
  readonly only?: readonly string[] | undefined;
  /** Of a flavour: these situations are played, each on its machines; or `usual`, or `all`. */
  readonly scenarios?: readonly string[] | undefined;
  /** Of a flavour: distribution and release that it was built on. */
  readonly base?: string | undefined;
  /** Of a flavour: the computer that it was built for. */
  readonly hardware?: string | undefined;

  /** Where reports go, and where built flavours lie: `PHYLLOME_OUT`, else `phyllome-out` in the current directory. */
  readonly out?: string | undefined;
  /** Where tools are kept: `PHYLLOME_CACHE`, else `phyllome` in the user's cache. */
  readonly cache?: string | undefined;
  /** Directories with flavours, components and topologies of one's own. */
  readonly directories?: readonly string[] | undefined;
  /** Ends the test: the machine is turned off, and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told what happens, a line at a time. */
  readonly onProgress?: ((line: string) => void) | undefined;
}
