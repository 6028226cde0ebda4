// Output through a pager when it goes to a terminal (git-config(1), core.pager; git(1), GIT_PAGER).
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { waitFor } from "../../kit/shell-command.ts";
import { startChild } from "./child-process.ts";
import type { Git } from "./git.ts";

/** Debian builds git so that this is the last resort. */
const DEBIAN_PAGER = "pager";

export function pagerOf(git: Git): string {
  const { environment } = git.sys;
  return environment.get("GIT_PAGER") ?? git.config.get("core.pager") ?? environment.get("PAGER") ?? DEBIAN_PAGER;
}

/** For commands that page by themselves; `pager.COMMAND` and --no-pager may say no. */
export function* startPager(git: Git, usual = true): Blocking<void> {
  const { sys } = git;
  if (git.pagerPid !== undefined || git.paginate === false || !sys.isatty(1)) return;
  const set = git.config.get(`pager.${git.command}`);
  const own = set !== undefined && !/^(?:true|false|yes|no|on|off|0|1)$/i.test(set) ? set : undefined;
  const wanted = git.paginate ?? (set === undefined || own !== undefined ? (own === undefined ? usual : true) : git.config.boolean(`pager.${git.command}`, usual));
  if (!wanted) return;
  const pager = own ?? pagerOf(git);
  if (pager === "" || pager === "cat") return;
  yield* git.out.flush();
  const columns = git.columns;
  const [read, write] = sys.pipe();
  const { environment } = sys;
  const extra = new Map<string, string | undefined>([["GIT_PAGER_IN_USE", "true"]]);
  if (!environment.has("LESS")) extra.set("LESS", "FRX");
  if (!environment.has("LV")) extra.set("LV", "-c");
  if (!environment.has("COLUMNS")) extra.set("COLUMNS", String(columns));
  git.pagerInUse = true;
  let failed = false;
  git.pagerPid = startChild(sys, ["sh", "-c", pager], { environment: extra, stdin: read, close: [write] }, false, () => { failed = true; });
  sys.close(read);
  sys.dup2(write, 1);
  if (sys.isatty(2)) sys.dup2(write, 2);
  sys.close(write);
  if (failed) git.pagerPid = undefined;
}

/** Standard output is closed and the pager waited for. */
export function* finishPager(git: Git): Blocking<void> {
  if (git.pagerPid === undefined) return;
  for (const fd of [1, 2]) {
    try {
      git.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  yield* waitFor(git.sys, git.pagerPid);
}

