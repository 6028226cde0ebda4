// A socket that starts its service when somebody connects (systemd.socket(5)). Unix and internet stream and datagram sockets.
import { isBuiltInSocket } from "./built-in-sockets.ts";
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { makeDirectories } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { parseBoolean } from "./api/unit-text.ts";
import { type Begun, Unit } from "./unit.ts";

const listenKeys = ["ListenStream", "ListenDatagram"] as const;

export class SocketUnit extends Unit {
  /** listening descriptors of PID 1 */
  fds: number[] = [];

  #accepted = 0;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "socket");
  }

  /** "3-127.0.0.1:7777-127.0.0.1:43210", "3-PID-UID": which connection it is (instance_from_socket of systemd). */
  instanceOf(connection: number): string {
    const { sys } = this.supervisor;
    const number = this.#accepted - 1;
    const [own, peer] = [sys.getsockname(connection), sys.getpeername(connection)];
    if (own.family === "unix" || peer.family === "unix" || own.family !== peer.family) {
      const { pid, uid } = sys.getPeerCredentials(connection);
      return `${number}-${pid}-${uid}`;
    }
    const text = (one: typeof own): string => ("port" in one ? `${one.address.replace(/^::ffff:(?=\d+\.)/, "")}:${one.port}` : "");
    return `${number}-${text(own)}-${text(peer)}`;
  }

  /** Instances that serve a connection of it now. */
  #connected(): number {
    const [before = "", after = ""] = this.triggers.split("@");
    return [...this.supervisor.units.values()].filter((unit) => unit.name.startsWith(`${before}@`) && unit.name.endsWith(after) && !unit.isDead).length;
  }

  get accepts(): boolean {
    return this.text.flag("Socket", "Accept", false);
  }

  get triggers(): string {
    return this.setting("Service") ?? `${this.name.slice(0, -".socket".length)}${this.accepts ? "@" : ""}.service`;
  }

  override *start(): Blocking<Begun> {
    if (this.isActive) return "done";
    const { sys } = this.supervisor;
    // sockets of systemd itself exist from boot on; those units only show them
    if (!isBuiltInSocket(this.name)) {
      for (const key of listenKeys) {
        for (const raw of this.text.all("Socket", key)) {
          const address = this.supervisor.expand(raw, this.name);
          try {
            this.fds.push(yield* this.#listen(address, key === "ListenStream" ? "stream" : "dgram"));
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* this.supervisor.log(this.name, 3, `${this.name}: Failed to create listening socket (${address}): ${error.message}`);
            yield* this.supervisor.log(this.name, 4, `${this.name}: Failed with result 'resources'.`);
            for (const fd of this.fds) sys.close(fd);
            this.fds = [];
            this.changeState("failed", "failed");
            return { failed: "failed" };
          }
        }
      }
    }
    const service = this.supervisor.units.get(this.triggers);
    this.changeState("active", service !== undefined && service.isActive ? "running" : "listening");
    return "done";
  }

  *#listen(address: string, type: "stream" | "dgram"): Blocking<number> {
    const { sys } = this.supervisor;
    const mode = Number.parseInt(this.setting("SocketMode") ?? "0666", 8);
    if (address.startsWith("/") || address.startsWith("@")) {
      const fd = sys.socket("unix", type);
      if (address.startsWith("/")) {
        makeDirectories(sys, address.slice(0, address.lastIndexOf("/")) || "/");
        try {
          sys.unlink(address);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      sys.bind(fd, { family: "unix", path: address.replace(/^@/, "\0") });
      if (address.startsWith("/")) {
        sys.chmod(address, mode);
        const user = this.setting("SocketUser");
        const group = this.setting("SocketGroup");
        const account = user === undefined ? undefined : yield* this.supervisor.account(user);
        const gid = group === undefined ? undefined : yield* this.supervisor.groupId(group);
        if (account !== undefined || gid !== undefined) sys.chown(address, account?.uid ?? -1, gid ?? -1);
      }
      if (type === "stream") sys.listen(fd, 128);
      return fd;
    }
    const match = /^(?:\[?([0-9a-fA-F:.]*)\]?:)?(\d+)$/.exec(address);
    const host = match?.[1] ?? "";
    const port = Number(match?.[2] ?? 0);
    const family = host.includes(".") ? "inet" : "inet6";
    const fd = sys.socket(family, type);
    sys.bind(fd, family === "inet" ? { family, address: host, port } : { family, address: host === "" ? "::" : host, port });
    if (type === "stream") sys.listen(fd, 128);
    return fd;
  }

  override *stop(): Blocking<Begun> {
    for (const fd of this.fds) this.supervisor.sys.close(fd);
    this.fds = [];
    if (parseBoolean(this.setting("RemoveOnStop") ?? "no") === true) {
      for (const key of listenKeys) {
        for (const address of this.text.all("Socket", key)) {
          try {
            if (address.startsWith("/")) this.supervisor.sys.unlink(address);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
      }
    }
    this.changeState("inactive", "dead");
    return "done";
  }

  /** Somebody came. */
  *incoming(fd: number): Blocking<void> {
    if (this.accepts) {
      const { fd: connection } = yield* this.supervisor.sys.accept(fd);
      this.#accepted++;
      yield* this.supervisor.startConnection(this, connection);
      return;
    }
    this.changeState("active", "running");
    yield* this.supervisor.queueStart(this.triggers);
  }

  serviceStopped(): void {
    if (this.active === "active" && this.sub === "running") this.changeState("active", "listening");
  }

  override *ownProperties(): Blocking<Properties> {
    return [
      ["Listen", listenKeys.flatMap((key) => this.text.all("Socket", key).map((address) => `${this.supervisor.expand(address, this.name).replace(/^(?=\d+$)/, "[::]:")} (${key === "ListenStream" ? "Stream" : "Datagram"})`)).join(" ")],
      ["Accept", this.accepts ? "yes" : "no"], ["NConnections", String(this.#connected())], ["NAccepted", String(this.#accepted)], ["Result", "success"],
    ];
  }
}
