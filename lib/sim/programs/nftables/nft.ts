import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readServices } from "../iptables/_tables.ts";
import { type Io, counted, flag, gnu, partly, text, texts, unsimulated } from "../kit/gnu.ts";
import { Ruleset } from "./_commands.ts";
import { NftError, Reader, tokens } from "./_tokens.ts";

function* readWhole(sys: Sys, path: string): Blocking<string> {
  const fd = path === "-" ? 0 : yield* sys.open(path, O.RDONLY);
  let out = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    out += decode(bytes);
    if (sys.charge(bytes.length >> 6)) yield* sys.preempt();
  }
  if (path !== "-") sys.close(fd);
  return out;
}

/** "Error: ...", the line, and carets under the place. */
function complaint(error: NftError, input: string, file: string | undefined): string {
  const start = input.lastIndexOf("\n", Math.max(0, error.at - 1)) + 1;
  const newline = input.indexOf("\n", error.at);
  const line = input.slice(Math.min(start, error.at), newline < 0 ? input.length : newline);
  const column = error.at - start;
  const number = input.slice(0, error.at).split("\n").length;
  const place = file === undefined ? "" : `${file === "-" ? "/dev/stdin" : file}:${number}:${column + 1}-${column + Math.max(1, error.length)}: `;
  return `${place}Error: ${error.message}\n${line}\n${line.slice(0, column).replace(/[^\t]/g, " ")}${"^".repeat(Math.max(1, error.length))}\n`;
}

export default gnu({
  name: "nft", path: "/usr/sbin/nft", versionText: "nftables v1.0.6 (Lester Gooch #5)\n", tryLine: () => "", summary: "show and change the packet filter of the kernel (nftables)", manSection: 8,
  synopsis: ["[ -nNscaeSupyjtT ] [ -I directory ] [ -f filename | -i | cmd ...]"],
  description: [
    "nft lists and changes the tables, chains and rules of the kernel's packet filter, of which iptables uses a part: what iptables has made is shown too.",
    "Simulated: tables of the families ip, ip6 and inet (others are kept but see no packet); chains with and without a hook; sets and verdict maps of addresses, ports and interfaces; in rules iif, oif, iifname, oifname, ip and ip6 addresses, protocols, ports of tcp and udp, tcp flags syn, icmp types, ct state, fib type local, vmap, counter, log, limit, accept, drop, reject, jump, goto, return, masquerade, snat, dnat, redirect, comment. Other expressions are refused by name.",
  ],
  options: {
    file: text(["-f", "--file"], "filename", "read input from filename; \"-\" is standard input"), interactive: unsimulated(["-i", "--interactive"], "a prompt for commands", "give the commands as arguments or in a file"), define: texts(["-D", "--define"], "name=value", "define a variable"),
    includes: texts(["-I", "--includepath"], "directory", "add a directory where included files are looked for"), check: flag(["-c", "--check"], "check commands without carrying them out"), numeric: flag(["-n", "--numeric"], "print numbers (taken: addresses and ports are numbers here)"),
    stateless: flag(["-s", "--stateless"], "omit counters"), terse: flag(["-t", "--terse"], "omit the elements of sets"), reverse: flag(["-N", "--reversedns"], "translate addresses to names (taken, no effect)"), service: flag(["-S", "--service"], "translate ports to names (taken, no effect)"), guid: flag(["-u", "--guid"], "translate ids to names (taken, no effect)"),
    priority: flag(["-y", "--numeric-priority"], "print priorities as numbers (taken, no effect)"), protocol: flag(["-p", "--numeric-protocol"], "print protocols as numbers (taken, no effect)"), time: flag(["-T", "--numeric-time"], "print times as numbers (taken, no effect)"),
    handle: flag(["-a", "--handle"], "print handles"), json: partly(flag(["-j", "--json"], "use JSON"), "lists only"), debug: unsimulated(["-d", "--debug"], "print debugging information", "there is no byte code here"), echo: flag(["-e", "--echo"], "print what was added"), optimize: flag(["-o", "--optimize"], "optimise the ruleset (taken, no effect)"),
    helpShort: flag(["-h"], "show this help"), versionShort: counted(["-v", "-V"], "show version information"),
  },
  parsing: { stopAtOperand: true }, operands: "none",
  rewrite: (args) => (args[0] === "-h" ? ["--help"] : args[0] === "-v" || args[0] === "-V" ? ["--version"] : args),
  *run({ options, operands, sys }, io: Io) {
    const file = options.file;
    if (file === undefined && operands.length === 0) {
      yield* io.stderr(`${io.argv0}: no command specified\n`);
      return 1;
    }
    let input = operands.join(" ");
    if (file !== undefined) {
      try {
        input = yield* readWhole(sys, file);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`internal:0:0-0: Error: Could not open file "${file}": ${error.message}\n\n`);
        return 1;
      }
      for (let depth = 0; depth < 16; depth++) {
        const include = /^[ \t]*include[ \t]+"([^"]*)"[ \t]*;?[ \t]*$/m.exec(input);
        if (!include) break;
        const path = include[1] ?? "";
        let included: string;
        try {
          included = path.includes("*") ? "" : yield* readWhole(sys, path.startsWith("/") ? path : `${options.includes[0] ?? "/etc"}/${path}`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(complaint(new NftError(`File not found: ${path}`, include.index, include[0].length), input, file));
          return 1;
        }
        input = input.slice(0, include.index) + included + input.slice(include.index + include[0].length);
      }
    }
    let tables: ReturnType<typeof sys.netfilter<{ op: "nft-list" }>>;
    try {
      tables = sys.netfilter({ op: "nft-list" });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr("Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n");
      return 1;
    }
    const ruleset = new Ruleset(options.terse ? tables.map((table) => ({ ...table, sets: table.sets.map((set) => ({ ...set, elements: [] })) })) : tables, { handles: options.handle, stateless: options.stateless, json: options.json }, yield* readServices(sys), options.echo);
    for (const one of options.define) ruleset.define(one.split("=")[0] ?? "", one.slice(one.indexOf("=") + 1));
    try {
      const reader = new Reader(tokens(input));
      reader.skipBreaks();
      if (reader.peek.kind === "end" && file === undefined) throw reader.unexpected();
      while (reader.peek.kind !== "end") {
        if (sys.charge(50)) yield* sys.preempt();
        ruleset.run(reader);
        if (!reader.atBreak) throw reader.unexpected("end of file or newline or semicolon");
        reader.skipBreaks();
      }
      if (ruleset.changed && !options.check) sys.netfilter({ op: "nft-replace", tables: ruleset.tables });
    } catch (error) {
      if (error instanceof NftError) {
        yield* io.stderr(complaint(error, input, file));
        return 1;
      }
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Error: Could not process rule: ${error.errno === "EINVAL" ? "No such file or directory" : error.message}\n${input.split("\n")[0]}\n^^^^\n`);
      return 1;
    }
    if (ruleset.warnings !== "") yield* io.stderr(ruleset.warnings);
    io.out.put(ruleset.out);
    return 0;
  },
});
