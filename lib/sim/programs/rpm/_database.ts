// rpm's database, in the person's home on Debian (%_dbpath): one JSON record a package with its header as rpm writes it. (The real file is SQLite's.)
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { parseHeader, type RpmHeader } from "../rpm2cpio/_rpm-file.ts";

export interface Installed {
  readonly header: RpmHeader;
  readonly headerBytes: Uint8Array;
  /** seconds since 1970 */
  readonly time: number;
}

const fileOf = (directory: string): string => `${directory}/rpmdb.sqlite`;

export function* readDatabase(sys: Sys, directory: string): Blocking<readonly Installed[]> {
  const found: Installed[] = [];
  for (const line of ((yield* readTextFile(sys, fileOf(directory))) ?? "").split("\n")) {
    const [time, words] = line.split(" ");
    const headerBytes = words === undefined ? undefined : bytesOfBase64(words);
    const header = headerBytes === undefined ? undefined : parseHeader(headerBytes, 0)?.header;
    if (header !== undefined && headerBytes !== undefined) found.push({ header, headerBytes, time: Number(time) });
  }
  return found;
}

export function* writeDatabase(sys: Sys, directory: string, packages: readonly Installed[]): Blocking<void> {
  let made = "";
  for (const part of directory.split("/").filter((one) => one !== "")) {
    made += `/${part}`;
    try {
      sys.mkdir(made, 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
  const fd = yield* sys.open(fileOf(directory), O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode(packages.map(({ time, headerBytes }) => `${time} ${base64Of(headerBytes)}\n`).join("")));
  sys.close(fd);
}
