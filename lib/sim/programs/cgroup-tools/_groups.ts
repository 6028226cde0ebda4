// Control groups as libcgroup names them, "controller,controller:path", on the unified hierarchy.

import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { readMounts } from "../kit/mounts.ts";

export interface GroupSpec {
  readonly controllers: readonly string[];
  /** below the mount point, without slashes at its ends */
  readonly path: string;
}

/** Undefined when there is no colon. */
export function parseGroup(text: string): GroupSpec | undefined {
  const colon = text.indexOf(":");
  if (colon < 0) return undefined;
  return { controllers: text.slice(0, colon).split(",").filter((one) => one !== ""), path: text.slice(colon + 1).replace(/^\/+|\/+$/g, "") };
}

export const trimGroup = (path: string): string => path.replace(/^\/+|\/+$/g, "");

/** cgroup_strerror */
export function groupError(error: SysError): string {
  if (error.errno === "ENOENT") return "Cgroup does not exist";
  if (error.errno === "EACCES" || error.errno === "EPERM") return "Cgroup, operation not allowed";
  return error.message;
}

/** Where cgroup2 is mounted; undefined without. */
export function* mountPoint(sys: Sys): Blocking<string | undefined> {
  return (yield* readMounts(sys)).find((mount) => mount.type === "cgroup2")?.target;
}

export function* controllersAt(sys: Sys, directory: string): Blocking<readonly string[]> {
  return ((yield* readTextFile(sys, `${directory}/cgroup.controllers`)) ?? "").trim().split(/\s+/).filter((one) => one !== "");
}

/** Throws SysError. */
export function* writeValue(sys: Sys, path: string, value: string): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY);
  try {
    yield* sys.write(fd, encode(value));
  } finally {
    sys.close(fd);
  }
}

/** Makes every directory on the way and hands the controllers down to it. Throws SysError. */
export function* createGroup(sys: Sys, root: string, { controllers, path }: GroupSpec, mode: number | undefined): Blocking<void> {
  let at = root;
  for (const part of path.split("/").filter((one) => one !== "")) {
    const enabled = ((yield* readTextFile(sys, `${at}/cgroup.subtree_control`)) ?? "").trim().split(/\s+/);
    const missing = controllers.filter((one) => one !== "*" && !enabled.includes(one));
    if (missing.length > 0) yield* writeValue(sys, `${at}/cgroup.subtree_control`, missing.map((one) => `+${one}`).join(" "));
    at += `/${part}`;
    try {
      sys.mkdir(at, mode ?? 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
}

/** All groups below, parents first, as paths that begin with "/". */
export function* groupsBelow(sys: Sys, root: string, path = "/"): Blocking<readonly string[]> {
  const found: string[] = [path];
  if (sys.charge(5)) yield* sys.preempt();
  for (const { name, type } of sys.readdir(`${root}${path}`).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (type === 0o040000) found.push(...(yield* groupsBelow(sys, root, `${path === "/" ? "" : path}/${name}`)));
  }
  return found;
}
