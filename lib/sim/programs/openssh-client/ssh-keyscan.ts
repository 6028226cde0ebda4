// ssh-keyscan: the public keys of hosts (ssh-keyscan(1)).
import { flag, type Io, program, text } from "../kit/program.ts";
import { SshFailure } from "./_configuration.ts";
import { connectTo, exchangeKeys } from "./_connection.ts";
import { hashedName, nameWithPort } from "./_known-hosts.ts";
import { isCertificate, publicLine } from "./_key.ts";
import { Wire } from "./_wire.ts";

export default program(
  {
    name: "ssh-keyscan", summary: "ask SSH servers for their public keys", operands: "hosts", synopsis: ["[-46cDHqv] [-f file] [-p port] [-T timeout] [-t type] [host | addrlist namelist]"],
    options: [flag(["-H"], "hash the names"), flag(["-q"], "without the comment lines"), text(["-p"], "port", "port of the hosts"), text(["-t"], "type", "kinds of keys, separated by commas"), text(["-T"], "timeout", "seconds to wait"), text(["-f"], "file", "read hosts from a file")],
  },
  function* (sys, argv, io: Io) {
    let kinds = ["rsa", "ecdsa", "ed25519"];
    let port = 22;
    let hashed = false;
    let quiet = false;
    const hosts: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-t") kinds = (argv[++at] ?? "").split(",");
      else if (word === "-p") port = Number(argv[++at] ?? "22");
      else if (word === "-T" || word === "-f") at++;
      else if (word === "-H") hashed = true;
      else if (word === "-q") quiet = true;
      else if (/^-[46cDv]+$/.test(word)) continue;
      else if (word.startsWith("-")) {
        yield* io.stderr(`unknown option -- ${word.charAt(1)}\nusage: ssh-keyscan [-46cDHqv] [-f file] [-O option] [-p port] [-T timeout]\n                   [-t type] [host | addrlist namelist]\n`);
        return 1;
      } else hosts.push(...word.split(","));
    }
    if (hosts.length === 0) {
      yield* io.stderr("usage: ssh-keyscan [-46cDHqv] [-f file] [-O option] [-p port] [-T timeout]\n                   [-t type] [host | addrlist namelist]\n");
      return 1;
    }
    const unknown = kinds.find((kind) => !["rsa", "ecdsa", "ed25519", "dsa"].includes(kind));
    if (unknown !== undefined) {
      yield* io.stderr(`Unknown key type "${unknown}"\r\n`);
      return 255;
    }
    let found = false;
    for (const host of hosts) {
      // the real program opens a connection for each kind of key
      for (const kind of kinds) {
        try {
          const { fd } = yield* connectTo(sys, host, port);
          const offered = yield* exchangeKeys(new Wire(sys, fd));
          sys.close(fd);
          if (offered === undefined) continue;
          if (!quiet) yield* io.stderr(`# ${host}:${port} ${offered.identification}\n`);
          const key = offered.keys.find((one) => one.kind === kind && !isCertificate(one));
          if (key === undefined) continue;
          found = true;
          const name = nameWithPort(host, port);
          io.out.put(`${hashed ? hashedName(name, sys.random(20)) : name} ${publicLine({ ...key, comment: "" })}\n`);
          yield* io.out.flush();
        } catch (error) {
          if (!(error instanceof SshFailure)) throw error;
          const unresolved = /Could not resolve hostname (.*)$/.exec(error.message);
          yield* io.stderr(unresolved ? `getaddrinfo ${unresolved[1]}\r\n` : `${host}: ${error.message.replace(/^.*: /, "")}\n`);
          break;
        }
      }
    }
    return found ? 0 : 1;
  },
);
