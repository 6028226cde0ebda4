// devpts: a node for each pseudo-terminal that is open, and its own ptmx (pts(4), Documentation/filesystems/devpts.rst).

import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { type DirEntry, S } from "../sys.ts";
import type { AttributeChange, FileSystemType, Place } from "./file-system.ts";
import { makeDevice } from "./open.ts";
import { type PseudoFacts, PseudoFileSystem } from "./pseudo-file-system.ts";
import { parseMountOptions } from "./tmpfs.ts";

const PTMX = 2;
const FIRST = 3;

class TerminalFileSystem extends PseudoFileSystem {
  readonly type = "devpts";
  readonly root = 1;
  readonly #kernel: Kernel;
  readonly #ptmxMode: number;
  readonly #mountedUs: number;
  readonly #mode: number;
  readonly #gid: number | undefined;

  constructor(kernel: Kernel, device: number, data: string) {
    super(device);
    this.#kernel = kernel;
    this.#mountedUs = kernel.realtimeUs();
    const options = new Map(parseMountOptions(data));
    const octal = (name: string, usual: number): number => {
      const value = options.get(name);
      if (value === undefined) return usual;
      if (!/^[0-7]{1,4}$/.test(value)) throw new SysError("EINVAL");
      return Number.parseInt(value, 8);
    };
    this.#mode = octal("mode", 0o600);
    this.#ptmxMode = octal("ptmxmode", 0);
    const gid = options.get("gid");
    this.#gid = gid === undefined ? undefined : Number(gid);
    for (const name of options.keys()) if (!["mode", "ptmxmode", "gid", "uid", "newinstance", "max"].includes(name)) throw new SysError("EINVAL");
    const words = this.#gid === undefined ? [] : [`gid=${this.#gid}`];
    this.options = [...words, `mode=${this.#mode.toString(8).padStart(3, "0")}`, `ptmxmode=${this.#ptmxMode.toString(8).padStart(3, "0")}`].join(",");
  }

  protected describe(node: number): PseudoFacts {
    if (node === this.root) return { mode: S.IFDIR | 0o755, ino: 1, nlink: 2, timeUs: this.#mountedUs };
    if (node === PTMX) return { mode: S.IFCHR | this.#ptmxMode, ino: PTMX, rdev: makeDevice(5, 2), timeUs: this.#mountedUs };
    const number = node - FIRST;
    const terminal = this.#kernel.terminals.get(number);
    if (terminal === undefined) throw new SysError("ESTALE");
    return {
      mode: S.IFCHR | terminal.mode, ino: node, uid: terminal.uid, gid: this.#gid ?? terminal.gid, rdev: makeDevice(136 + (number >> 8), number & 255), timeUs: terminal.lastInputUs,
    };
  }

  lookup(directory: number, name: string): number {
    if (directory !== this.root) return 0;
    if (name === "ptmx") return PTMX;
    return /^(0|[1-9]\d{0,5})$/.test(name) && this.#kernel.terminals.get(Number(name)) !== undefined ? FIRST + Number(name) : 0;
  }

  parentOf(): number {
    return this.root;
  }

  placeOf(node: number): Place | undefined {
    if (node === this.root) return undefined;
    return { parent: this.root, name: node === PTMX ? "ptmx" : `${node - FIRST}` };
  }

  entries(): readonly DirEntry[] {
    const list = [...this.#kernel.terminals.list()].reverse().map((number) => ({ name: `${number}`, ino: FIRST + number, type: S.IFCHR }));
    return [...list, { name: "ptmx", ino: PTMX, type: S.IFCHR }];
  }

  readlink(): string {
    throw new SysError("EINVAL");
  }

  protected content(): string {
    throw new SysError("EINVAL");
  }

  override setAttributes(node: number, change: AttributeChange): void {
    const terminal = this.#kernel.terminals.get(node - FIRST);
    if (terminal === undefined) return;
    if (change.mode !== undefined) terminal.mode = change.mode & 0o7777;
    if (change.uid !== undefined) terminal.uid = change.uid;
    if (change.gid !== undefined) terminal.gid = change.gid;
  }
}

export function devptsType(kernel: Kernel, nextDevice: () => number): FileSystemType {
  return { name: "devpts", needsDevice: false, userMountable: true, mount: ({ data }) => ({ fs: new TerminalFileSystem(kernel, nextDevice(), data) }) };
}
