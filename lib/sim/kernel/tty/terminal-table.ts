// The machine's terminals: pseudo-terminals by number (what devpts lists), virtual consoles and serial lines by name.

import type { Kernel } from "../kernel.ts";
import type { WindowSize } from "../sys.ts";
import { Terminal } from "./terminal.ts";
import { SmallMap } from "../small-map.ts";

/** A terminal as the world outside holds it. */
export interface OutsideTerminal {
  /** below /dev */
  readonly name: string;
  readonly terminal: Terminal;
  input(bytes: Uint8Array): void;
  /** What was written since the last call; nothing when `onOutput` was given. */
  takeOutput(): Uint8Array;
  resize(size: WindowSize): void;
  hangup(): void;
}

export class TerminalTable {
  readonly #kernel: Kernel;
  readonly #pts = new Map<number, Terminal>();
  readonly #named = new SmallMap<string, Terminal>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  list(): readonly number[] {
    return [...this.#pts.keys()].sort((a, b) => a - b);
  }

  get(number: number): Terminal | undefined {
    return this.#pts.get(number);
  }

  find(major: number, minor: number): Terminal | undefined {
    if (major >= 136 && major < 144) return this.#pts.get((major - 136) * 256 + minor);
    for (const terminal of this.#named.values()) if (terminal.major === major && terminal.minor === minor) return terminal;
    return undefined;
  }

  /** Lowest free number, as devpts gives them. */
  openPseudo(size: WindowSize): Terminal {
    let number = 0;
    while (this.#pts.has(number)) number++;
    const terminal = new Terminal(this.#kernel, `pts/${number}`, 136, number, size);
    this.#pts.set(number, terminal);
    terminal.onGone = () => this.#pts.delete(number);
    return terminal;
  }

  /** "tty1" (4:1) or "ttyS0" (4:64): always there once asked for. */
  openNamed(name: string, size: WindowSize): Terminal {
    const existing = this.#named.get(name);
    if (existing) return existing;
    const serial = /^ttyS(\d+)$/.exec(name);
    const virtual = /^tty(\d+)$/.exec(name);
    const minor = serial ? 64 + Number(serial[1]) : virtual ? Number(virtual[1]) : 1;
    const terminal = new Terminal(this.#kernel, name, name === "hvc0" ? 229 : 4, name === "hvc0" ? 0 : minor, size);
    terminal.mode = 0o600;
    this.#named.set(name, terminal);
    return terminal;
  }

  openOutside(options: { size: WindowSize; name?: string; onOutput?: (bytes: Uint8Array) => void }): OutsideTerminal {
    const terminal = options.name === undefined ? this.openPseudo(options.size) : this.openNamed(options.name, options.size);
    terminal.attachOutside(options.onOutput);
    return {
      name: terminal.name,
      terminal,
      input: (bytes) => terminal.input(bytes),
      takeOutput: () => terminal.takeOutput(Infinity),
      resize: (size) => terminal.resize(size),
      hangup: () => terminal.hangup(),
    };
  }
}
