// rename.ul: a text in file names for another (rename(1) of util-linux).
import { SysError } from "../../kernel/sys.ts";
import { nameExists } from "../kit/presence.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "rename.ul", path: "/usr/bin/rename.ul", summary: "rename files", synopsis: ["[options] <expression> <replacement> <file>..."], operands: "files",
  options: {
    verbose: flag(["-v", "--verbose"], "tell each step"), symlink: flag(["-s", "--symlink"], "change where a symbolic link leads"), none: flag(["-n", "--no-act"], "only show what would be renamed"), all: flag(["-a", "--all"], "every occurrence in a name"), last: flag(["-l", "--last"], "the last occurrence, not the first"),
    keep: flag(["-o", "--no-overwrite"], "leave a file whose new name is taken"), ask: flag(["-i", "--interactive"], "ask before a file is replaced"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 1,
  exitStatuses: [["0", "all files were renamed"], ["1", "all failed"], ["2", "some failed"], ["4", "nothing was to be renamed"]],
  *run({ options, operands, sys }, io: Io) {
    const [from, to, ...files] = operands;
    if (from === undefined || to === undefined || files.length === 0) io.usage("not enough arguments");
    const replaced = (name: string): string | undefined => {
      if (from === "" ? false : !name.includes(from)) return undefined;
      if (from === "") return to + name;
      if (options.all) return name.split(from).join(to);
      const at = options.last ? name.lastIndexOf(from) : name.indexOf(from);
      return name.slice(0, at) + to + name.slice(at + from.length);
    };
    let [done, failed] = [0, 0];
    for (const file of files) {
      if (sys.charge(5)) yield* sys.preempt();
      if (!nameExists(sys, file)) {
        yield* io.warn(`${file}: not accessible: No such file or directory`);
        failed++;
        continue;
      }
      const slash = file.lastIndexOf("/") + 1;
      let [before, after] = [file, file.slice(0, slash)];
      let target: string | undefined;
      if (options.symlink) {
        try {
          before = sys.readlink(file);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.warn(`${file}: not a symbolic link`);
          failed++;
          continue;
        }
        target = replaced(before);
        if (target === undefined) continue;
        if (!options.none) {
          sys.unlink(file);
          sys.symlink(target, file);
        }
        if (options.verbose || options.none) io.out.put(`${file}: \`${before}' -> \`${target}'\n`);
        done++;
        continue;
      }
      const name = replaced(file.slice(slash));
      if (name === undefined) continue;
      after += name;
      if ((options.keep || options.ask) && nameExists(sys, after)) {
        if (options.keep) {
          if (options.verbose) io.say(`Skipping existing file: \`${after}'\n`);
          continue;
        }
        yield* io.out.print(`${io.argv0}: overwrite \`${after}'? `);
        if (!/^y/i.test((yield* io.stdin.line()) ?? "")) continue;
      }
      try {
        if (!options.none) sys.rename(file, after);
        if (options.verbose || options.none) io.out.put(`\`${file}' -> \`${after}'\n`);
        done++;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`${file}: rename to ${after} failed: ${error.message}`);
        failed++;
      }
    }
    return failed > 0 ? (done > 0 ? 2 : 1) : done > 0 ? 0 : 4;
  },
});
