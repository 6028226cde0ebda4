// The virtual consoles of a machine (console_ioctl(4), vt(4)): which is shown, which are in use, and what loadkeys, setfont and their kin set. A console that
// nobody opened is only a number. Requests and what they take and give:
//
//   KDGKBTYPE -> 2 (KB_101)          KDGETMODE -> "text"
//   VT_GETSTATE -> VtState            VT_OPENQRY -> number, -1 when all are in use
//   VT_ACTIVATE n, VT_WAITACTIVE n, VT_DISALLOCATE n (0: all that are not in use)
//   KDGKBMODE -> KeyboardMode         KDSKBMODE KeyboardMode
//   KDGKBMETA -> MetaMode             KDSKBMETA MetaMode
//   KDGKBLED -> KeyboardFlags         KDSKBLED KeyboardFlags
//   KDGETLED -> number                KDSETLED number
//   KDKBDREP RepeatRate|undefined -> RepeatRate
//   KDGETKEYMAP -> what was set       KDSETKEYMAP an unchanging value (KDGKBENT, KDGKBSENT and KDGKBDIACRUC in one); undefined: the kernel's own
//   KDFONTGET -> ConsoleFont          KDFONTSET ConsoleFont|undefined (KD_FONT_OP_SET, KD_FONT_OP_SET_DEFAULT)
//   GIO_CMAP -> 16 colours            PIO_CMAP 16 colours
//
// Those that change something ask for CAP_SYS_TTY_CONFIG, or for the caller's own terminal (vt_ioctl.c). Errors: EPERM, ENXIO, EBUSY, EINVAL, ENOTTY.

import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Actor, OpenFileDescription } from "../open-file-description.ts";
import { O, POLL } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import type { Path } from "../vfs/path.ts";
import type { WaitQueue } from "../wait-queue.ts";

const LAST = 63;
const DEFAULT_COLOURS: readonly string[] = ["000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa", "555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"];

export interface VtState {
  readonly active: number;
  readonly inUse: readonly number[];
}

interface KeyboardFlags {
  /** 1 ScrollLock, 2 NumLock, 4 CapsLock */
  readonly flags: number;
  readonly defaults: number;
}

interface PerConsole {
  mode: unknown;
  meta: unknown;
  flags: KeyboardFlags;
  lights: number | undefined;
}

const fresh = (): PerConsole => ({ mode: "unicode", meta: "escprefix", flags: { flags: 0, defaults: 0 }, lights: undefined });

export class VirtualConsoles {
  readonly #kernel: Kernel;
  readonly #allocated = new Set<number>([1]);
  readonly #each = new Map<number, PerConsole>();
  active = 1;
  #keymap: unknown;
  #font: unknown;
  #colours: unknown = DEFAULT_COLOURS;
  #repeat: unknown = { delayMs: 250, periodMs: 33 };

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  allocate(number: number): void {
    this.#allocated.add(number);
  }

  #of(number: number): PerConsole {
    const known = this.#each.get(number);
    if (known) return known;
    const made = fresh();
    this.#each.set(number, made);
    return made;
  }

  #inUse(number: number): boolean {
    return number === this.active || (this.#kernel.terminals.find(4, number)?.slaveOpens ?? 0) > 0;
  }

  #release(number: number): void {
    if (number === 1) return;
    this.#allocated.delete(number);
    this.#each.delete(number);
  }

  /** `number`: the console that was opened; 0 is the one that is shown. */
  ioctl(actor: Actor, number: number, request: string, argument: unknown): unknown {
    const own = this.#of(number === 0 ? this.active : number);
    const terminal = this.#kernel.processes.get(actor.pid)?.terminal;
    const mayChange = (): void => {
      if (!actor.capable(CAP.SYS_TTY_CONFIG) && !(terminal?.major === 4 && terminal.minor === (number === 0 ? this.active : number))) throw new SysError("EPERM");
    };
    const consoleNumber = (): number => {
      mayChange();
      if (typeof argument !== "number" || argument < 1 || argument > LAST) throw new SysError("ENXIO");
      return argument;
    };
    switch (request) {
      case "KDGKBTYPE": return 2;
      case "KDGETMODE": return "text";
      case "VT_GETSTATE": return { active: this.active, inUse: [...this.#allocated].sort((a, b) => a - b) } satisfies VtState;
      case "VT_OPENQRY": {
        for (let one = 1; one <= LAST; one++) if (!this.#allocated.has(one)) return one;
        return -1;
      }
      case "VT_ACTIVATE":
        this.active = consoleNumber();
        this.allocate(this.active);
        return 0;
      case "VT_WAITACTIVE": consoleNumber(); return 0;
      case "VT_DISALLOCATE": {
        if (argument === 0) {
          for (const one of this.#allocated) if (!this.#inUse(one)) this.#release(one);
          return 0;
        }
        const one = consoleNumber();
        if (this.#inUse(one)) throw new SysError("EBUSY");
        this.#release(one);
        return 0;
      }
      case "KDGKBMODE": return own.mode;
      case "KDSKBMODE": mayChange(); own.mode = argument; return 0;
      case "KDGKBMETA": return own.meta;
      case "KDSKBMETA": mayChange(); own.meta = argument; return 0;
      case "KDGKBLED": return own.flags;
      case "KDSKBLED": mayChange(); own.flags = flagsOf(argument); return 0;
      case "KDGETLED": return own.lights ?? own.flags.flags;
      case "KDSETLED": mayChange(); own.lights = typeof argument === "number" && argument <= 7 ? argument : undefined; return 0;
      case "KDKBDREP":
        if (argument !== undefined) {
          if (!actor.capable(CAP.SYS_TTY_CONFIG)) throw new SysError("EPERM");
          this.#repeat = argument;
        }
        return this.#repeat;
      case "KDGETKEYMAP": return this.#keymap;
      case "KDSETKEYMAP": mayChange(); this.#keymap = argument; return 0;
      case "KDFONTGET": return this.#font;
      case "KDFONTSET": mayChange(); this.#font = argument; return 0;
      case "GIO_CMAP": return this.#colours;
      case "PIO_CMAP": mayChange(); this.#colours = argument; return 0;
      default: throw new SysError("ENOTTY");
    }
  }
}

function flagsOf(argument: unknown): KeyboardFlags {
  if (typeof argument !== "object" || argument === null || !("flags" in argument) || !("defaults" in argument) || typeof argument.flags !== "number" || typeof argument.defaults !== "number") throw new SysError("EINVAL");
  return { flags: argument.flags & 7, defaults: argument.defaults & 7 };
}

const all = new WeakMap<Kernel, VirtualConsoles>();

export function virtualConsoles(kernel: Kernel): VirtualConsoles {
  const known = all.get(kernel);
  if (known) return known;
  const made = new VirtualConsoles(kernel);
  all.set(kernel, made);
  return made;
}

/** The console that is shown, while no program sits at it: its settings; what is written there nobody reads. */
export class BareConsole implements OpenFileDescription {
  readonly #kernel: Kernel;
  readonly #number: number;
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label = undefined;
  readonly waiters: WaitQueue | undefined = undefined;
  references = 1;

  constructor(kernel: Kernel, number: number, context: { readonly flags: number; readonly path: Path | undefined }) {
    this.#kernel = kernel;
    this.#number = number;
    this.statusFlags = context.flags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    this.path = context.path;
  }

  read(): Uint8Array {
    return new Uint8Array(0);
  }

  write(_actor: Actor, bytes: Uint8Array): number {
    return bytes.length;
  }

  seek(): number {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return POLL.OUT;
  }

  release(): void {}

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    return virtualConsoles(this.#kernel).ioctl(actor, this.#number, request, argument);
  }
}
