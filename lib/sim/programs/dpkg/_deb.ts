// A .deb: an ar(5) archive of debian-binary, control.tar and data.tar. Its maintainer scripts are data of the simulation ("actions").

import { type Blocking, decode, encode, O, type Sys } from "../../kernel/sys.ts";
import { readTar, type TarEntry, writeTar } from "../../daemons/docker/api/tar.ts";
import { type Paragraph, parseParagraphs } from "../kit/debian/deb822.ts";
import { type MaintainerActions, NO_ACTIONS } from "../kit/debian/maintainer-script.ts";

export interface Deb {
  readonly control: Paragraph;
  readonly conffiles: readonly string[];
  readonly actions: MaintainerActions;
  readonly data: readonly TarEntry[];
  /** the files of its control part, as text: "control", "postinst"… */
  readonly members: ReadonlyMap<string, string>;
  readonly controlBytes: number;
}

/** Not an archive, or one without its parts; `message` as dpkg-deb words it. */
export class BadArchive extends Error {}

export function parseDeb(bytes: Uint8Array): Deb {
  if (decode(bytes.subarray(0, 8)) !== "!<arch>\n") throw new BadArchive("is not a Debian format archive");
  const members = new Map<string, Uint8Array>();
  for (let at = 8; at + 60 <= bytes.length; ) {
    const header = decode(bytes.subarray(at, at + 60));
    const size = Number(header.slice(48, 58).trim());
    members.set(header.slice(0, 16).trim().replace(/\/$/, ""), bytes.subarray(at + 60, at + 60 + size));
    at += 60 + size + (size % 2);
  }
  const control = members.get("control.tar");
  const data = members.get("data.tar");
  if (!control || !data) throw new BadArchive("unexpected end of file or archive member");
  const parts = new Map(readTar(control).filter((entry) => entry.kind === "file").map((entry) => [entry.name, decode(entry.bytes)]));
  const [paragraph] = parseParagraphs(parts.get("control") ?? "");
  if (!paragraph) throw new BadArchive("contains no control file");
  const actions = parts.get("actions");
  parts.delete("actions");
  return { control: paragraph, conffiles: (parts.get("conffiles") ?? "").split("\n").filter((line) => line !== ""), actions: actions === undefined ? NO_ACTIONS : (JSON.parse(actions) as MaintainerActions), data: readTar(data), members: parts, controlBytes: control.length };
}

/** ar(5): the outer archive. */
export function packDeb(control: readonly TarEntry[], data: readonly TarEntry[], seconds: number): Uint8Array {
  const parts: Uint8Array[] = [encode("!<arch>\n")];
  for (const [name, bytes] of [["debian-binary", encode("2.0\n")], ["control.tar", writeTar(control)], ["data.tar", writeTar(data)]] as const) {
    parts.push(encode(`${name.padEnd(16)}${String(seconds).padEnd(12)}0     0     100644  ${String(bytes.length).padEnd(10)}\`\n`), bytes);
    if (bytes.length % 2 === 1) parts.push(encode("\n"));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function* readDeb(sys: Sys, path: string): Blocking<Deb> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 1 << 20);
    if (bytes.length === 0) break;
    parts.push(bytes);
  }
  sys.close(fd);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return parseDeb(whole);
}
