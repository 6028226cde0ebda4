// /run/mount/utab: what libmount knows of a mount and the kernel is not told (who mounted it, x- words, _netdev).

import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";
import { type Mount, readMounts } from "./mounts.ts";

const PATH = "/run/mount/utab";

export interface UserMount {
  readonly source: string;
  readonly target: string;
  readonly root: string;
  readonly options: string;
}

const escape = (text: string): string => text.replace(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
const unescape = (text: string): string => text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

function* readUserMounts(sys: Sys): Blocking<readonly UserMount[]> {
  return ((yield* readTextFile(sys, PATH)) ?? "").split("\n").filter((line) => line !== "").map((line) => {
    const fields = new Map(line.split(" ").map((word) => [word.slice(0, word.indexOf("=")), unescape(word.slice(word.indexOf("=") + 1))] as const));
    return { source: fields.get("SRC") ?? "", target: fields.get("TARGET") ?? "", root: fields.get("ROOT") ?? "/", options: fields.get("OPTS") ?? "" };
  });
}

function* write(sys: Sys, entries: readonly UserMount[]): Blocking<void> {
  try {
    const fd = yield* sys.open(PATH, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(entries.map(({ source, target, root, options }) => `SRC=${escape(source)} TARGET=${escape(target)} ROOT=${escape(root)} OPTS=${escape(options)}\n`).join("")));
    sys.close(fd);
  } catch (error) {
    // without the right to write there, the mount itself counts all the same
    if (!(error instanceof SysError)) throw error;
  }
}

export function* addUserMount(sys: Sys, entry: UserMount): Blocking<void> {
  yield* write(sys, [...(yield* readUserMounts(sys)), entry]);
}

/** After an unmount or a move: entries of `target` go, or stand at `now`. */
export function* forgetUserMount(sys: Sys, target: string, now?: string): Blocking<void> {
  const entries = yield* readUserMounts(sys);
  const last = entries.findLastIndex((one) => one.target === target);
  if (last === -1) return;
  yield* write(sys, entries.flatMap((one, index) => (index !== last ? [one] : now === undefined ? [] : [{ ...one, target: now }])));
}

export interface TableMount extends Mount {
  readonly userOptions: string;
}

/** The mounts of this process with what utab says of them. */
export function* readMountTable(sys: Sys): Blocking<readonly TableMount[]> {
  const users = yield* readUserMounts(sys);
  return (yield* readMounts(sys)).map((mount) => ({ ...mount, userOptions: users.findLast((one) => one.target === mount.target && one.source === mount.source && one.root === mount.root)?.options ?? "" }));
}
