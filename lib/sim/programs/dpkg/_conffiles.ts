// Configuration files at the configuration of a package: what the administrator changed stays, and what both sides changed is asked about (dpkg(1), --force-conf…).

import { type Blocking, encode, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readDataBytes } from "../../daemons/docker/api/tar.ts";
import { fileSum } from "../kit/debian/file-sum.ts";
import { runShell } from "../kit/shell-command.ts";
import type { DpkgRun } from "./_run.ts";

/** The sum of a file, undefined when it is not there. A link is followed. */
export function* sumOf(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    if ((sys.stat(path).mode & S.IFMT) !== S.IFREG) return "not a file";
    return fileSum(yield* readDataBytes(sys, path), sys.stat(path).sizeBytes);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** " /etc/foo 0123…" lines of a status paragraph's Conffiles. */
export function conffileSums(field: string | undefined): Map<string, { readonly sum: string; readonly obsolete: boolean }> {
  return new Map((field ?? "").split("\n").flatMap((line) => {
    const [path, sum = "", obsolete] = line.trim().split(" ");
    return path === undefined || path === "" ? [] : [[path, { sum, obsolete: obsolete === "obsolete" }] as const];
  }));
}

export function conffilesField(sums: ReadonlyMap<string, { readonly sum: string; readonly obsolete: boolean }>): string {
  return [...sums].map(([path, { sum, obsolete }]) => `\n ${path} ${sum}${obsolete ? " obsolete" : ""}`).join("");
}

/** Standard input ended at the question. */
export class PromptEnded extends Error {}

function* readLine(sys: Sys): Blocking<string | undefined> {
  let line = "";
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined) return undefined;
    if (byte === 10) return line;
    line += String.fromCharCode(byte);
  }
}

function* showDifference(run: DpkgRun, path: string, fresh: string): Blocking<void> {
  yield* runShell(run.sys, `diff -Nu ${path} ${fresh} | \${PAGER:-\${DPKG_PAGER:-pager}}`);
}

type Answer = "install" | "keep";

function* ask(run: DpkgRun, path: string, fresh: string, facts: { readonly own: boolean; readonly edited: boolean; readonly deleted: boolean; readonly changed: boolean }): Blocking<Answer> {
  const { sys } = run;
  const base = path.slice(path.lastIndexOf("/") + 1);
  for (;;) {
    let text = `\nConfiguration file '${path}'\n`;
    if (facts.own) text += " ==> File on system created by you or by a script.\n ==> File also in package provided by package maintainer.\n";
    else text += `${facts.edited ? ` ==> ${facts.deleted ? "Deleted" : "Modified"} (by you or by a script) since installation.\n` : "     Not modified since installation.\n"}${facts.changed ? " ==> Package distributor has shipped an updated version.\n" : "     Version in package is the same as at last installation.\n"}`;
    if (run.forces("confdef")) {
      yield* run.complain(`${text} ==> Keeping old config file as default.\n`);
      return "keep";
    }
    if (run.forces("confnew")) {
      yield* run.complain(`${text} ==> Using new file as you requested.\n`);
      return "install";
    }
    if (run.forces("confold")) {
      yield* run.complain(`${text} ==> Using current old file as you requested.\n`);
      return "keep";
    }
    text += "   What would you like to do about it ?  Your options are:\n    Y or I  : install the package maintainer's version\n    N or O  : keep your currently-installed version\n      D     : show the differences between the versions\n      Z     : start a shell to examine the situation\n The default action is to keep your current version.\n";
    yield* run.complain(`${text}*** ${base} (Y/I/N/O/D/Z) [default=N] ? `);
    const line = yield* readLine(sys);
    if (line === undefined) throw new PromptEnded();
    switch (line.trim().charAt(0).toLowerCase()) {
      case "y":
      case "i":
        return "install";
      case "n":
      case "o":
      case "":
        return "keep";
      case "d":
        yield* showDifference(run, path, fresh);
        break;
      case "z":
        yield* sys.write(1, encode("Type 'exit' when you're done.\n"));
        yield* runShell(sys, `DPKG_SHELL_REASON=conffile-prompt DPKG_CONFFILE_OLD=${path} DPKG_CONFFILE_NEW=${fresh} \${SHELL:-sh}`);
        break;
      default:
        break;
    }
  }
}

/** Decides about one; the sum that the database keeps from now on. `old` is the sum at the last installation. Errors: PromptEnded. */
export function* settleConffile(run: DpkgRun, path: string, old: string | undefined): Blocking<string | undefined> {
  const { sys } = run;
  const fresh = `${path}.dpkg-new`;
  const next = yield* sumOf(sys, fresh);
  if (next === undefined) return old;
  const here = yield* sumOf(sys, path);
  const install = (): void => sys.rename(fresh, path);
  const keepOwner = (): void => {
    const stat = sys.stat(path);
    sys.chown(fresh, stat.uid, stat.gid, false);
    sys.chmod(fresh, stat.mode & 0o7777);
  };
  if (here === next) {
    sys.unlink(fresh);
    return next;
  }
  if (here === undefined) {
    if (old === undefined) {
      install();
      return next;
    }
    if (next === old) {
      if (!run.forces("confmiss")) {
        sys.unlink(fresh);
        return next;
      }
      yield* run.complain(`\nConfiguration file '${path}', does not exist on system.\nInstalling new config file as you requested.\n`);
      install();
      return next;
    }
    if (run.forces("confmiss")) {
      yield* run.complain(`\nConfiguration file '${path}', does not exist on system.\nInstalling new config file as you requested.\n`);
      install();
      return next;
    }
  }
  const edited = here !== old;
  const changed = next !== old;
  const base = (suffix: string): string => `${path}.dpkg-${suffix}`;
  if (old !== undefined && !edited) {
    keepOwner();
    yield* run.say(`Installing new version of config file ${path} ...\n`);
    install();
    return next;
  }
  if (old !== undefined && !changed && !run.forces("confask")) {
    sys.unlink(fresh);
    return next;
  }
  const answer = yield* ask(run, path, fresh, { own: old === undefined, edited, deleted: here === undefined, changed });
  yield* run.log(`conffile ${path} ${answer}`);
  for (const suffix of ["old", "dist"]) {
    try {
      sys.unlink(base(suffix));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  if (answer === "keep") {
    sys.rename(fresh, base("dist"));
    return next;
  }
  if (here !== undefined) {
    keepOwner();
    sys.rename(path, base("old"));
  }
  yield* run.say(`Installing new version of config file ${path} ...\n`);
  install();
  return next;
}
