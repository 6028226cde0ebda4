// lsb_release 12.0: the distribution's name and release, from /etc/os-release (lsb_release(1)).
import { readTextFile } from "../kit/accounts.ts";
import { flag } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";

const help = "Usage: lsb_release [options]\n\nOptions:\n  -h, --help         show this help\n  -v, --version      show the supported LSB modules\n  -i, --id           show the distributor's name\n  -d, --description  show what this distribution is\n  -r, --release      show its release\n  -c, --codename     show its code name\n  -a, --all          show all of these\n  -s, --short        without headings\n";

export default program(
  { name: "lsb_release", summary: "print distribution-specific information", synopsis: ["[OPTION]..."], operands: "none", options: [flag(["-v", "--version"], "show the supported LSB modules"), flag(["-i", "--id"], "show the distributor's name"), flag(["-d", "--description"], "show what this distribution is"), flag(["-r", "--release"], "show its release"), flag(["-c", "--codename"], "show its code name"), flag(["-a", "--all"], "show all of these"), flag(["-s", "--short"], "without headings"), flag(["-h", "--help"], "show this help")] },
  function* (sys, argv, io: Io) {
    const long: ReadonlyMap<string, string> = new Map([["version", "v"], ["id", "i"], ["description", "d"], ["release", "r"], ["codename", "c"], ["all", "a"], ["short", "s"], ["help", "h"]]);
    const given = new Set<string>();
    for (const word of argv.slice(1)) {
      if (!word.startsWith("-")) continue;
      if (word.startsWith("--")) {
        const letter = long.get(word.slice(2));
        if (letter === undefined) {
          yield* io.stderr(`lsb_release: unrecognized option '${word}'\n`);
          return 2;
        }
        given.add(letter);
        continue;
      }
      for (const letter of word.slice(1)) {
        if (!"vidrcash".includes(letter)) {
          yield* io.stderr(`lsb_release: invalid option -- '${letter}'\n`);
          return 2;
        }
        given.add(letter);
      }
    }
    if (given.has("h")) {
      io.out.put(help);
      return 0;
    }
    const facts = new Map<string, string>();
    for (const line of ((yield* readTextFile(sys, "/etc/os-release")) ?? (yield* readTextFile(sys, "/usr/lib/os-release")) ?? "").split("\n")) {
      const match = /^(\w+)=(?:"([^"]*)"|(.*))$/.exec(line);
      if (match !== null) facts.set(match[1] ?? "", match[2] ?? match[3] ?? "");
    }
    const all = given.has("a");
    const short = given.has("s");
    const name = facts.get("NAME") ?? "";
    const rows: readonly (readonly [letter: string, title: string, value: string])[] = [["i", "Distributor ID", (facts.get("ID") === "debian" ? "Debian" : name) || "n/a"], ["d", "Description", facts.get("PRETTY_NAME") ?? "n/a"], ["r", "Release", facts.get("VERSION_ID") ?? "n/a"], ["c", "Codename", facts.get("VERSION_CODENAME") ?? "n/a"]];
    const shown = rows.filter(([letter]) => all || given.has(letter));
    io.out.put(shown.map(([, title, value]) => (short ? `${value}\n` : `${title}:\t${value}\n`)).join(""));
    return 0;
  },
);
