// dpkg --audit and dpkg --verify: packages that are not as they should be, files that are not as they came.

import { type Blocking, encode, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readDataBytes } from "../../daemons/docker/api/tar.ts";
import { DpkgDatabase, infoPath, readFile } from "../kit/debian/dpkg-database.ts";
import { fileSum } from "../kit/debian/file-sum.ts";
import { translated } from "../kit/messages/translate.ts";
import { conffileSums } from "./_conffiles.ts";

const FINDINGS: readonly (readonly [text: string, matches: (want: string, error: string, state: string) => boolean])[] = [
  ["The following packages are in a mess due to serious problems during\ninstallation.  They must be reinstalled for them (and any packages\nthat depend on them) to function properly:\n", (_want, error) => error === "reinstreq"],
  ["The following packages have been unpacked but not yet configured.\nThey must be configured using dpkg --configure or the configure\nmenu option in dselect for them to work:\n", (_want, error, state) => error !== "reinstreq" && state === "unpacked"],
  ["The following packages are only half configured, probably due to problems\nconfiguring them the first time.  The configuration should be retried using\ndpkg --configure <package> or the configure menu option in dselect:\n", (_want, error, state) => error !== "reinstreq" && state === "half-configured"],
  ["The following packages are only half installed, due to problems during\ninstallation.  The installation can probably be completed by retrying it;\nthe packages can be removed using dselect or dpkg --remove:\n", (_want, error, state) => error !== "reinstreq" && state === "half-installed"],
  ["The following packages have been triggered, but the trigger processing has not\nyet been done.  Trigger processing can be requested using dselect or\ndpkg --configure --pending (or dpkg --triggers-only):\n", (_want, error, state) => error !== "reinstreq" && state === "triggers-pending"],
];

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch {
    return false;
  }
}

export function* audit(sys: Sys, names: readonly string[]): Blocking<number> {
  const database = yield* DpkgDatabase.read(sys);
  for (const name of names) {
    if (database.state(name) !== undefined && database.state(name) !== "not-installed") continue;
    yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: package '${name}' is not installed\n`)));
  }
  let text = "";
  const row = (name: string): string => ` ${name.padEnd(20)} ${(database.packages.get(name)?.get("Description") ?? "").split("\n")[0] ?? ""}\n`;
  const chosen = [...database.packages.keys()].filter((name) => names.length === 0 || names.includes(name)).sort();
  for (const [head, matches] of FINDINGS) {
    const found = chosen.filter((name) => {
      const [want = "", error = "", state = ""] = (database.packages.get(name)?.get("Status") ?? "").split(" ");
      return matches(want, error, state);
    });
    if (found.length > 0) text += `${head}${found.map(row).join("")}\n`;
  }
  for (const kind of ["list", "md5sums"]) {
    const missing = chosen.filter((name) => database.state(name) === "installed" && !exists(sys, infoPath(sys, name, kind)));
    if (missing.length > 0) text += `The following packages are missing the ${kind} control file in the\ndatabase, they need to be reinstalled:\n${missing.map(row).join("")}\n`;
  }
  yield* sys.write(1, encode(translated(sys, "dpkg", text)));
  return 0;
}

export function* check(sys: Sys, path: string, sum: string): Blocking<"good" | "changed" | "missing" | "unreadable"> {
  try {
    if ((sys.stat(path).mode & S.IFMT) !== S.IFREG) return "changed";
    return fileSum(yield* readDataBytes(sys, path), sys.stat(path).sizeBytes) === sum ? "good" : "changed";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return error.errno === "ENOENT" || error.errno === "ENOTDIR" ? "missing" : "unreadable";
  }
}

/** Lines of rpm's format, as dpkg-query(1) and dpkg(1) --verify-format say. */
export function* verify(sys: Sys, names: readonly string[]): Blocking<number> {
  const database = yield* DpkgDatabase.read(sys);
  let status = 0;
  for (const name of names.length > 0 ? names.map((one) => one.replace(/:.*/, "")) : [...database.packages.keys()].sort()) {
    if (database.version(name) === undefined) {
      if (names.length === 0) continue;
      yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: package '${name}' is not installed\n`)));
      status = 1;
      continue;
    }
    const line = (mark: string, kind: string, path: string): Blocking<number> => sys.write(1, encode(`${mark} ${kind} ${path}\n`));
    for (const row of (yield* readFile(sys, infoPath(sys, name, "md5sums"))).split("\n")) {
      if (row === "") continue;
      if (sys.charge(200)) yield* sys.preempt();
      const path = `/${row.slice(34)}`;
      const found = yield* check(sys, path, row.slice(0, 32));
      if (found === "changed") yield* line("??5??????", " ", path);
      else if (found === "missing") yield* line("missing  ", " ", path);
      else if (found === "unreadable") yield* line("missing  ", " ", `${path} (Permission denied)`);
    }
    for (const [path, { sum, obsolete }] of conffileSums(database.packages.get(name)?.get("Conffiles"))) {
      if (obsolete || sum === "newconffile") continue;
      const found = yield* check(sys, path, sum);
      if (found === "changed") yield* line("??5??????", "c", path);
      else if (found === "missing") yield* line("missing  ", "c", path);
      else if (found === "unreadable") yield* line("missing  ", "c", `${path} (Permission denied)`);
    }
  }
  return status;
}
