/** How far a boot can come, in order. */
export const milestoneTitles = {
  'power-on': 'the machine was turned on',
  loader: 'the boot loader started',
  kernel: 'the kernel started',
  initramfs: 'the initramfs started',
  'switch-root': 'the root file system was found',
  agent: 'the agent answered',
  login: 'the system asked for a login',
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
  // Kernel messages may follow on the same line.
  { id: 'login', regex: /^\S+ login:(?: |$)/ },
];

/** Notes the first time that each milestone was passed. */
export class Milestones {
  readonly passed: Milestone[] = [];
  #powerOn = performance.now();
  readonly #onPass: (milestone: Milestone) => void;
  readonly #waiting: { readonly id: MilestoneId; readonly resolve: () => void }[] = [];

  constructor(onPass: (milestone: Milestone) => void = () => {}) {
    this.#onPass = onPass;
  }

  /** Looks for a sign of a milestone in a line of the console. */
  look(line: string): void {
    const sign = consoleSigns.find(({ regex }) => regex.test(line));
    if (sign) this.pass(sign.id);
  }

  pass(id: MilestoneId): void {
    if (this.passed.some((milestone) => milestone.id === id)) return;
    if (id === 'power-on') this.#powerOn = performance.now();
    const milestone = { id, atMs: this.elapsedMs() };
    this.passed.push(milestone);
    this.#onPass(milestone);
    for (const waiting of this.#waiting) if (waiting.id === id) waiting.resolve();
  }

  /** Resolves when the milestone has been passed. */
  reached(id: MilestoneId): Promise<void> {
    if (this.passed.some((milestone) => milestone.id === id)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ id, resolve }));
  }

  get last(): MilestoneId {
    return this.passed.at(-1)?.id ?? 'power-on';
  }

  elapsedMs(): number {
    return Math.round(performance.now() - this.#powerOn);
  }
}
