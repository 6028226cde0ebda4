// /etc/security/opasswd: former passwords of each user, "name:uid:count:hash,hash" (opasswd.c of Linux-PAM).
import { type Blocking, encode, O, type Sys } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { passwordMatches } from "../passwd/_crypt.ts";

const path = "/etc/security/opasswd";

function* rows(sys: Sys): Blocking<readonly (readonly string[])[]> {
  return ((yield* readTextFile(sys, path)) ?? "").split("\n").filter((line) => line !== "").map((line) => line.split(":"));
}

export function* isRemembered(sys: Sys, name: string, password: string, count: number): Blocking<boolean> {
  const own = (yield* rows(sys)).find((row) => row[0] === name)?.[3] ?? "";
  return own.split(",").filter((hash) => hash !== "").slice(-count).some((hash) => passwordMatches(password, hash));
}

/** Keeps the last `count` of them. */
export function* remember(sys: Sys, name: string, hash: string, count: number): Blocking<void> {
  if (hash === "" || count <= 0) return;
  const user = (yield* Accounts.read(sys)).userByName(name);
  const all = yield* rows(sys);
  const old = (all.find((row) => row[0] === name)?.[3] ?? "").split(",").filter((one) => one !== "");
  if (old.at(-1) === hash) return;
  const hashes = [...old, hash].slice(-count);
  const own = [name, String(user?.uid ?? 0), String(hashes.length), hashes.join(",")];
  const next = all.some((row) => row[0] === name) ? all.map((row) => (row[0] === name ? own : row)) : [...all, own];
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, encode(next.map((row) => `${row.join(":")}\n`).join("")));
  sys.close(fd);
}
