import { rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted, ReportedError } from '../../diagnostic/index.ts';
import { makeDirectory } from '../../files/index.ts';
import { type Completed, describeEnd, inToolsTree, lastLines, type Runner } from '../../process/index.ts';
import type { Accelerator } from '../accelerator/index.ts';
import { type MachineFiles, qemuArguments, socketNames } from './arguments.ts';
import { isDiskNode } from './disk-arguments.ts';
import { prepareDiskFiles } from './disk-files.ts';
import { prepareUefi } from './firmware.ts';
import { QmpClient, QmpError, type QmpEvent } from './qmp.ts';
import { onLines, SocketDirectory } from './socket.ts';
import { imagesOf, keptImagesOf, type Topology } from './topology.ts';
import { startTpm } from './tpm.ts';

export interface MachineOptions {
  readonly topology: Topology;
  readonly accelerator: Accelerator;
  readonly toolsRoot: string;
  /** Absolute. Variable stores by generation of keys, for a topology that names one. */
  readonly firmwareKeys?: string;
  readonly runner: Runner;
  /** Absolute. `console.raw` and `qemu.log` stay here; sockets and firmware variables are in a folder removed at the end. */
  readonly runDir: string;
  /**
   * Absolute. Firmware variables and the TPM's state are kept here: a machine that is given the same directory later goes on with
   * them, as the same computer does. Without it they are new, and gone at the end.
   */
  readonly platformState?: string;
  /** Strings for SMBIOS type 11: system credentials of the guest. */
  readonly credentials: readonly string[];
  /** Offer the display by VNC, at the socket `display` in the machine's directory. */
  readonly remoteDisplay?: boolean;
  /** Give it a place for snapshots of its state. */
  readonly snapshots?: boolean;
  readonly signal?: AbortSignal;
  readonly onConsoleLine: (line: string) => void;
  /** The start of a console line that has not ended: a prompt. */
  readonly onConsolePrompt?: (start: string) => void;
  readonly onEvent?: (event: QmpEvent) => void;
}

/** A QEMU that is running (or was): the lab's view of one computer. */
export interface Machine {
  readonly argv: readonly string[];
  readonly qmp: QmpClient;
  /** The first serial line: what the guest says there comes out, what is written the guest gets as keys. */
  readonly console: Socket;
  /** Connected to the guest's virtio ports of the same names. */
  readonly agentPort: Socket;
  readonly journalPort: Socket;
  /** Settles when QEMU has ended, however. */
  readonly ended: Promise<Completed>;
  /** Bytes that the guest has read from its disks so far: progress even while the console is silent. */
  bytesRead(): Promise<number>;
  /** Bytes that it has written to the disks beside its medium so far. */
  bytesWritten(): Promise<number>;
  powerOn(): Promise<void>;
  /** After a reset: what the console was about to say belongs to the boot before, and what comes starts a new line. */
  endConsoleLine(): void;
  /** Presses the power switch: the guest shuts down by itself, or not. */
  powerdown(): Promise<void>;
  /** Ends QEMU and removes what only it needed. Safe to call twice. */
  quit(): Promise<void>;
}

/**
 * Makes the machine, stopped before its first instruction.
 * @throws ReportedError `qemu-failed` with QEMU's own words when it does not start
 * @throws EnvironmentError when there is no firmware
 * @throws Interrupted when the signal was aborted
 */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const directory = path.join(options.runDir, 'machine');
  // A run that was killed leaves its directory behind.
  await rm(directory, { recursive: true, force: true });
  makeDirectory(directory);
  const sockets = await SocketDirectory.open(directory);
  const remove = async () => {
    await sockets.close().catch(() => {});
    await rm(directory, { recursive: true, force: true });
  };
  try {
    return await assemble(options, directory, sockets, remove);
  } catch (error) {
    await remove();
    throw options.signal?.aborted ? new Interrupted() : error;
  }
}

async function assemble(
  options: MachineOptions,
  directory: string,
  sockets: SocketDirectory,
  remove: () => Promise<void>,
): Promise<Machine> {
  const { firmware, keys, tpm, surroundings = {} } = options.topology;
  const stateDirectory = options.platformState ?? directory;
  const { shared, network, sshPort } = surroundings;
  const files: MachineFiles = {
    consoleBytes: path.join(options.runDir, 'console.raw'),
    credentials: await writeCredentials(directory, options.credentials),
    ...(await prepareDiskFiles({ ...options, directory, snapshots: options.snapshots ?? false })),
    ...(firmware !== 'bios' && {
      firmware: await prepareUefi(
        options.toolsRoot,
        path.join(stateDirectory, 'variables.fd'),
        firmware,
        keys && { keys, stores: options.firmwareKeys },
      ),
    }),
  };
  await rm(files.consoleBytes, { force: true });
  const argv: [string, ...string[]] = [
    ...qemuArguments(options.topology, options.accelerator, files),
    ...(options.remoteDisplay ? ['-vnc', `unix:${socketNames.display}`] : []),
  ];
  const pending = {
    qmp: await sockets.accept(socketNames.qmp),
    console: await sockets.accept(socketNames.console),
    agent: await sockets.accept(socketNames.agent),
    journal: await sockets.accept(socketNames.journal),
  };
  if (options.signal?.aborted) throw new Interrupted();
  const logFile = path.join(options.runDir, 'qemu.log');
  const swtpm = tpm ? await startTpm({ ...options, directory, stateDirectory, logFile }) : undefined;
  const running = options.runner.start(
    {
      argv: inToolsTree(options.toolsRoot, argv, {
        cwd: directory,
        write: [
          options.runDir,
          stateDirectory,
          ...keptImagesOf(options.topology),
          ...(shared === undefined ? [] : [shared]),
        ],
        read: imagesOf(options.topology),
        network: network === true || sshPort !== undefined,
        devices: options.accelerator === 'kvm' ? ['/dev/kvm'] : [],
      }),
    },
    { logFile, ...(options.signal && { signal: options.signal }) },
  );
  const failed = running.completed.then((completed) => {
    throw qemuFailed(completed);
  });
  // Once the machine is made, its end is the caller's to judge.
  failed.catch(() => {});
  try {
    const connect = <T>(connection: Promise<T>) => Promise.race([connection, failed]);
    const [qmpSocket, console, agentPort, journalPort] = await connect(
      Promise.all([
        pending.qmp.connected,
        pending.console.connected,
        pending.agent.connected,
        pending.journal.connected,
      ]),
    );
    const endConsoleLine = onLines(console, options.onConsoleLine, options.onConsolePrompt);
    const qmp = await connect(QmpClient.open(qmpSocket, (event) => options.onEvent?.(event)));
    return {
      argv,
      qmp,
      console,
      agentPort,
      journalPort,
      ended: running.completed,
      bytesRead: () => bytesRead(qmp),
      bytesWritten: () => bytesWritten(qmp),
      endConsoleLine,
      powerOn: async () => void (await qmp.execute('cont')),
      powerdown: async () => void (await qmp.execute('system_powerdown')),
      quit: async () => {
        await qmp.execute('quit', {}, 2000).catch(() => {});
        await Promise.race([running.completed, sleep(2000, undefined, { ref: false })]);
        // Whatever became of that request: nothing of the machine stays.
        await running.stop(1000);
        await swtpm?.stop(1000);
        await remove();
      },
    };
  } catch (error) {
    for (const connection of Object.values(pending)) connection.cancel();
    const completed = await running.stop(1000);
    await swtpm?.stop(1000);
    // QEMU opens its sockets before it finds fault with its other options, so its end may first show as a lost connection.
    throw error instanceof QmpError ? qemuFailed(completed) : error;
  }
}

/** One file each: a string may be longer than an argument. */
function writeCredentials(directory: string, credentials: readonly string[]): Promise<string[]> {
  return Promise.all(
    credentials.map(async (credential, index) => {
      const file = path.join(directory, `credential-${index}`);
      await writeFile(file, credential);
      return file;
    }),
  );
}

function qemuFailed(completed: Completed): ReportedError {
  const words = lastLines(completed, 5).join('\n');
  // QEMU locks what it writes to: only a disk that is kept can be wanted by two.
  if (/Failed to get (?:shared )?"write" lock/.test(words)) {
    return new ReportedError({
      code: 'disk-in-use',
      severity: 'error',
      message: 'another machine has this disk',
      hint: `Switch that one off first: \`phyllome shell\` lists machines that run. QEMU says:\n${words}`,
    });
  }
  return new ReportedError({
    code: 'qemu-failed',
    severity: 'error',
    message: `QEMU ${describeEnd(completed)} before the machine could be turned on`,
    hint: words,
  });
}

async function bytesRead(qmp: QmpClient): Promise<number> {
  return (await blockStatistics(qmp)).reduce((sum, { stats }) => sum + stats.rd_bytes, 0);
}

/** To the disks beside the medium. */
async function bytesWritten(qmp: QmpClient): Promise<number> {
  const disks = (await blockStatistics(qmp)).filter((device) => isDiskNode(device['node-name'] ?? ''));
  return disks.reduce((sum, { stats }) => sum + stats.wr_bytes, 0);
}

const blockStatistics = async (qmp: QmpClient) =>
  (await qmp.execute('query-blockstats')) as readonly {
    readonly 'node-name'?: string;
    readonly stats: { readonly rd_bytes: number; readonly wr_bytes: number };
  }[];
