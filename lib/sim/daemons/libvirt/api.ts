// How clients talk to libvirtd: JSON lines on /run/libvirt/libvirt-sock, a request {"call": NAME, "params": {...}} an answer {"result": ...} or {"error": TEXT}. After the call
// "domainOpenConsole" the connection is a raw stream. What the calls are is in the files of handlers/: a further subcommand of virsh needs at most a handler there
// (`register("name", function* (call) {...})`) and a file in programs/libvirt-clients/virsh/.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";

/** The daemon's own words: "Requested operation is not valid: domain is not running". */
export class LibvirtError extends Error {}

export const LIBVIRT_SOCKET = "/run/libvirt/libvirt-sock";
/** Without a word of the caller's: root has the system, others have their own session. */
export const defaultUri = (sys: Sys): string => sys.environment.get("LIBVIRT_DEFAULT_URI") ?? (sys.getcred().euid === 0 ? "qemu:///system" : "qemu:///session");

/** What a person's own daemon waits for without clients and guests (--timeout). */
const idleSeconds = 120;
const startTries = 200;
const startTryUs = 10_000;

/** Of a person's own daemon: below the run-time directory, or the cache where the login gives none (g_get_user_runtime_dir). */
export function sessionSocket(environment: ReadonlyMap<string, string>): string {
  return `${environment.get("XDG_RUNTIME_DIR") ?? environment.get("XDG_CACHE_HOME") ?? `${environment.get("HOME") ?? ""}/.cache`}/libvirt/libvirt-sock`;
}

/** Whether a daemon of one's own answers; root's session is the system (remoteConnectOpen). */
export const isOwnSession = (sys: Sys, uri: string): boolean => uri.startsWith("qemu") && uri.endsWith("/session") && sys.getcred().euid !== 0;

/** Joins a socket with the daemon; that of a session is started when there is none. Errors: LibvirtError. */
export function* connectDaemon(sys: Sys, fd: number, uri: string): Blocking<void> {
  const isSession = isOwnSession(sys, uri);
  const path = isSession ? sessionSocket(sys.environment) : LIBVIRT_SOCKET;
  for (let tries = 0; ; tries++) {
    try {
      yield* sys.connect(fd, { family: "unix", path });
      return;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (!isSession) throw new LibvirtError(`Failed to connect socket to '/var${path}': ${error.message}`);
      if (tries === 0 && !(yield* startSession(sys))) throw new LibvirtError("Unable to find libvirtd binary in $PATH: No such file or directory");
      if (tries >= startTries) throw new LibvirtError(`Failed to connect socket to '${path}': ${error.message}`);
      yield* sys.sleep(startTryUs);
    }
  }
}

/** A daemon that outlives its first client. False: there is no such program. */
function* startSession(sys: Sys): Blocking<boolean> {
  try {
    sys.stat("/usr/sbin/libvirtd");
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
  const pid = sys.fork(function* middle(own) {
    own.fork(function* daemon(child) {
      child.setsid();
      const none = yield* child.open("/dev/null", O.RDWR);
      for (const fd of [0, 1, 2]) child.dup2(none, fd);
      for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
      child.chdir("/");
      try {
        return yield* child.exec("/usr/sbin/libvirtd", ["/usr/sbin/libvirtd", `--timeout=${idleSeconds}`], sys.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    if (own.charge(1)) yield* own.preempt();
    return 0;
  });
  yield* sys.waitpid(pid);
  return true;
}


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
      yield* connectDaemon(sys, fd, uri);
    } catch (error) {
      sys.close(fd);
      throw error;
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
