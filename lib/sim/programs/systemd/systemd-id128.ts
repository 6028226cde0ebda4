// systemd-id128: identifiers of 128 bits: new ones, the machine's, the boot's, the invocation's.
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { bootId } from "../../daemons/systemd/api/journal.ts";
import type { Blocking } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

const VERBS: ReadonlySet<string> = new Set(["new", "machine-id", "boot-id", "invocation-id"]);

/** Of the Discoverable Partitions Specification, for this architecture; the first ones that `show` lists. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["root", "4f68bce3e8cd4db196e7fbcaf984b709"], ["root-x86-64", "4f68bce3e8cd4db196e7fbcaf984b709"], ["root-x86", "44479540f29741b29af7d131d5f0458a"], ["usr", "8484680c952148c69c11b0720656f69e"], ["usr-x86-64", "8484680c952148c69c11b0720656f69e"],
  ["esp", "c12a7328f81f11d2ba4b00a0c93ec93b"], ["xbootldr", "bc13c2ff59e64262a352b275fd6f7172"], ["swap", "0657fd6da4ab43c484e50933c84b4f4f"], ["home", "933ac7e12eb44f13b8440e14e2aef915"], ["srv", "3b8f842520e04f3b907f1a25a76f98e8"],
  ["var", "4d21b016b53445c2a9fb5c16e091fd2d"], ["tmp", "7ec6f5573bc54acab29316ef5df639d1"], ["user-home", "773f91ef66d449b5bd83d683bf40ad16"], ["linux-generic", "0fc63daf848347728e793d69d8477de4"],
]);

function parseId(word: string): string | undefined {
  const plain = word.replaceAll("-", "").toLowerCase();
  return /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}

const withDashes = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** -p: the forms for programs. */
function asSource(id: string, name: string): string {
  const constant = name.replaceAll("-", "_").toUpperCase();
  return `As string:\n${id}\n\nAs UUID:\n${withDashes(id)}\n\nAs systemd-id128(1) macro:\n#define ${constant} SD_ID128_MAKE(${id.match(/../g)?.join(",") ?? ""})\n\nAs Python constant:\n>>> import uuid\n>>> ${constant} = uuid.UUID('${id}')\n`;
}

function* show(io: Io, words: readonly string[], options: { readonly pretty: boolean; readonly uuid: boolean; readonly value: boolean }): Blocking<number> {
  const rows: (readonly [string, string])[] = [];
  for (const word of words.length === 0 ? KNOWN.keys() : words) {
    const named = KNOWN.get(word);
    const id = named ?? parseId(word);
    if (id === undefined) {
      yield* complain(io, `Unknown identifier "${word}".`);
      return 1;
    }
    rows.push([named === undefined ? ([...KNOWN].find(([, one]) => one === id)?.[0] ?? "XYZ") : word, id]);
  }
  const width = Math.max(4, ...rows.map(([name]) => name.length));
  if (options.pretty) io.out.put(rows.map(([name, id]) => asSource(id, name)).join("\n"));
  else if (options.value) io.out.put(rows.map(([, id]) => `${options.uuid ? withDashes(id) : id}\n`).join(""));
  else io.out.put([["NAME", "ID"], ...rows.map(([name, id]) => [name, options.uuid ? withDashes(id) : id])].map(([name = "", id = ""]) => `${name.padEnd(width)} ${id}\n`).join(""));
  return 0;
}

export default systemdTool({
  name: "systemd-id128",
  path: "/usr/bin/systemd-id128",
  summary: "make and show identifiers of 128 bits",
  synopsis: ["[OPTIONS...] {new|machine-id|boot-id|invocation-id|show}"],
  options: {
    pretty: flag(["-p", "--pretty"], "as source code shows them"),
    uuid: flag(["-u", "--uuid"], "with dashes"),
    appSpecific: text(["-a", "--app-specific"], "ID", "derived for an application"),
    value: flag(["-P", "--value"], "the value only"),
  },
  *run({ options, operands, sys }, io) {
    const [verb] = operands;
    if (verb === undefined) {
      yield* complain(io, "Command verb required.");
      return 1;
    }
    if (options.appSpecific !== undefined && parseId(options.appSpecific) === undefined) {
      yield* complain(io, `Failed to parse "${options.appSpecific}" as application-ID: Invalid argument`);
      return 1;
    }
    if (verb !== "show" && VERBS.has(verb) && operands.length > 1) {
      yield* complain(io, "Too many arguments.");
      return 1;
    }
    let id: string | undefined;
    switch (verb) {
      case "new":
        id = [...sys.random(16)].map((byte, index) => (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, "0")).join("");
        break;
      case "machine-id":
        id = ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
        if (!/^[0-9a-f]{32}$/.test(id)) {
          yield* complain(io, `Failed to get machine-ID: ${id === "" ? "No such file or directory" : "Invalid argument"}`);
          return 1;
        }
        break;
      case "boot-id":
        id = yield* bootId(sys);
        break;
      case "invocation-id":
        id = sys.environment.get("INVOCATION_ID");
        if (id === undefined) {
          yield* complain(io, "Failed to get invocation-ID: No such device or address");
          return 1;
        }
        break;
      case "show":
        return yield* show(io, operands.slice(1), options);
      default:
        yield* complain(io, `Unknown command verb ${verb}.`);
        return 1;
    }
    io.out.put(options.pretty ? asSource(id, "XYZ") : `${options.uuid ? withDashes(id) : id}\n`);
    return 0;
  },
});
