// /inet/tcp/LOCALPORT/HOST/PORT and its relatives: names of coprocesses that are connections (gawk's manual, "Using gawk for Network Programming").

import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { connectStream } from "../kit/http-message.ts";

function* portNumber(sys: Sys, word: string, protocol: string): Blocking<number> {
  if (/^\d{1,5}$/.test(word)) return Number(word);
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const [name, port = "", ...aliases] = line.replace(/#.*/, "").trim().split(/\s+/);
    if ((name === word || aliases.includes(word)) && port.endsWith(`/${protocol}`)) return Number.parseInt(port, 10);
  }
  throw new SysError("EINVAL");
}

/** Undefined when the name is none of the network's. Throws SysError. */
export function* openInternet(sys: Sys, name: string): Blocking<number | undefined> {
  const found = /^\/inet([46]?)\/(tcp|udp)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(name);
  if (!found) return undefined;
  const [, version, protocol = "tcp", localWord = "0", host = "", remoteWord = "0"] = found;
  const family = version === "6" ? "inet6" : "inet";
  const local = yield* portNumber(sys, localWord, protocol);
  const remote = yield* portNumber(sys, remoteWord, protocol);
  if (host === "0" || remote === 0) {
    const listener = sys.socket(family, protocol === "udp" ? "dgram" : "stream");
    sys.setsockopt(listener, "reuseaddr", 1);
    sys.bind(listener, { family, address: family === "inet6" ? "::" : "0.0.0.0", port: local });
    if (protocol === "udp") return listener;
    sys.listen(listener);
    const { fd } = yield* sys.accept(listener);
    sys.close(listener);
    return fd;
  }
  let addresses: readonly string[];
  try {
    addresses = host.includes(":") || /^[\d.]+$/.test(host) ? [host] : yield* lookUpHost(sys, host);
  } catch (error) {
    if (error instanceof ResolveError) throw new SysError("EINVAL");
    throw error;
  }
  const address = addresses[0] ?? "";
  if (protocol === "udp") {
    const fd = sys.socket(address.includes(":") ? "inet6" : "inet", "dgram");
    yield* sys.connect(fd, address.includes(":") ? { family: "inet6", address, port: remote } : { family: "inet", address, port: remote });
    return fd;
  }
  return yield* connectStream(sys, address, remote, undefined);
}
