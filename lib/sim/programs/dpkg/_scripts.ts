// Maintainer scripts: those of the mirror's packages are steps that we carry out; those of a package that somebody has built are programs.

import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { infoPath, readFile } from "../kit/debian/dpkg-database.ts";
import { actionsOfScript, type MaintainerActions, NO_ACTIONS } from "../kit/debian/maintainer-script.ts";
import type { DpkgRun } from "./_run.ts";

type ScriptName = "preinst" | "postinst" | "prerm" | "postrm";

const TITLES: Readonly<Record<ScriptName, string>> = { preinst: "pre-installation", postinst: "post-installation", prerm: "pre-removal", postrm: "post-removal" };

/** A script failed; the message is dpkg's. */
export class ScriptFailed extends Error {}

export function* actionsOf(sys: Sys, name: string): Blocking<MaintainerActions> {
  return actionsOfScript(yield* readFile(sys, infoPath(sys, name, "postinst")));
}

function isFile(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFREG;
  } catch {
    return false;
  }
}

/** Runs a script of an installed package, or of the one that is just being unpacked (`path`). Nothing when there is none. Errors: ScriptFailed. */
export function* runScript(run: DpkgRun, name: string, script: ScriptName, args: readonly string[], path = infoPath(run.sys, name, script), which = "installed"): Blocking<void> {
  const { sys } = run;
  if (!isFile(sys, path)) return;
  if (actionsOfScript(yield* readFile(sys, path)) !== NO_ACTIONS) return;
  const title = `${which} ${name} package ${TITLES[script]} script`;
  const failure: string[] = [];
  const pid = sys.fork(function* (child) {
    try {
      const more: readonly (readonly [string, string])[] = [["DPKG_MAINTSCRIPT_PACKAGE", name], ["DPKG_MAINTSCRIPT_NAME", script], ["DPKG_MAINTSCRIPT_ARCH", "amd64"], ["DPKG_RUNNING_VERSION", "1.21.22"], ["DPKG_MAINTSCRIPT_PACKAGE_REFCOUNT", "1"], ["DPKG_ADMINDIR", "/var/lib/dpkg"], ["PATH", child.environment.get("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin"]];
      child.chdir("/");
      return yield* child.exec(path, [path, ...args], new Map([...child.environment, ...more]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      failure.push(`unable to execute ${title} (${path}): ${error.message}`);
      return 2;
    }
  });
  const waited = yield* sys.waitpid(pid);
  const status = waited?.status;
  if (status?.kind === "exited" && status.status === 0) return;
  if (failure.length > 0) yield* run.complain(`dpkg (subprocess): ${failure[0] ?? ""}\n`);
  throw new ScriptFailed(status?.kind === "signaled" ? `${title} subprocess was killed by signal (${signalText(status.signal)})` : `${title} subprocess returned error exit status ${status?.kind === "exited" ? status.status : 1}`);
}

function signalText(signal: number): string {
  return signal === 2 ? "Interrupt" : signal === 9 ? "Killed" : signal === 15 ? "Terminated" : `${signal}`;
}
