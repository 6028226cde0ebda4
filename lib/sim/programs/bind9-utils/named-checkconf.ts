// named-checkconf: whether named would start with a configuration (BIND 9.18).
import { SysError } from "../../kernel/sys.ts";
import { flag, text } from "../kit/program.ts";
import { dotted, undotted } from "../kit/dns/names.ts";
import { loadZone } from "../kit/dns/load-zone.ts";
import { VERSION, bindProgram } from "./_bind-program.ts";
import { configurationText, isPrimary, meaningProblems, optionText, readConfiguration, zonesOf } from "./_configuration.ts";

const usage = (name: string): string => `usage: ${name} [-chijlvz] [-p [-x]] [-t directory] [named.conf]\n`;

export default bindProgram(
  {
    name: "named-checkconf", summary: "check the configuration of named", synopsis: ["[-chijlvz] [-p [-x]] [-t DIRECTORY] [FILE]"], usage, wrongLetterStatus: 0, operands: "files",
    options: [flag(["-h"], "show the usage"), flag(["-c"], "check only what named itself does, no zones of a list"), flag(["-i"], "say nothing of options that will go"), flag(["-j"], "read the journals of the zones as well (with -z)"), flag(["-l"], "list the zones: name, class, view, type"), flag(["-p"], "print the configuration in its canonical form"), flag(["-x"], "with -p: hide the secrets of keys"), text(["-t"], "DIRECTORY", "change the root to it first"), flag(["-v"], "show the version alone"), flag(["-z"], "load all primary zones as a test")],
    exitStatuses: [["0", "no errors"], ["1", "errors were found"]],
  },
  function* (sys, given, io) {
    if (given.has("h")) {
      yield* io.stderr(usage("named-checkconf"));
      return 0;
    }
    if (given.has("v")) {
      io.out.put(`${VERSION}\n`);
      return 0;
    }
    if (given.operands.length > 1 || (given.has("x") && !given.has("p"))) {
      yield* io.stderr(usage("named-checkconf"));
      return given.operands.length > 1 ? 0 : 1;
    }
    const root = given.value("t");
    if (root !== undefined) {
      try {
        sys.chroot(root);
        sys.chdir("/");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`isc_dir_chroot: ${error.message.toLowerCase()}\n`);
        return 1;
      }
    }
    const path = given.operands[0] ?? "/etc/bind/named.conf";
    try {
      const configuration = yield* readConfiguration(sys, path);
      for (const problem of configuration.problems) io.out.put(`${problem}\n`);
      if (configuration.problems.length > 0) return 1;
      const directory = configuration.clauses.find((clause) => clause.kind === "options")?.options.get("directory")?.[0];
      if (directory !== undefined) {
        try {
          sys.chdir(directory.text);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          const why = error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase();
          io.out.put(`${directory.file}:${directory.line}: change directory to '${directory.text}' failed: ${why}\n\n${directory.file}:${directory.line}: parsing failed: ${why}\n`);
          return 1;
        }
      }
      const problems = meaningProblems(configuration);
      for (const problem of problems) io.out.put(`${problem}\n`);
      if (problems.length > 0) return 1;
      if (given.has("p")) io.out.put(configurationText(configuration, given.has("x")));
      let status = 0;
      for (const clause of given.has("l") || given.has("z") ? zonesOf(configuration) : []) {
        const type = optionText(clause, "type") ?? "";
        if (given.has("l")) {
          io.out.put(`${undotted(clause.name)} ${clause.class ?? "IN"} _default ${type}\n`);
          continue;
        }
        if (!isPrimary(clause)) continue;
        const names = optionText(clause, "check-names");
        const loaded = yield* loadZone(sys, optionText(clause, "file") ?? "", dotted(clause.name), { checkNames: names === "ignore" || names === "warn" ? names : "fail" });
        for (const message of loaded.messages) io.out.put(`${message}\n`);
        if (loaded.failure === undefined) continue;
        yield* io.stderr(`_default/${undotted(clause.name)}/IN: ${loaded.failure}\n`);
        status = 1;
      }
      return status;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.out.put(`open: ${path}: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}\n`);
      return 1;
    }
  },
);
