// hostname(1) and its other names: domainname, dnsdomainname…

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type GetoptResult, GetoptError, getopt } from "../kit/getopt.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

const OPTIONS = {
  alias: flag(["-a", "--alias"], "alias names"),
  allFqdns: flag(["-A", "--all-fqdns"], "every full name that an address of the host leads to"),
  boot: flag(["-b", "--boot"], "set a name only where there is none"),
  domain: flag(["-d", "--domain"], "DNS domain name"),
  fqdn: flag(["-f", "--fqdn", "--long"], "full name, with the domain (FQDN)"),
  file: text(["-F", "--file"], "FILE", "the name is what the file holds"),
  ipAddress: flag(["-i", "--ip-address"], "addresses that the name resolves to"),
  allIpAddresses: flag(["-I", "--all-ip-addresses"], "addresses of all network interfaces"),
  short: flag(["-s", "--short"], "short host name"),
  nis: flag(["-y", "--yp", "--nis"], "domain of NIS (YP)"),
  version: flag(["-V", "--version"], "print the version"),
  help: flag(["-h", "--help"], "print this text and exit"),
  verbose: flag(["-v", "--verbose"], "say more"),
};

const spec = {
  name: "hostname",
  links: ["/usr/bin/dnsdomainname", "/usr/bin/domainname", "/usr/bin/nisdomainname", "/usr/bin/ypdomainname"],
  summary: "print or change the host name of the system",
  synopsis: ["[-b] {hostname|-F file}", "[-a|-A|-d|-f|-i|-I|-s|-y]", ""],
  description: ["Called as domainname, ypdomainname or nisdomainname it works as with -y, as dnsdomainname as with -d. The FQDN is what the resolver returns for the host name: usually a line of /etc/hosts."],
  options: Object.values(OPTIONS),
  operands: "hosts",
} as const;

const USAGE = `Usage: hostname [-b] {hostname|-F file}         change the name (or take it from a file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       print it in another form
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  change the NIS domain (or take it from a file)
       {yp,nis,}domainname                      print the NIS domain

       dnsdomainname                            print the DNS domain

       hostname -V|--version|-h|--help          version or help

Program name:
       {yp,nis,}domainname=hostname -y
       dnsdomainname=hostname -d

Program options:
${Object.values(OPTIONS).slice(0, 10).map((option) => `    ${option.names.join(", ").padEnd(22)} ${option.help}\n`).join("")}
The FQDN is what the resolver makes of the host name; set it in /etc/hosts
unless DNS knows the host.
`;

export default program(spec, function* (sys, argv, io: Io) {
  const called = (argv[0] ?? "hostname").split("/").at(-1) ?? "hostname";
  let parsed: GetoptResult<keyof typeof OPTIONS>;
  try {
    parsed = getopt(new Map(Object.entries(OPTIONS) as [keyof typeof OPTIONS, (typeof OPTIONS)["alias"]][]), argv.slice(1));
  } catch (error) {
    if (!(error instanceof GetoptError)) throw error;
    yield* io.stderr(`${called}: ${error.message}\n`);
    io.out.put(USAGE);
    return 255;
  }
  let what: keyof typeof OPTIONS | "name" = called === "dnsdomainname" ? "domain" : called === "hostname" ? "name" : "nis";
  let file: string | undefined;
  let boot = false;
  for (const { option, argument } of parsed.given) {
    if (option === "help") {
      io.out.put(USAGE);
      return 0;
    }
    if (option === "version") {
      io.out.put("hostname 3.23\n");
      return 0;
    }
    if (option === "file") file = argument;
    else if (option === "boot") boot = true;
    else if (option !== "verbose") what = option;
  }
  const [name, extra] = parsed.operands;
  if (file !== undefined || name !== undefined || boot) {
    if (extra !== undefined || (what !== "name" && what !== "nis")) {
      yield* io.stderr(USAGE);
      return 255;
    }
    let wanted = name ?? "";
    if (file !== undefined) {
      const content = yield* readTextFile(sys, file);
      if (content === undefined && !boot) {
        yield* io.stderr(`${called}: ${missingReason(sys, file)}\n`);
        return 1;
      }
      wanted = (content ?? "").split("\n").find((line) => line.trim() !== "" && !line.startsWith("#"))?.trim() ?? "";
    }
    if (boot && wanted === "") wanted = sys.uname().nodename || "localhost";
    return yield* set(wanted, what === "nis", called, sys, io);
  }
  return yield* show(what, called, sys, io);
});

function missingReason(sys: Sys, file: string): string {
  try {
    sys.stat(file);
    return "Permission denied";
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
}

function* set(name: string, nis: boolean, called: string, sys: Sys, io: Io): Blocking<number> {
  if (!nis && !/^(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*$/.test(name)) {
    yield* io.stderr(`${called}: ${name === "" ? "name too short" : "the specified hostname is invalid"}\n`);
    return 1;
  }
  try {
    if (nis) sys.setdomainname(name);
    else sys.sethostname(name);
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(error.errno === "EPERM" ? `${called}: you must be root to change the ${nis ? "domain" : "host"} name\n` : `${called}: ${error.errno === "EINVAL" ? "name too long" : error.message}\n`);
    return 1;
  }
}

interface HostsLine {
  readonly address: string;
  readonly names: readonly string[];
}

function* hostsLines(sys: Sys): Blocking<readonly HostsLine[]> {
  const content = (yield* readTextFile(sys, "/etc/hosts")) ?? "";
  return content.split("\n").map((line) => (line.split("#")[0] ?? "").trim().split(/\s+/)).filter((fields) => fields.length > 1)
    .map(([address = "", ...names]) => ({ address, names }));
}

function* show(what: keyof typeof OPTIONS | "name", called: string, sys: Sys, io: Io): Blocking<number> {
  const { nodename, domainname } = sys.uname();
  switch (what) {
    case "name":
      io.out.put(nodename + "\n");
      return 0;
    case "short":
      io.out.put((nodename.split(".")[0] ?? "") + "\n");
      return 0;
    case "nis":
      if (domainname === "" || domainname === "(none)") {
        io.out.put(`${called}: Local domain name not set\n`);
        return 1;
      }
      io.out.put(domainname + "\n");
      return 0;
    case "allIpAddresses": {
      const links = sys.rtnetlink({ op: "link-list" });
      const addresses = sys.rtnetlink({ op: "address-list" }).filter(({ linkIndex, scope }) => scope !== "link" && links.some((link) => link.index === linkIndex && link.up && link.kind !== "loopback"));
      const ordered = [...addresses.filter(({ family }) => family === "inet"), ...addresses.filter(({ family }) => family === "inet6")];
      io.out.put(ordered.map(({ address }) => address + " ").join("") + "\n");
      return 0;
    }
    case "allFqdns": {
      const lines = yield* hostsLines(sys);
      const links = sys.rtnetlink({ op: "link-list" });
      const names = sys.rtnetlink({ op: "address-list" }).filter(({ linkIndex, scope }) => scope !== "link" && links.some((link) => link.index === linkIndex && link.up && link.kind !== "loopback"))
        .map(({ address }) => lines.find((line) => line.address === address)?.names[0]).filter((name) => name !== undefined);
      io.out.put(names.map((name) => name + " ").join("") + "\n");
      return 0;
    }
    default: {
      // What the resolver knows of the host's own name.
      const lines = yield* hostsLines(sys);
      const found = lines.filter((line) => line.names.includes(nodename));
      const [first] = found;
      if (!first) {
        yield* io.stderr(`${called}: ${what === "ipAddress" || what === "fqdn" || what === "domain" || what === "alias" ? "Name or service not known" : "Unknown host"}\n`);
        return 1;
      }
      const canonical = first.names[0] ?? nodename;
      if (what === "fqdn") io.out.put(canonical + "\n");
      else if (what === "domain") {
        const dot = canonical.indexOf(".");
        if (dot >= 0) io.out.put(canonical.slice(dot + 1) + "\n");
      } else if (what === "alias") io.out.put(first.names.slice(1).join(" ") + "\n");
      else io.out.put(found.map(({ address }) => address).join(" ") + "\n");
      return 0;
    }
  }
}
