// iptables and ip6tables: the command line of iptables(8).

import type { NetfilterTableName, Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { type ListingOptions, listing, singleRule } from "./_listing.ts";
import { isTable, ruleText } from "./_rule-text.ts";
import { badUsage, change, Failed, type Family, load, type MutableChain, type Program, readServices, specification, store, VERSION } from "./_tables.ts";

const LONG = new Map([
  ["--append", "A"], ["--check", "C"], ["--delete", "D"], ["--insert", "I"], ["--replace", "R"], ["--list", "L"], ["--list-rules", "S"], ["--flush", "F"], ["--zero", "Z"], ["--new-chain", "N"], ["--new", "N"], ["--delete-chain", "X"], ["--policy", "P"], ["--rename-chain", "E"],
]);

interface Parsed {
  readonly command: string;
  readonly table: NetfilterTableName;
  /** chain, number, rule */
  readonly words: readonly string[];
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
}

/** "-nvL" into "-n -v -L": options that stand together, as getopt(3) takes them. */
function separated(argv: readonly string[]): string[] {
  return argv.flatMap((word) => (/^-[nvxtLSFZAIDCRNXPE]{2,}$/.test(word) && !/^-[A-Z]\w*[a-su-z]/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : [word]));
}

function parse(own: Program, argv: readonly string[]): Parsed {
  const words: string[] = [];
  const flags = new Set<string>();
  let command: string | undefined;
  let table = "filter";
  const all = separated(argv);
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? "";
    const letter = LONG.get(word) ?? (/^-[ACDIRLSFZNXPE]$/.test(word) ? word.charAt(1) : undefined);
    if (letter !== undefined) {
      // -L -Z lists, then zeroes
      if (command !== undefined && !(command === "L" && letter === "Z")) throw badUsage(own, `Cannot use -${letter} with -${command}`);
      if (command !== "L") command = letter;
      continue;
    }
    if (word === "-t" || word === "--table") {
      table = all[++at] ?? "";
      continue;
    }
    if (word === "-n" || word === "--numeric" || word === "-v" || word === "--verbose" || word === "-x" || word === "--exact" || word === "--line-numbers") {
      flags.add(word === "--numeric" ? "-n" : word === "--verbose" ? "-v" : word === "--exact" ? "-x" : word);
      continue;
    }
    if (word === "-w" || word === "--wait") {
      if (/^\d+$/.test(all[at + 1] ?? "")) at++;
      continue;
    }
    words.push(word);
  }
  if (command === undefined) throw badUsage(own, words.find((word) => word.startsWith("-")) === undefined || words[0] === "-p" ? "no command specified" : `unknown option "${words.find((word) => word.startsWith("-"))}"`);
  if (!isTable(table)) throw new Failed(3, `${own.name} v${VERSION}: table '${table}' does not exist\nPerhaps ${own.name} or your kernel needs to be upgraded.\n`);
  return { command, table, words, numeric: flags.has("-n"), verbose: flags.has("-v"), exact: flags.has("-x"), lineNumbers: flags.has("--line-numbers") };
}

function show(own: Program, parsed: Parsed, chains: readonly MutableChain[], io: Io): void {
  const [only, number] = parsed.words;
  const option = parsed.words.find((word) => word.startsWith("-"));
  if (option !== undefined) throw badUsage(own, `unknown option "${option}"`);
  if (only !== undefined && !chains.some((chain) => chain.name === only)) throw new Failed(1, `${own.name} v${VERSION}: chain \`${only}' in table \`${parsed.table}' is incompatible, use 'nft' tool.\n`);
  const place = number === undefined ? undefined : Number(number) - 1;
  if (parsed.command === "S" && place !== undefined) {
    const rule = chains.find((chain) => chain.name === only)?.rules[place];
    if (rule !== undefined) io.out.put(`-A ${only} ${ruleText(rule)}\n`);
    return;
  }
  if (parsed.command === "S") {
    io.out.put(specification(chains, only, parsed.verbose));
    return;
  }
  const names = new Map([...own.services].map(([name, port]) => [String(port), name] as const).reverse());
  const options: ListingOptions = { numeric: parsed.numeric, verbose: parsed.verbose, exact: parsed.exact, lineNumbers: parsed.lineNumbers, anywhere: own.family === "inet" ? "0.0.0.0/0" : "::/0", portName: (port) => names.get(port) ?? port };
  if (place !== undefined) {
    for (const chain of chains) if (chain.name === only) io.out.put(singleRule(chain, place, options));
    return;
  }
  const chosen = only === undefined ? chains : chains.filter((chain) => chain.name === only);
  io.out.put(chosen.map((chain) => listing(chain, chains, options)).join("\n"));
}

export function makeCommand(name: string, family: Family): Command {
  return program(
    {
      name, showsHelp: true, path: `/usr/sbin/${name.replace("tables", "tables-nft")}`, manSection: 8, summary: `administration tool for ${family === "inet" ? "IPv4" : "IPv6"} packet filtering and NAT`, operands: "none",
      synopsis: ["[-t table] {-A|-C|-D} chain rule-specification", "[-t table] -I chain [rulenum] rule-specification", "[-t table] -D chain rulenum", "[-t table] -S [chain]", "[-t table] {-F|-L|-Z} [chain] [options...]", "[-t table] -N chain", "[-t table] -X [chain]", "[-t table] -P chain target"],
      options: [
        text(["-t", "--table"], "table", "table to work on (filter, nat, mangle, raw)"), text(["-A", "--append"], "chain", "append a rule"), text(["-C", "--check"], "chain", "say whether a rule exists"), text(["-D", "--delete"], "chain", "delete a rule by its words or its number"),
        text(["-I", "--insert"], "chain", "insert a rule, first unless a number says where"), text(["-R", "--replace"], "chain", "replace a rule"), flag(["-L", "--list"], "list the rules of a chain, or of all"), flag(["-S", "--list-rules"], "print the rules as commands"), flag(["-F", "--flush"], "delete all rules"),
        flag(["-Z", "--zero"], "set the counters to zero"), text(["-N", "--new-chain"], "chain", "make a chain"), flag(["-X", "--delete-chain"], "delete an empty chain"), text(["-P", "--policy"], "chain", "what happens to packets that no rule decides"), text(["-E", "--rename-chain"], "chain", "rename a chain"),
        text(["-p", "--protocol"], "proto", "protocol, by name or number"), text(["-s", "--source"], "address", "where packets come from"), text(["-d", "--destination"], "address", "where they go"), text(["-i", "--in-interface"], "name", "device they came in by"), text(["-o", "--out-interface"], "name", "device they leave by"),
        text(["-j", "--jump"], "target", "what happens to the packets"), text(["-m", "--match"], "match", "use an extension"), flag(["-n", "--numeric"], "numbers instead of names"), flag(["-v", "--verbose"], "counters and devices too"), flag(["-x", "--exact"], "exact counters"), flag(["--line-numbers"], "number the rules"),
        flag(["-w", "--wait"], "wait for the lock"), flag(["-V", "--version"], "print the version"),
      ],
    },
    function* (sys: Sys, argv: readonly string[], io: Io) {
      const words = argv.slice(1);
      if (words[0] === "-V" || words[0] === "--version") {
        io.out.put(`${name} v${VERSION}\n`);
        return 0;
      }
      const own: Program = { sys, name, family, services: yield* readServices(sys) };
      try {
        const parsed = parse(own, words);
        const chains = load(own, parsed.table);
        if (parsed.command === "L" || parsed.command === "S") show(own, parsed, chains, io);
        else if (change(own, parsed.table, chains, parsed.command, parsed.words)) store(own, parsed.table, chains);
        return 0;
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        yield* io.stderr(error.message);
        return error.status;
      }
    },
  );
}
