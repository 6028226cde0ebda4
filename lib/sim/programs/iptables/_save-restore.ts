// iptables-save and iptables-restore, for both families.

import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { isTable } from "./_rule-text.ts";
import { Failed, type Family, isUntouched, load, type Program, readServices, restore, saved } from "./_tables.ts";

/** In the order of iptables-nft-save. */
const TABLES = ["mangle", "raw", "filter", "nat"] as const;

function* refusesOption(argv: readonly string[], name: string, known: RegExp, io: Io): Blocking<boolean> {
  const word = argv.slice(1).find((one) => /^-./.test(one) && !known.test(one));
  if (word === undefined) return false;
  yield* io.stderr(`${name}: ${word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${word.charAt(1)}'`}\nTry \`${name} -h' for more information.\n`);
  return true;
}

export function makeSave(name: string, family: Family): Command {
  return program(
    {
      name: `${name}-save`, path: `/usr/sbin/${name.replace("tables", "tables-nft")}-save`, manSection: 8, summary: `dump ${name} rules`, operands: "none", synopsis: ["[-c] [-t table] [-f file]"],
      options: [flag(["-c", "--counters"], "with the counters"), text(["-t", "--table"], "table", "only this table"), text(["-f", "--file"], "file", "write to this file")],
    },
    function* (sys: Sys, argv: readonly string[], io: Io) {
      if (yield* refusesOption(argv, `${name}-save`, /^-(?:[ctfMVd46]|-(?:counters|table|file|modprobe|version|dump|ipv4|ipv6))/, io)) return 1;
      const own: Program = { sys, name, family, services: new Map() };
      const only = argv[argv.findIndex((word) => word === "-t" || word === "--table") + 1];
      const chosen = argv.some((word) => word === "-t" || word === "--table") ? only : undefined;
      const counters = argv.includes("-c") || argv.includes("--counters");
      try {
        if (chosen !== undefined && !isTable(chosen)) throw new Failed(1, `Table \`${chosen}' does not exist\n`);
        const date = strftime("%a %b %e %H:%M:%S %Y", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
        for (const table of TABLES) {
          if (chosen !== undefined && table !== chosen) continue;
          const chains = load(own, table);
          if (chosen !== undefined || !isUntouched(chains)) io.out.put(saved(own, table, chains, counters, date));
        }
        return 0;
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        yield* io.stderr(error.message.replace(`${name} v`, `${name}-save v`));
        return error.status;
      }
    },
  );
}

export function makeRestore(name: string, family: Family): Command {
  return program(
    {
      name: `${name}-restore`, showsHelp: true, path: `/usr/sbin/${name.replace("tables", "tables-nft")}-restore`, manSection: 8, summary: `restore ${name} rules`, operands: "files", synopsis: ["[-n] [-c] [-t] [file]"],
      options: [flag(["-n", "--noflush"], "keep what is in the tables"), flag(["-c", "--counters"], "with the counters"), flag(["-t", "--test"], "only check"), flag(["-v", "--verbose"], "say what is done")],
    },
    function* (sys: Sys, argv: readonly string[], io: Io) {
      if (yield* refusesOption(argv, `${name}-restore`, /^-(?:[nctvhwWTMV46]|-(?:noflush|counters|test|verbose|help|wait|wait-interval|table|modprobe|version|ipv4|ipv6))/, io)) return 1;
      const own: Program = { sys, name, family, services: yield* readServices(sys) };
      const file = argv.slice(1).find((word) => !word.startsWith("-"));
      try {
        const fd = file === undefined ? 0 : yield* sys.open(file, O.RDONLY);
        let rules = "";
        for (;;) {
          const bytes = yield* sys.read(fd, 65_536);
          if (bytes.length === 0) break;
          rules += decode(bytes);
        }
        restore(own, rules, !argv.includes("-n") && !argv.includes("--noflush"), argv.includes("-c") || argv.includes("--counters"));
        return 0;
      } catch (error) {
        if (error instanceof SysError && file !== undefined) {
          yield* io.stderr(`Can't open ${file}: ${error.message}\n`);
          return 1;
        }
        if (!(error instanceof Failed)) throw error;
        yield* io.stderr(error.message);
        return error.status;
      }
    },
  );
}
