// What a program and the message bus say to each other over /run/dbus/system_bus_socket: one JSON value a line. The bus knows who is connected under which names,
// starts services that are asked for, and shows monitors what goes by. What a service answers is worked out by the caller (programs/kit/dbus), with its own rights
// and over the sockets and files that the service itself would use: a refusal is the service's.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { SocketLines } from "../socket-lines.ts";

const SYSTEM_BUS_SOCKET = "/run/dbus/system_bus_socket";
export const BUS_NAME = "org.freedesktop.DBus";

/** Strings and paths are strings, 64-bit integers decimal strings, dictionaries lists of pairs, structures lists. */
export type DbusValue = string | number | boolean | DbusVariant | readonly DbusValue[];

export interface DbusVariant {
  readonly signature: string;
  readonly value: DbusValue;
}

export interface BusMessage {
  readonly type: "method_call" | "method_return" | "error" | "signal";
  readonly sender: string;
  readonly destination?: string;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly error?: string;
  readonly serial: number;
  readonly replySerial?: number;
  /** 1: no reply is expected */
  readonly flags: number;
  readonly signature: string;
  readonly body: readonly DbusValue[];
  readonly atUs: number;
}

export interface BusPeer {
  readonly unique: string;
  readonly pid: number;
  readonly uid: number;
  readonly names: readonly string[];
}

export type BusRequest =
  | { readonly op: "hello" }
  | { readonly op: "peers" }
  | { readonly op: "own"; readonly name: string }
  /** The owner of a name; a service that can be started is. */
  | { readonly op: "owner"; readonly name: string; readonly start: boolean }
  | { readonly op: "monitor" }
  /** Shown to monitors; a signal or a call also to whom it is for. */
  | { readonly op: "post"; readonly message: Omit<BusMessage, "sender" | "serial" | "atUs"> & { readonly sender?: string } };

export interface BusReplies {
  hello: { readonly unique: string; readonly id: string };
  peers: { readonly peers: readonly BusPeer[]; readonly activatable: readonly string[] };
  own: { readonly result: number };
  owner: { readonly unique: string | undefined };
  monitor: object;
  post: { readonly serial: number };
}

/** A connection of a program. Errors of open: ENOENT, ECONNREFUSED, EACCES. */
export class BusConnection {
  readonly sys: Sys;
  readonly unique: string;
  readonly busId: string;
  readonly fd: number;
  #lines: SocketLines;

  private constructor(sys: Sys, fd: number, lines: SocketLines, hello: BusReplies["hello"]) {
    this.sys = sys;
    this.fd = fd;
    this.#lines = lines;
    this.unique = hello.unique;
    this.busId = hello.id;
  }

  static *open(sys: Sys, path = SYSTEM_BUS_SOCKET): Blocking<BusConnection> {
    const fd = sys.socket("unix", "stream");
    try {
      yield* sys.connect(fd, { family: "unix", path });
      const lines = new SocketLines(sys, fd);
      yield* sys.write(fd, encode('{"op":"hello"}\n'));
      const hello: BusReplies["hello"] = JSON.parse((yield* lines.next()) ?? "{}");
      return new BusConnection(sys, fd, lines, hello);
    } catch (error) {
      sys.close(fd);
      throw error;
    }
  }

  *ask<Op extends BusRequest["op"]>(request: Extract<BusRequest, { readonly op: Op }>): Blocking<BusReplies[Op]> {
    yield* this.sys.write(this.fd, encode(`${JSON.stringify(request)}\n`));
    const line = yield* this.#lines.next();
    if (line === undefined) throw new SysError("ECONNRESET");
    const reply: BusReplies[Op] = JSON.parse(line);
    return reply;
  }

  /** The next message that a monitor sees; undefined when the bus has gone. */
  *next(): Blocking<BusMessage | undefined> {
    const line = yield* this.#lines.next();
    if (line === undefined) return undefined;
    const message: BusMessage = JSON.parse(line);
    return message;
  }

  close(): void {
    this.sys.close(this.fd);
  }
}
