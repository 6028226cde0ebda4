// A process's descriptors: numbers to open file descriptions, with the close-on-exec flag that belongs to the number.

import { SysError } from "./errno.ts";
import type { OpenFileDescription } from "./open-file-description.ts";

/** From here on numbers are kept one by one: bash holds its terminal at 255. */
const FIRST_HIGH = 64;

/** Numbers whose flags fit one small integer: the descriptors of nearly all processes. */
const FLAG_BITS = 30;

export class DescriptorTable {
  #files: (OpenFileDescription | undefined)[] = [];
  #high: Map<number, OpenFileDescription> | undefined;
  /** a bit for each of the first numbers */
  #cloexecBits = 0;
  #cloexec: Set<number> | undefined;
  /** told of each description whose last reference went */
  readonly #onRelease: (file: OpenFileDescription) => void;

  constructor(onRelease: (file: OpenFileDescription) => void) {
    this.#onRelease = onRelease;
  }

  /** Threads that use this table beside the process: it is closed when the last of them ends. */
  users = 1;

  copy(): DescriptorTable {
    const copy = new DescriptorTable(this.#onRelease);
    copy.#files = this.#files.slice();
    for (const file of copy.#files) if (file) file.references++;
    if (this.#high?.size) {
      copy.#high = new Map(this.#high);
      for (const file of copy.#high.values()) file.references++;
    }
    copy.#cloexecBits = this.#cloexecBits;
    if (this.#cloexec?.size) copy.#cloexec = new Set(this.#cloexec);
    return copy;
  }

  find(fd: number): OpenFileDescription | undefined {
    return fd < FIRST_HIGH ? this.#files[fd] : this.#high?.get(fd);
  }

  /** Errors: EBADF. */
  get(fd: number): OpenFileDescription {
    const file = this.find(fd);
    if (!file) throw new SysError("EBADF");
    return file;
  }

  /** The lowest free number from `minimum` on. Errors: EMFILE. */
  free(minimum: number, limit: number): number {
    let fd = minimum;
    while (this.find(fd)) fd++;
    if (fd >= limit) throw new SysError("EMFILE");
    return fd;
  }

  /** Takes over one reference that the caller counted. */
  set(fd: number, file: OpenFileDescription, cloexec: boolean): void {
    if (fd >= FIRST_HIGH) {
      this.#high ??= new Map();
      this.#high.set(fd, file);
      this.setCloexec(fd, cloexec);
      return;
    }
    if (this.#files.length <= fd) {
      // exact: an array that grows by push keeps room for sixteen more
      const files = new Array<OpenFileDescription | undefined>(fd + 1);
      for (let index = 0; index <= fd; index++) files[index] = this.#files[index];
      this.#files = files;
    }
    this.#files[fd] = file;
    this.setCloexec(fd, cloexec);
  }

  close(fd: number): void {
    const file = this.get(fd);
    if (fd >= FIRST_HIGH) this.#high?.delete(fd);
    else {
      this.#files[fd] = undefined;
      let used = this.#files.length;
      while (used > 0 && this.#files[used - 1] === undefined) used--;
      this.#files.length = used;
    }
    this.setCloexec(fd, false);
    if (--file.references === 0) this.#onRelease(file);
  }

  getCloexec(fd: number): boolean {
    return fd < FLAG_BITS ? ((this.#cloexecBits >> fd) & 1) === 1 : (this.#cloexec?.has(fd) ?? false);
  }

  setCloexec(fd: number, on: boolean): void {
    if (fd < FLAG_BITS) this.#cloexecBits = on ? this.#cloexecBits | (1 << fd) : this.#cloexecBits & ~(1 << fd);
    else if (on) {
      this.#cloexec ??= new Set();
      this.#cloexec.add(fd);
    } else this.#cloexec?.delete(fd);
  }

  closeOnExec(): void {
    if (this.#cloexecBits === 0 && !this.#cloexec) return;
    const fds: number[] = [];
    for (let fd = 0; fd < FLAG_BITS; fd++) if (((this.#cloexecBits >> fd) & 1) === 1) fds.push(fd);
    fds.push(...(this.#cloexec ?? []));
    this.#cloexecBits = 0;
    this.#cloexec = undefined;
    for (const fd of fds) if (this.find(fd)) this.close(fd);
    this.#files = this.#files.slice();
  }

  closeAll(): void {
    const files = [...this.#files, ...(this.#high?.values() ?? [])];
    this.#files = [];
    this.#high = undefined;
    this.#cloexecBits = 0;
    this.#cloexec = undefined;
    for (const file of files) if (file && --file.references === 0) this.#onRelease(file);
  }

  entries(): [number, OpenFileDescription][] {
    const entries: [number, OpenFileDescription][] = [];
    this.#files.forEach((file, fd) => {
      if (file) entries.push([fd, file]);
    });
    if (this.#high?.size) entries.push(...[...this.#high].sort(([a], [b]) => a - b));
    return entries;
  }
}
