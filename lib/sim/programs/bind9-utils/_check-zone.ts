// named-checkzone and named-compilezone: a zone from its file as named would load it, and its text (BIND 9.18).
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { absolute, isBelow, sameName, undotted } from "../kit/dns/names.ts";
import { loadZone, zoneLabel } from "../kit/dns/load-zone.ts";
import { TYPE, classNumber } from "../kit/dns/records.ts";
import type { Zone } from "../kit/dns/zone.ts";
import { fullLine, zoneFileText } from "../kit/dns/zone-text.ts";
import { flag, partly, text, unsimulated } from "../kit/program.ts";
import { VERSION, bindProgram } from "./_bind-program.ts";

/** Names outside the zone that mail, services and delegations are sent to, and that nobody knows. */
function* unknownTargets(sys: Sys, zone: Zone): Blocking<readonly string[]> {
  const problems: string[] = [];
  for (const { name, type, data } of zone.records) {
    const target = type === TYPE.MX ? data[1] : type === TYPE.SRV ? data[3] : type === TYPE.NS && !sameName(name, zone.origin) ? data[0] : undefined;
    const kind = type === TYPE.MX ? "MX" : type === TYPE.SRV ? "SRV" : "NS";
    if (target === undefined || target === "." || (isBelow(target, zone.origin) && (kind !== "NS" || zone.at(target).length > 0))) continue;
    try {
      yield* lookUpHost(sys, undotted(target));
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      if (error.code === "EAI_NONAME") problems.push(`${undotted(name)}/${kind} '${undotted(target)}' (out of zone) has no addresses records (A or AAAA)`);
    }
  }
  return problems;
}

export function zoneChecker(name: string, compiles: boolean): Command {
  const usage = (argv0: string): string => `usage: ${argv0} [-djqvD] [-c class] [-f inputformat] [-F outputformat] [-J filename] [-s (full|relative)] [-t directory] [-w directory] [-k (ignore|warn|fail)] [-m (ignore|warn|fail)] [-n (ignore|warn|fail)] [-r (ignore|warn|fail)] [-i (full|full-sibling|local|local-sibling|none)] [-M (ignore|warn|fail)] [-S (ignore|warn|fail)] [-W (ignore|warn)] ${compiles ? "-o filename" : "[-o filename]"} zonename [ (filename|-) ]\n`;
  return bindProgram(
    {
      name, summary: compiles ? "check a zone file and write it in another form" : "check a zone file", synopsis: [`[OPTION]... ${compiles ? "-o FILE " : ""}ZONE [FILE]`], usage, operands: "files",
      options: [
        flag(["-h"], "show the usage"), flag(["-d"], "tell more of what is done"), flag(["-j"], "read the zone's journal as well"), flag(["-q"], "only the exit status tells"), flag(["-v"], "show the version alone"), flag(["-D"], "print the zone in its canonical form"), text(["-c"], "CLASS", "the zone's class, IN unless said otherwise"),
        partly(text(["-f"], "FORMAT", "form of the file that is read: text or raw"), "text only"), partly(text(["-F"], "FORMAT", "form of the file that is written: text or raw"), "text only"), text(["-i"], "MODE", "what is looked up of the names that the zone points to: full, local, none"), unsimulated(["-J"], "read this journal", "journals are not simulated", "FILE"), text(["-k"], "MODE", "names of hosts that are none: ignore, warn or fail"), text(["-l"], "SECONDS", "the longest time to live that is allowed"), unsimulated(["-L"], "serial number of a raw file's head", "files are written as text", "SERIAL"),
        text(["-m"], "MODE", "MX that are addresses: ignore, warn or fail"), text(["-M"], "MODE", "MX that are aliases: ignore, warn or fail"), text(["-n"], "MODE", "NS that are addresses: ignore, warn or fail"), text(["-o"], "FILE", "write the zone there; - is standard output"), text(["-r"], "MODE", "records that say the same twice: ignore, warn or fail"), text(["-s"], "STYLE", "full or relative lines in what is written"), text(["-S"], "MODE", "SRV that are aliases: ignore, warn or fail"), text(["-t"], "DIRECTORY", "change the root to it first"), text(["-T"], "MODE", "SPF records beside TXT: ignore or warn"), text(["-w"], "DIRECTORY", "change to it first"), text(["-W"], "MODE", "wildcards that mean nothing: ignore or warn"),
      ],
      exitStatuses: [["0", "no errors"], ["1", "errors were found"]],
    },
    function* (sys, given, io) {
      if (given.has("h")) {
        yield* io.stderr(usage(name));
        return 1;
      }
      if (given.has("v")) {
        io.out.put(`${VERSION}\n`);
        return 0;
      }
      const [zoneName, file = "-"] = given.operands;
      const output = given.value("o") ?? (given.has("D") ? "-" : undefined);
      if (compiles && output === undefined) {
        yield* io.stderr(`output file required, but not specified\n${usage(name)}`);
        return 1;
      }
      if (zoneName === undefined || given.operands.length > 2) {
        yield* io.stderr(usage(name));
        return 1;
      }
      const names = given.value("k");
      if (names !== undefined && !/^(?:ignore|warn|fail)$/.test(names)) {
        yield* io.stderr(`invalid argument to -k: ${names}\n`);
        return 1;
      }
      const class_ = classNumber(given.value("c") ?? "IN");
      if (class_ === undefined) {
        yield* io.stderr(`unknown class '${given.value("c") ?? ""}'\n`);
        return 1;
      }
      const directory = given.value("w");
      try {
        const root = given.value("t");
        if (root !== undefined) {
          sys.chroot(root);
          sys.chdir("/");
        }
        if (directory !== undefined) sys.chdir(directory);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`isc_dir_chdir: ${directory ?? ""}: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}\n`);
        return 1;
      }
      const loaded = yield* loadZone(sys, file === "-" ? "/dev/stdin" : file, absolute(zoneName, "."), { class: class_, checkNames: names === "ignore" || names === "fail" ? names : compiles ? "fail" : "warn", checkIntegrity: given.value("i") !== "none" });
      const outside = loaded.zone !== undefined && /^full/.test(given.value("i") ?? "full") ? yield* unknownTargets(sys, loaded.zone) : [];
      const messages = [...loaded.messages.slice(0, -1), ...outside.map((problem) => `${zoneLabel(absolute(zoneName, "."), class_)}: ${problem}`), ...loaded.messages.slice(-1)];
      const printed = output === "-" ? (line: string) => io.stderr(line) : undefined;
      const tell = function* (line: string) {
        if (given.has("q")) return;
        if (printed !== undefined) yield* printed(line);
        else io.out.put(line);
      };
      for (const message of messages) yield* tell(`${message}\n`);
      if (loaded.zone === undefined) return 1;
      if (output !== undefined) {
        const all = given.value("s") === "relative" ? zoneFileText(loaded.zone) : loaded.zone.records.map(fullLine).join("");
        if (output === "-") io.out.put(all);
        else {
          if (!given.has("q")) io.out.put(`dump zone to ${output}...`);
          try {
            const fd = yield* sys.open(output, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
            yield* sys.write(fd, encode(all));
            sys.close(fd);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.stderr(`could not open output file: ${error.message.toLowerCase()}\n`);
            return 1;
          }
          if (!given.has("q")) io.out.put("done\n");
        }
      }
      yield* tell("OK\n");
      return 0;
    },
  );
}
