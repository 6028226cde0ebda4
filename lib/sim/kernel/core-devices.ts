// The character devices that every kernel has (Documentation/admin-guide/devices.txt): mem, kmsg, tty, console, ptmx, terminals.

import type { DeviceNode } from "./device-nodes.ts";
import { SysError } from "./errno.ts";
import { KvmDescription } from "./guest/kvm-device.ts";
import type { Kernel } from "./kernel.ts";
import { openKernelLog } from "./kernel-log-device.ts";
import type { OpenFileDescription } from "./open-file-description.ts";
import { TapDescription } from "./net/tap-device.ts";
import { O, POLL } from "./sys.ts";
import { MasterDescription, TerminalDescription } from "./tty/terminal-description.ts";
import type { Terminal } from "./tty/terminal.ts";
import { BareConsole, virtualConsoles } from "./tty/virtual-consoles.ts";
import type { DeviceContext, DeviceDriver } from "./vfs/file-system.ts";
import type { Path } from "./vfs/path.ts";
import type { WaitQueue } from "./wait-queue.ts";

const EMPTY = new Uint8Array(0);

/** /dev/null and its kin: reads and writes that never wait. */
export class SimpleDevice implements OpenFileDescription {
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label = undefined;
  readonly waiters: WaitQueue | undefined = undefined;
  references = 1;
  readonly #read: (maxBytes: number) => Uint8Array;
  readonly #write: (bytes: Uint8Array) => number;

  constructor(context: Pick<DeviceContext, "path" | "flags">, read: (maxBytes: number) => Uint8Array, write: (bytes: Uint8Array) => number) {
    this.statusFlags = context.flags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    this.path = context.path;
    this.#read = read;
    this.#write = write;
  }

  read(_actor: unknown, maxBytes: number): Uint8Array {
    return this.#read(maxBytes);
  }

  write(_actor: unknown, bytes: Uint8Array): number {
    return this.#write(bytes);
  }

  seek(): number {
    return 0;
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  release(): void {}

  ioctl(): unknown {
    throw new SysError("ENOTTY");
  }
}

interface CoreDevice {
  readonly node: DeviceNode;
  readonly open: (kernel: Kernel, context: DeviceContext) => OpenFileDescription;
}

function character(name: string, major: number, minor: number, mode: number, gid: number, open: CoreDevice["open"]): CoreDevice {
  return { node: { name, kind: "chr", major, minor, mode, uid: 0, gid }, open };
}

const all = (bytes: Uint8Array): number => bytes.length;
const zeros = (maxBytes: number): Uint8Array => new Uint8Array(Math.min(maxBytes, 1 << 20));
const openRandom: CoreDevice["open"] = (kernel, context) => new SimpleDevice(context, (maxBytes) => kernel.randomSource.bytes(Math.min(maxBytes, 1 << 20)), all);

/** The same for every kernel: a session pays for none of it. */
const CORE_DEVICES: readonly CoreDevice[] = [
  character("null", 1, 3, 0o666, 0, (_, context) => new SimpleDevice(context, () => EMPTY, all)),
  character("zero", 1, 5, 0o666, 0, (_, context) => new SimpleDevice(context, zeros, all)),
  character("full", 1, 7, 0o666, 0, (_, context) => new SimpleDevice(context, zeros, () => {
    throw new SysError("ENOSPC");
  })),
  character("random", 1, 8, 0o666, 0, openRandom),
  character("urandom", 1, 9, 0o666, 0, openRandom),
  character("kmsg", 1, 11, 0o644, 0, openKernelLog),
  character("tty", 5, 0, 0o666, 5, (kernel, context) => {
    const terminal = kernel.processes.get(context.caller.pid)?.terminal;
    if (!terminal) throw new SysError("ENXIO");
    return new TerminalDescription(terminal, context.flags, context.path);
  }),
  character("console", 5, 1, 0o600, 0, (kernel, context) => {
    const terminal = kernel.console;
    if (!terminal) return new SimpleDevice(context, () => EMPTY, all);
    return openTerminal(kernel, terminal, context);
  }),
  character("ptmx", 5, 2, 0o666, 5, (kernel, context) => new MasterDescription(newPseudoTerminal(kernel, context.caller.fsuid), context.flags, context.path)),
  character("net/tun", 10, 200, 0o666, 0, (kernel, context) => new TapDescription(kernel, context)),
];
const CORE_NODES: readonly DeviceNode[] = CORE_DEVICES.map(({ node }) => node);
const CORE_BY_NUMBER: ReadonlyMap<number, CoreDevice> = new Map(CORE_DEVICES.map((device) => [device.node.major * 256 + device.node.minor, device]));

export function registerCoreDevices(kernel: Kernel): void {
  const { devices } = kernel;
  kernel.deviceNodes.share(CORE_NODES);
  const core: DeviceDriver = {
    open: (context) => {
      const device = CORE_BY_NUMBER.get(context.major * 256 + context.minor);
      if (device === undefined) throw new SysError("ENXIO");
      return device.open(kernel, context);
    },
  };
  for (const major of [1, 5]) devices.register("chr", major, 0, 256, core);
  devices.register("chr", 10, 200, 1, core);
  devices.register("chr", 10, 232, 1, { open: (context) => new KvmDescription(context) });
  const terminalDriver: DeviceDriver = {
    open: (context) => {
      const terminal = kernel.terminals.find(context.major, context.minor) ?? openVirtualConsole(kernel, context);
      if (terminal instanceof BareConsole) return terminal;
      if (!terminal) throw new SysError(context.major === 4 ? "ENXIO" : "EIO");
      return openTerminal(kernel, terminal, context);
    },
  };
  devices.register("chr", 4, 0, 256, terminalDriver);
  devices.register("chr", 229, 0, 8, terminalDriver);
  devices.register("chr", 136, 0, 256, terminalDriver, 8);
}

/** /dev/tty0 is whatever console is shown; the others come into being when they are opened. At tty1 sits a getty: it is there to be written and asked. */
function openVirtualConsole(kernel: Kernel, context: DeviceContext): Terminal | BareConsole | undefined {
  const { minor } = context;
  if (context.major !== 4 || minor > 63) return undefined;
  const consoles = virtualConsoles(kernel);
  const shown = minor === 0 ? kernel.terminals.find(4, consoles.active) : undefined;
  if (shown !== undefined) return shown;
  if (minor === 0 || minor === 1) return minor === 1 && (context.flags & O.ACCMODE) === O.RDWR ? undefined : new BareConsole(kernel, minor, context);
  consoles.allocate(minor);
  const terminal = kernel.terminals.openNamed(`tty${minor}`, { rows: 25, cols: 80 });
  terminal.attachOutside(() => {});
  return terminal;
}

export function newPseudoTerminal(kernel: Kernel, uid: number): Terminal {
  const terminal = kernel.terminals.openPseudo({ rows: 0, cols: 0 });
  terminal.uid = uid;
  return terminal;
}

/** A session leader without a terminal gets the first one that it opens without O_NOCTTY (tty(4)). */
function openTerminal(kernel: Kernel, terminal: Terminal, context: DeviceContext): OpenFileDescription {
  if (terminal.hungUp) throw new SysError("EIO");
  const process = kernel.processes.get(context.caller.pid);
  const description = new TerminalDescription(terminal, context.flags, context.path);
  if (process && (context.flags & O.NOCTTY) === 0 && process.group.session.leader === process && !process.terminal && !terminal.session) {
    terminal.setControllingSession(process.group.session, process.group);
  }
  return description;
}
