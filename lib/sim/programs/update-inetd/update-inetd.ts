// update-inetd: changes lines of /etc/inetd.conf and tells inetd (update-inetd(8), 4.53). A disabled line begins with "## " in Debian's scripts, "#<off># " else.
import { O, SIGNALS, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { listPids, readProcess } from "../kit/processes.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";

export default gnu({
  name: "update-inetd",
  path: "/usr/sbin/update-inetd",
  manSection: 8,
  summary: "add lines to /etc/inetd.conf, delete them, or switch them on and off",
  synopsis: ["[OPTION]... COMMAND ARGUMENT"],
  project: "update-inetd",
  version: "4.53",
  versionText: "update-inetd 4.53\nDebianNet module 1.13\n",
  operands: "none",
  options: {
    add: text(["--add"], "entry-line", "add the line"),
    remove: text(["--remove"], "entry-regex", "remove the lines that fit"),
    enable: text(["--enable"], "service[,...]", "enable services"),
    disable: text(["--disable"], "service[,...]", "disable services"),
    group: text(["--group"], "group-name", "add the line to this section (OTHER)"),
    pattern: text(["--pattern"], "pattern", "only lines that fit"),
    marks: text(["--comment-chars"], "characters", "what a disabled line begins with (#<off>#)"),
    multi: flag(["--multi"], "several lines may be removed or disabled"),
    file: text(["--file"], "filename", "another file than /etc/inetd.conf"),
    verbose: flag(["--verbose"], "say what is done"),
    debug: flag(["--debug"], "change nothing"),
  },
  *run({ options, sys }, io: Io) {
    const file = options.file ?? "/etc/inetd.conf";
    const marks = options.marks ?? "#<off>#";
    const before = yield* readTextFile(sys, file);
    if (before === undefined && options.add === undefined) return 0;
    let lines = (before ?? "").split("\n");
    if (lines.at(-1) === "") lines.pop();
    const pattern = options.pattern === undefined ? undefined : compileRegex(options.pattern, { syntax: "ere", ignoreCase: false });
    const fits = (line: string, service: string): boolean => line.split(/\s+/)[0] === service && (pattern === undefined || pattern.test(line));
    if (options.add !== undefined) {
      const entry = options.add.replaceAll("\\t", "\t").replaceAll("\\n", "\n");
      const service = entry.replace(/^(?:#<off>#|##?)\s*/, "").split(/\s+/)[0] ?? "";
      if (!lines.some((line) => line.replace(/^#<off>#\s*/, "").split(/\s+/)[0] === service)) {
        const group = options.group ?? "OTHER";
        const at = lines.findIndex((line) => line.startsWith(`#:${group}:`));
        if (at < 0) lines.push(...(options.group === undefined ? [] : ["", `#:${group}: Other services`]), entry);
        else {
          let end = at + 1;
          while (end < lines.length && (lines[end] ?? "") !== "") end++;
          lines.splice(end, 0, entry);
        }
        if (options.verbose) io.out.put(`Processing service '${service}' ... added\n`);
      }
    } else if (options.remove !== undefined) {
      const regex = compileRegex(`^${options.remove.replace(/^\^/, "")}`, { syntax: "ere", ignoreCase: false });
      const found = lines.filter((line) => regex.test(line));
      if (found.length > 1 && !options.multi) {
        yield* io.stderr(`Ignoring request to remove or modify several entries without --multi.\n`);
        return 1;
      }
      lines = lines.filter((line) => !found.includes(line));
    } else if (options.enable !== undefined) {
      const wanted = options.enable.split(",");
      lines = lines.map((line) => {
        const rest = line.startsWith(marks) ? line.slice(marks.length).trimStart() : undefined;
        return rest !== undefined && wanted.some((service) => fits(rest, service)) ? rest : line;
      });
    } else if (options.disable !== undefined) {
      const wanted = options.disable.split(",");
      lines = lines.map((line) => (wanted.some((service) => fits(line, service)) ? `${marks} ${line}` : line));
    } else io.usage("error: need a command");
    const after = lines.map((line) => `${line}\n`).join("");
    if (after === before || options.debug) return 0;
    try {
      const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, encode(after));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`cannot write ${file}: ${error.message}`);
    }
    if (options.file === undefined) {
      for (const pid of listPids(sys)) {
        if ((yield* readProcess(sys, pid))?.comm === "inetd") sys.kill(pid, SIGNALS.HUP);
      }
    }
    return 0;
  },
});
