// What is configured: DIR/ifstate (a line IFACE=LOGICAL each, the newest last), and a lock for each interface, DIR/ifstate.IFACE, that holds its logical name.
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readWhole } from "./_read-whole.ts";

interface Up {
  readonly iface: string;
  readonly logical: string;
}

export class StateRefusal extends Error {}

export class State {
  readonly #sys: Sys;
  readonly directory: string;

  constructor(sys: Sys, directory: string) {
    this.#sys = sys;
    this.directory = directory;
  }

  *all(): Blocking<readonly Up[]> {
    let text: string;
    try {
      text = yield* readWhole(this.#sys, `${this.directory}/ifstate`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return [];
    }
    return text.split("\n").flatMap((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [] : [{ iface: line.slice(0, at), logical: line.slice(at + 1) }];
    });
  }

  *logicalOf(iface: string): Blocking<string | undefined> {
    return (yield* this.all()).find((one) => one.iface === iface)?.logical;
  }

  /** Held until the descriptor is closed. Throws StateRefusal. */
  *lock(iface: string, verbose: (text: string) => Blocking<void>): Blocking<number> {
    const path = `${this.directory}/ifstate.${iface}`;
    const fd = yield* this.#opened(path);
    try {
      yield* this.#sys.flock(fd, "exclusive", true);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EAGAIN") throw error;
      yield* verbose(`waiting for lock on ${path}`);
      yield* this.#sys.flock(fd, "exclusive");
    }
    return fd;
  }

  /** `logical` undefined: it is down. `lock` is what `lock` gave. */
  *note(lock: number, iface: string, logical: string | undefined): Blocking<void> {
    const guard = yield* this.#opened(`${this.directory}/.ifstate.lock`);
    try {
      yield* this.#sys.flock(guard, "exclusive");
      const others = (yield* this.all()).filter((one) => one.iface !== iface);
      const text = [...others, ...(logical === undefined ? [] : [{ iface, logical }])].map((one) => `${one.iface}=${one.logical}\n`).join("");
      const fd = yield* this.#sys.open(`${this.directory}/ifstate`, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
      yield* this.#sys.write(fd, encode(text));
      this.#sys.close(fd);
    } finally {
      this.#sys.close(guard);
    }
    this.#sys.ftruncate(lock, 0);
    yield* this.#sys.pwrite(lock, encode(`${logical ?? ""}\n`), 0);
  }

  *#opened(path: string): Blocking<number> {
    try {
      try {
        this.#sys.mkdir(this.directory, 0o755);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
      return yield* this.#sys.open(path, O.RDWR | O.CREAT | O.CLOEXEC, 0o644);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new StateRefusal(`failed to open lockfile ${path}: ${error.message}`);
    }
  }
}
