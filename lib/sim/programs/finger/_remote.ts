// user@host: the finger protocol (RFC 1288). A host behind another one is asked through it.

import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { connectStream } from "../kit/http-message.ts";
import type { Io } from "../kit/io.ts";
import { latin1 } from "../kit/latin1.ts";
import { shownText } from "./_text.ts";

function* fingerPort(sys: Sys): Blocking<number | undefined> {
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const [name, port = ""] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (name === "finger" && port.endsWith("/tcp")) return Number.parseInt(port, 10);
  }
  return undefined;
}

/** Prints what the host answers. */
export function* askHost(sys: Sys, io: Io, word: string, long: boolean): Blocking<void> {
  const at = word.lastIndexOf("@");
  const host = word.slice(at + 1);
  const port = yield* fingerPort(sys);
  if (port === undefined) {
    yield* io.warn("tcp/finger: unknown service");
    return;
  }
  let addresses: readonly string[];
  try {
    addresses = /^[\d.]+$|:/.test(host) ? [host] : yield* lookUpHost(sys, host);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    yield* io.stderr(`${io.argv0}: unknown host: ${host}\ngetaddrinfo: ${error.message}\n`);
    return;
  }
  try {
    const fd = yield* connectStream(sys, addresses[0] ?? "", port, undefined);
    yield* sys.write(fd, encode(`${long ? "/W " : ""}${word.slice(0, at)}\r\n`));
    for (;;) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0) break;
      yield* io.out.printLatin1(shownText(latin1(bytes)));
    }
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.warn(`connect: ${error.message}`);
  }
}
