// Pseudo file systems that are mounted on every Debian and whose contents are not simulated: securityfs, debugfs, tracefs, pstore, bpf...

import { SysError } from "../errno.ts";
import { type DirEntry, S } from "../sys.ts";
import type { FileSystemType, Place } from "./file-system.ts";
import { type PseudoFacts, PseudoFileSystem } from "./pseudo-file-system.ts";

/** Mode of the root directory where it is not 755. */
const MODES = new Map([["debugfs", 0o700], ["tracefs", 0o700], ["pstore", 0o750], ["bpf", 0o1777]]);

export class EmptyFileSystem extends PseudoFileSystem {
  readonly type: string;
  readonly root = 1;
  readonly #mode: number;
  readonly #timeUs: number;

  constructor(type: string, device: number, timeUs: number, data: string) {
    super(device);
    this.type = type;
    this.options = data;
    const mode = /(?:^|,)mode=([0-7]+)/.exec(data)?.[1];
    this.#mode = mode === undefined ? (MODES.get(type) ?? 0o755) : Number.parseInt(mode, 8);
    this.#timeUs = timeUs;
  }

  protected describe(): PseudoFacts {
    return { mode: S.IFDIR | this.#mode, ino: 1, nlink: 2, timeUs: this.#timeUs };
  }

  lookup(): number {
    return 0;
  }

  parentOf(): number {
    return this.root;
  }

  placeOf(): Place | undefined {
    return undefined;
  }

  entries(): readonly DirEntry[] {
    return [];
  }

  readlink(): string {
    throw new SysError("EINVAL");
  }

  protected content(): string {
    return "";
  }
}

export const EMPTY_PSEUDO_NAMES = ["securityfs", "debugfs", "tracefs", "pstore", "bpf", "configfs", "fusectl", "binfmt_misc", "efivarfs"] as const;

/** `name`: one of EMPTY_PSEUDO_NAMES. */
export function emptyPseudoType(name: string, nextDevice: () => number, nowUs: () => number): FileSystemType {
  return { name, needsDevice: false, userMountable: false, mount: ({ data }) => ({ fs: new EmptyFileSystem(name, nextDevice(), nowUs(), data) }) };
}
