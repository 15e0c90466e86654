/** How far a boot can come, in order. */
export const milestoneTitles = {
  'power-on': 'the machine was turned on',
  loader: 'the boot loader started',
  kernel: 'the kernel started',
  initramfs: 'the initramfs started',
  'switch-root': 'the root file system was found',
  agent: 'the agent answered',
  settled: 'no start job was left',
} as const;

export type MilestoneId = keyof typeof milestoneTitles;

export interface Milestone {
  readonly id: MilestoneId;
  /** Since power-on, in milliseconds of the host's clock. */
  readonly atMs: number;
}

/** Milestones that the console tells of (a quiet kernel leaves some out). */
const consoleSigns: readonly { readonly id: MilestoneId; readonly regex: RegExp }[] = [
  { id: 'loader', regex: /GNU GRUB|Booting `|systemd-boot|ISOLINUX|Loading Linux/ },
  { id: 'kernel', regex: /\bLinux version \d/ },
  { id: 'initramfs', regex: /Run \/init as init process|Running in initrd/ },
  { id: 'switch-root', regex: /Switching root|initrd-switch-root\.(?:target|service)/ },
];

/** Notes the first time that each milestone was passed. */
export class Milestones {
  readonly passed: Milestone[] = [];
  #powerOn = performance.now();

  /** Looks for a sign in a line of the console; returns the milestone when it is a new one. */
  look(line: string): Milestone | undefined {
    const sign = consoleSigns.find(({ regex }) => regex.test(line));
    return sign && this.pass(sign.id);
  }

  pass(id: MilestoneId): Milestone | undefined {
    if (this.passed.some((milestone) => milestone.id === id)) return undefined;
    if (id === 'power-on') this.#powerOn = performance.now();
    const milestone = { id, atMs: this.elapsedMs() };
    this.passed.push(milestone);
    return milestone;
  }

  get last(): MilestoneId {
    return this.passed.at(-1)?.id ?? 'power-on';
  }

  elapsedMs(): number {
    return Math.round(performance.now() - this.#powerOn);
  }
}
