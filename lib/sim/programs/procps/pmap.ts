// pmap: the memory map of a process, from /proc/PID/smaps (pmap(1) of procps-ng 4.0.2).
import { readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import type { Declaration } from "../kit/command.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, program } from "../kit/program.ts";

const declaration: Declaration = { name: "pmap", summary: "show the memory areas that a process has", synopsis: ["[options] pid [...]"], operands: "pids", options: [flag(["-x", "--extended"], "show details"), flag(["-d", "--device"], "with offset and device of the files"), flag(["-q", "--quiet"], "areas only, without heading and total"), flag(["-p", "--show-path"], "whole paths of the files"), text(["-A", "--range"], "low[,high]", "only areas between these addresses"), flag(["-h", "--help"], "show this help"), flag(["-V", "--version"], "show the version")] };

interface Mapping {
  readonly start: string;
  readonly kib: number;
  readonly mode: string;
  readonly offset: string;
  readonly device: string;
  readonly name: string;
  rss: number;
  dirty: number;
  readonly shared: boolean;
  readonly writable: boolean;
}

export default program(
  declaration,
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    const pids: string[] = [];
    const long: ReadonlyMap<string, string> = new Map([["extended", "x"], ["device", "d"], ["quiet", "q"], ["show-path", "p"], ["help", "h"], ["version", "V"]]);
    for (const word of argv.slice(1)) {
      if (!word.startsWith("-")) {
        pids.push(word);
        continue;
      }
      const letters = word.startsWith("--") ? long.get(word.slice(2)) : word.slice(1);
      const wrong = letters === undefined ? word : [...letters].find((letter) => !"xdqphV".includes(letter));
      if (letters === undefined || wrong !== undefined) {
        yield* io.stderr(`pmap: ${word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${wrong ?? ""}'`}\n\n${helpText(declaration, "pmap", io.helpDomain)}`);
        return 1;
      }
      for (const letter of letters) given.add(letter);
    }
    if (given.has("h")) {
      io.out.put(helpText(declaration, "pmap", io.helpDomain));
      return 0;
    }
    if (given.has("V")) {
      io.say("pmap from procps-ng 4.0.2\n");
      return 0;
    }
    if (pids.length === 0) {
      yield* io.stderr(`\n${helpText(declaration, "pmap", io.helpDomain)}`);
      return 1;
    }
    let status = 0;
    for (const word of pids) {
      const pid = /^(?:\/proc\/)?(\d+)$/.exec(word)?.[1];
      const command = pid === undefined ? undefined : yield* readTextFile(sys, `/proc/${pid}/cmdline`);
      const maps = pid === undefined ? undefined : (yield* readTextFile(sys, `/proc/${pid}/smaps`)) ?? (yield* readTextFile(sys, `/proc/${pid}/maps`));
      if (command === undefined || maps === undefined || pid === undefined) {
        status = 42;
        continue;
      }
      const comm = ((yield* readTextFile(sys, `/proc/${pid}/comm`)) ?? "").trim();
      io.out.put(`${pid}:   ${command === "" ? `[${comm}]` : command.split("\0").join(" ").trimEnd()}\n`);
      const mappings: Mapping[] = [];
      for (const line of maps.split("\n")) {
        const head = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) (\S+) (\S+) \d+\s*(.*)$/.exec(line);
        if (head !== null) {
          const [, start = "", end = "", mode = "", offset = "", device = "", path = ""] = head;
          const name = path === "" ? "  [ anon ]" : path === "[stack]" ? "  [ stack ]" : path.startsWith("[") ? (given.has("x") || given.has("d") ? "  [ anon ]" : "  [ anon ]") : given.has("p") ? path : path.slice(path.lastIndexOf("/") + 1);
          mappings.push({ start, kib: Number((BigInt(`0x${end}`) - BigInt(`0x${start}`)) / 1024n), mode: `${mode.slice(0, 3)}${mode.endsWith("s") ? "s" : "-"}-`, offset, device, name, rss: 0, dirty: 0, shared: mode.endsWith("s"), writable: mode.charAt(1) === "w" });
          continue;
        }
        const value = /^(Rss|Shared_Dirty|Private_Dirty):\s+(\d+)/.exec(line);
        const last = mappings.at(-1);
        if (value === null || last === undefined) continue;
        if (value[1] === "Rss") last.rss = Number(value[2]);
        else last.dirty += Number(value[2]);
      }
      const total = (pick: (one: Mapping) => number): number => mappings.reduce((sum, one) => sum + pick(one), 0);
      const quiet = given.has("q");
      if (given.has("x")) {
        if (!quiet) io.out.put("Address           Kbytes     RSS   Dirty Mode  Mapping\n");
        for (const one of mappings) io.out.put(`${one.start.padStart(16, "0")} ${String(one.kib).padStart(7)} ${String(one.rss).padStart(7)} ${String(one.dirty).padStart(7)} ${one.mode} ${one.name}\n`);
        if (!quiet) io.out.put(`---------------- ------- ------- ------- \ntotal kB         ${String(total((one) => one.kib)).padStart(7)} ${String(total((one) => one.rss)).padStart(7)} ${String(total((one) => one.dirty)).padStart(7)}\n`);
      } else if (given.has("d")) {
        if (!quiet) io.out.put("Address           Kbytes Mode  Offset           Device    Mapping\n");
        for (const one of mappings) io.out.put(`${one.start.padStart(16, "0")} ${String(one.kib).padStart(7)} ${one.mode} ${one.offset.padStart(16, "0")} ${one.device.split(":").map((part, at) => part.padStart(at === 0 ? 3 : 5, "0")).join(":")} ${one.name}\n`);
        if (!quiet) io.out.put(`mapped: ${total((one) => one.kib)}K    writeable/private: ${total((one) => (one.writable && !one.shared ? one.kib : 0))}K    shared: ${total((one) => (one.shared ? one.kib : 0))}K\n`);
      } else {
        for (const one of mappings) io.out.put(`${one.start.padStart(16, "0")} ${String(one.kib).padStart(6)}K ${one.mode} ${one.name}\n`);
        if (!quiet) io.out.put(` total ${String(total((one) => one.kib)).padStart(16)}K\n`);
      }
    }
    return status;
  },
);
