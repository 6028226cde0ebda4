// tcpdmatch: what the wrappers would answer to a client (tcpdmatch(8)).
import { flag, text } from "../kit/option.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { hostsAccess, nameOfAddress } from "../kit/tcp-wrappers.ts";

export default program(
  { name: "tcpdmatch", path: "/usr/sbin/tcpdmatch", manSection: 8, summary: "tcp wrapper oracle", synopsis: ["[-d] [-i inet_conf] daemon[@host] [user@]host"], operands: "hosts", options: [flag(["-d"], "use hosts.allow and hosts.deny of the current directory"), text(["-i"], "inet_conf", "where the configuration of inetd is")], seeAlso: ["hosts_access(5)", "tcpdchk(8)"] },
  function* (sys, argv, io: Io) {
    const words: string[] = [];
    let here = false;
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "-d") here = true;
      else if (word === "-i") at++;
      else if (word.startsWith("-")) {
        yield* io.warn(`invalid option -- '${word.charAt(1)}'`);
        words.length = 0;
        break;
      } else words.push(word);
    }
    if (words.length !== 2) {
      yield* io.stderr(`usage: ${io.argv0} [-d] [-i inet_conf] daemon[@host] [user@]host\n\t-d: take hosts.allow and hosts.deny of this directory\n\t-i: another inetd.conf\n`);
      return 1;
    }
    const [daemon = "", client = ""] = words;
    const [process = "", localAddress] = daemon.split("@");
    const host = client.replace(/^.*@/, "");
    const numeric = /^[\d.]+$|:/.test(host);
    let address: string | undefined = numeric ? host : undefined;
    if (!numeric && host !== "unknown") {
      for (const line of ((yield* readTextFile(sys, "/etc/hosts")) ?? "").split("\n")) {
        const [own, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
        if (address === undefined && names.includes(host)) address = own;
      }
      if (address === undefined) return 1;
      io.out.put(`client:   hostname ${host}\n`);
    }
    const hostName = numeric ? yield* nameOfAddress(sys, host) : host === "unknown" ? undefined : host;
    if (address !== undefined) io.out.put(`client:   address  ${address}\n`);
    io.out.put(`server:   process  ${process}\n`);
    const verdict = yield* hostsAccess(sys, { daemon: process, address: address ?? "unknown", hostName, ...(localAddress !== undefined && { localAddress }) }, here ? "" : "/etc/");
    io.out.put(`access:   ${verdict.twist !== undefined ? "delegated" : verdict.allowed ? "granted" : "denied"}\n`);
    return 0;
  },
);
