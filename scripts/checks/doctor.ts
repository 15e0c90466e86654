import { type Guest, GuestCommandFailed } from '../lab/index.ts';
import { type Check, failed, passed } from './check.ts';

/** What `phyllome-doctor --json` prints. */
export interface DoctorReport {
  readonly schema: 1;
  readonly verdict: 'fine' | 'warnings' | 'wrong';
  readonly checks: readonly DoctorAnswer[];
}

interface DoctorAnswer {
  /** `kvm`, `iommu`, `hand-over:0000:01:00.0`. */
  readonly id: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly summary: string;
  /** What to do; empty where nothing is. */
  readonly advice: string;
}

export const doctor: Check = {
  id: 'doctor',
  title: 'phyllome-doctor finds nothing wrong',
  proves:
    "The image's own doctor, which users run on their computers, finds nothing wrong with the lab machine: virtualisation, firmware for guests, TPMs, pools and networks, units, protection.",
  // Somebody at a prompt waits for it.
  budgetSeconds: 5,
  async run({ guest }) {
    const { checks, verdict } = await askDoctor(guest);
    const evidence = checks.map(({ id, status, summary }) => `${status} ${id}: ${summary}`);
    const named = (status: DoctorAnswer['status']) =>
      checks.filter((check) => check.status === status && !isForAnotherComputer(check));
    // On an image that has just started nobody has changed a setting: one that differs means that the image's files have no effect.
    const unset = named('warn').filter(({ id }) => id === 'settings');
    const wrong = [...named('fail'), ...unset].map(({ summary }) => summary);
    const values = {
      verdict,
      ok: named('ok').length,
      warnings: named('warn').map(({ id }) => id),
      wrong: [...named('fail'), ...unset].map(({ id }) => id),
    };
    if (wrong.length > 0) return failed(wrong.join('; '), evidence, values);
    const banner = (await guest.run('cat /run/motd.d/50-phyllome-doctor 2>/dev/null; true')).stdout.trim();
    // A doctor that looks too early after boot finds fault with what is still starting, and the banner keeps that for an hour.
    if (banner !== '' && verdict !== 'wrong')
      return failed(`the login banner says otherwise: ${banner}`, evidence, values);
    const warnings = values.warnings.length === 0 ? '' : `, warnings: ${values.warnings.join(', ')}`;
    return passed(`${values.ok} of ${checks.length} answers are good${warnings}`, evidence, values);
  },
};

/** An image for one computer is tested on another, too; `handed-over` says so. */
function isForAnotherComputer({ id, summary }: DoctorAnswer): boolean {
  return id.startsWith('hand-over:') && summary.includes('there is no such device');
}

/**
 * The doctor's opinion of the machine that the guest runs on.
 * @throws GuestCommandFailed when there is no doctor
 */
export async function askDoctor(guest: Guest): Promise<DoctorReport> {
  const { stdout, stderr, status } = await guest.run(['phyllome-doctor', '--json'], { allowFailure: true });
  try {
    return JSON.parse(stdout) as DoctorReport;
  } catch {
    throw new GuestCommandFailed('phyllome-doctor --json', { status, stdout, stderr });
  }
}
