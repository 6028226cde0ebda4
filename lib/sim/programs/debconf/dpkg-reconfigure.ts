// dpkg-reconfigure: runs the maintainer script of an installed package again (dpkg-reconfigure(8)).
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { DpkgDatabase, infoPath, readFile } from "../kit/debian/dpkg-database.ts";
import { actionsOfScript } from "../kit/debian/maintainer-script.ts";
import { carryOut, runProgram } from "../dpkg/_maintainer-actions.ts";

export default program(
  {
    name: "dpkg-reconfigure", path: "/usr/sbin/dpkg-reconfigure", manSection: 8, summary: "reconfigure an already installed package", operands: "packages", synopsis: ["[options] packages"],
    options: [text(["-f", "--frontend"], "type", "how questions are asked"), text(["-p", "--priority"], "value", "the least important questions that are asked"), flag(["--default-priority"], "ask by the usual priority"), flag(["-u", "--unseen-only"], "ask what was not asked yet"), flag(["--force"], "even when the package is broken")],
  },
  function* (sys, argv, io: Io) {
    const names: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-f" || word === "-p" || word === "--frontend" || word === "--priority") at++;
      else if (/^(-u|--.*|-[fp].+)$/.test(word)) continue;
      else if (word.startsWith("-")) {
        yield* io.stderr(`Unknown option: ${word.slice(1)}\nUsage: dpkg-reconfigure [options] packages\n`);
        return 1;
      } else names.push(word);
    }
    if (names.length === 0) {
      yield* io.stderr("please specify a package to reconfigure\n");
      return 1;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("/usr/sbin/dpkg-reconfigure must be run as root\n");
      return 1;
    }
    const database = yield* DpkgDatabase.read(sys);
    for (const name of names) {
      if (database.state(name) !== "installed") {
        yield* io.stderr(`/usr/sbin/dpkg-reconfigure: ${name} is ${database.packages.has(name) ? "broken or not fully installed" : "not installed"}\n`);
        return 1;
      }
      const actions = actionsOfScript(yield* readFile(sys, infoPath(sys, name, "postinst")));
      if (!(yield* carryOut(sys, actions.postInstall))) return 1;
      if (name === "locales") yield* runProgram(sys, ["/usr/sbin/locale-gen"]);
      const enabled = new Set(actions.postInstall.flatMap((action) => ("enable" in action ? [action.enable] : "start" in action ? [action.start] : [])));
      const units = (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").flatMap((path) => /^(?:\/usr)?\/lib\/systemd\/system\/([^/@]+\.(?:service|socket|target|timer))$/.exec(path)?.[1] ?? []);
      // what deb-systemd-invoke does with the units of the package
      for (const unit of [...units].sort()) {
        if (enabled.has(unit)) {
          if (!(yield* stopped(unit))) yield* runProgram(sys, ["systemctl", "restart", unit]);
        } else io.out.put(`${unit} is a disabled or a static unit not running, not starting it.\n`);
      }
    }
    return 0;

    function* stopped(unit: string) {
      try {
        sys.stat("/run/systemd/system");
        return (yield* runProgram(sys, ["systemctl", "is-enabled", "--quiet", unit])) !== 0;
      } catch (error) {
        if (error instanceof SysError) return true;
        throw error;
      }
    }
  },
);
