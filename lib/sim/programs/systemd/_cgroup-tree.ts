// The tree of control groups with their processes, as systemctl status and systemd-cgls draw it.
import { type Blocking, S, type Sys, SysError, textWidth } from "../../kernel/sys.ts";
import { ellipsize } from "./_ellipsize.ts";
import { GREY, NORMAL } from "./_systemd.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";

const root = "/sys/fs/cgroup";

function childrenOf(sys: Sys, path: string): readonly string[] {
  try {
    return sys.readdir(root + path).filter((entry) => entry.type === S.IFDIR).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

function* processesOf(sys: Sys, path: string): Blocking<readonly number[]> {
  const text = (yield* tryReadFile(sys, `${root}${path === "/" ? "" : path}/cgroup.procs`)) ?? "";
  return text.split("\n").filter((line) => line !== "").map(Number).sort((a, b) => a - b);
}

export function* commandLineOf(sys: Sys, pid: number): Blocking<string> {
  const text = (yield* tryReadFile(sys, `/proc/${pid}/cmdline`)) ?? "";
  const words = text.split("\0");
  while (words.length > 0 && words[words.length - 1] === "") words.pop();
  if (words.length > 0) return words.join(" ");
  return `[${((yield* tryReadFile(sys, `/proc/${pid}/comm`)) ?? "").trim()}]`;
}

function* isEmpty(sys: Sys, path: string): Blocking<boolean> {
  if ((yield* processesOf(sys, path)).length > 0) return false;
  for (const child of childrenOf(sys, path)) if (!(yield* isEmpty(sys, `${path === "/" ? "" : path}/${child}`))) return false;
  return true;
}

/** Lines below the group's own name. Groups without processes are left out. */
export function* controlGroupTree(sys: Sys, path: string, prefix: string, width: number, colour = false): Blocking<string[]> {
  const lines: string[] = [];
  const base = path === "/" ? "" : path;
  const groups: string[] = [];
  for (const child of childrenOf(sys, base)) if (!(yield* isEmpty(sys, `${base}/${child}`))) groups.push(child);
  const processes = yield* processesOf(sys, path);
  const digits = Math.max(0, ...processes.map((pid) => String(pid).length));
  for (const [index, pid] of processes.entries()) {
    const last = index === processes.length - 1 && groups.length === 0;
    const branch = `${prefix}${last ? "└─" : "├─"}`;
    const text = ellipsize(sys, `${String(pid).padStart(digits)} ${yield* commandLineOf(sys, pid)}`, Math.max(width - textWidth(branch), digits + 4), 100);
    lines.push(colour ? `${branch}${GREY}${text}${NORMAL}` : branch + text);
  }
  for (const [index, child] of groups.entries()) {
    const last = index === groups.length - 1;
    lines.push(`${prefix}${last ? "└─" : "├─"}${child}`);
    lines.push(...(yield* controlGroupTree(sys, `${base}/${child}`, `${prefix}${last ? "  " : "│ "}`, width, colour)));
  }
  return lines;
}
