// How clients talk to libvirtd: JSON lines on /run/libvirt/libvirt-sock, a request {"call": NAME, "params": {...}} an answer {"result": ...} or {"error": TEXT}. After the call
// "domainOpenConsole" the connection is a raw stream. What the calls are is in the files of handlers/: a further subcommand of virsh needs at most a handler there
// (`register("name", function* (call) {...})`) and a file in programs/libvirt-clients/virsh/.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";

export const LIBVIRT_SOCKET = "/run/libvirt/libvirt-sock";

/** The daemon's own words: "Requested operation is not valid: domain is not running". */
export class LibvirtError extends Error {}


export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

export class LibvirtClient {
  readonly sys: Sys;
  readonly fd: number;
  #buffered = "";

  private constructor(sys: Sys, fd: number) {
    this.sys = sys;
    this.fd = fd;
  }

  /** Errors: LibvirtError. `readOnly`: everybody may look. */
  static *connect(sys: Sys, readOnly: boolean, uri = "qemu:///system"): Blocking<LibvirtClient> {
    const fd = sys.socket("unix", "stream");
    try {
      yield* sys.connect(fd, { family: "unix", path: LIBVIRT_SOCKET });
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      throw new LibvirtError(`Failed to connect socket to '/var${LIBVIRT_SOCKET}': ${error.message}`);
    }
    sys.setCloexec(fd, true);
    const client = new LibvirtClient(sys, fd);
    yield* client.call("connectOpen", { readOnly, uri });
    return client;
  }

  /** Through ssh: virt-ssh-helper there joins its standard streams with the socket. Errors: LibvirtError with what ssh said. */
  static *connectThrough(sys: Sys, host: string, readOnly: boolean, uri: string): Blocking<LibvirtClient> {
    const [fd, far] = sys.socketpair("stream");
    const [heard, said] = sys.pipe();
    const [, account, name = host, port] = /^(?:([^@]*)@)?([^:]*)(?::(\d+))?$/.exec(host) ?? [];
    const argv = ["ssh", "-T", "-e", "none", ...(port === undefined ? [] : ["-p", port]), ...(account === undefined ? [] : ["-l", account]), "--", name, "virt-ssh-helper", uri];
    sys.fork(function* remote(child) {
      child.dup2(far, 0);
      child.dup2(far, 1);
      child.dup2(said, 2);
      for (const open of child.descriptors()) if (open > 2) child.close(open);
      try {
        return yield* child.exec("/usr/bin/ssh", argv, sys.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    sys.close(far);
    sys.close(said);
    const client = new LibvirtClient(sys, fd);
    try {
      yield* client.call("connectOpen", { readOnly, uri });
      sys.close(heard);
      return client;
    } catch (error) {
      if (!(error instanceof LibvirtError || error instanceof SysError)) throw error;
      const lost = error instanceof SysError || error.message.startsWith("End of file");
      const words = lost ? decode(yield* sys.read(heard, 4096)).trim() : "";
      sys.close(heard);
      sys.close(fd);
      throw new LibvirtError(lost ? (words === "" ? "End of file while reading data: Input/output error" : `Cannot recv data: ${words}: Connection reset by peer`) : error.message);
    }
  }

  /** Errors: LibvirtError with what the daemon says. */
  *call(name: string, params: Params = {}): Blocking<unknown> {
    yield* this.sys.write(this.fd, encode(`${JSON.stringify({ call: name, params })}\n`));
    const answer: unknown = JSON.parse(yield* this.#line());
    if (typeof answer === "object" && answer !== null && "error" in answer) throw new LibvirtError(String(answer.error));
    return typeof answer === "object" && answer !== null && "result" in answer ? answer.result : undefined;
  }

  *#line(): Blocking<string> {
    for (;;) {
      const end = this.#buffered.indexOf("\n");
      if (end >= 0) {
        const line = this.#buffered.slice(0, end);
        this.#buffered = this.#buffered.slice(end + 1);
        return line;
      }
      let bytes: Uint8Array;
      try {
        bytes = yield* this.sys.read(this.fd, 65_536);
      } catch (error) {
        if (error instanceof SysError && error.errno === "EINTR") continue;
        throw error;
      }
      if (bytes.length === 0) throw new LibvirtError("End of file while reading data: Input/output error");
      this.#buffered += decode(bytes);
    }
  }

  close(): void {
    this.sys.close(this.fd);
  }
}

// ---- answers as values

export function record(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}

export function rows(value: unknown): readonly ReadonlyMap<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export const textAt = (value: ReadonlyMap<string, unknown>, key: string): string => {
  const found = value.get(key);
  return typeof found === "string" ? found : found === undefined || found === null ? "" : String(found);
};

export const numberAt = (value: ReadonlyMap<string, unknown>, key: string): number => Number(value.get(key) ?? 0);

export const flagAt = (value: ReadonlyMap<string, unknown>, key: string): boolean => value.get(key) === true;
