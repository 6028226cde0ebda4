// http://mirror.lan/debian: indexes and packages of bookworm. A .deb holds what the machine's catalogue knows of the package: an archive of its
// files and a control part with the maintainer actions as data (dpkg carries them out).

import { encode } from "../../kernel/sys.ts";
import { encodeExecutable } from "../../kernel/executable.ts";
import type { HttpRequest } from "../../daemons/docker/api/http.ts";
import { type TarEntry, writeTar } from "../../daemons/docker/api/tar.ts";
import { type Installable, installable, suiteInstallable } from "../../machine/catalogue/installable.ts";
import { contentsIndex, packageIndexText, packagesIndex, releaseText } from "../../machine/catalogue/package-index.ts";
import { mergedUsr, type RootFile } from "../../machine/rootfs/frozen-root.ts";
import { installedUs } from "../../machine/rootfs/build-dates.ts";
import { type Suite, suites } from "../../machine/catalogue/parse.ts";
import { page, type WebAnswer } from "./web-server.ts";
import { rpmRepositoryFile } from "./rpm-repository.ts";
import { sampleRpm, sampleRpmName } from "./sample-rpm.ts";

const NO_BYTES = new Uint8Array(0);

function tarEntry(file: RootFile): TarEntry {
  const common = { name: mergedUsr(file.path).slice(1), uid: 0, gid: 0, mtimeUs: installedUs, target: "", rdev: 0 };
  if (file.directory === true) return { ...common, kind: "directory", mode: file.mode ?? 0o755, bytes: NO_BYTES, sizeBytes: 0 };
  if (file.symlink !== undefined) return { ...common, kind: "symlink", mode: 0o777, target: file.symlink, bytes: NO_BYTES, sizeBytes: 0 };
  const bytes = file.executable ? encodeExecutable(file.executable) : file.text === undefined ? (file.content?.() ?? NO_BYTES) : encode(file.text);
  return { ...common, kind: "file", mode: file.mode ?? 0o644, bytes, sizeBytes: Math.max(bytes.length, file.executable?.sizeBytes ?? 0, file.paddedBytes ?? 0) };
}

/** ar(5): the outer archive of a .deb. */
function ar(members: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [encode("!<arch>\n")];
  for (const [name, bytes] of members) {
    parts.push(encode(`${name.padEnd(16)}${String(Math.floor(installedUs / 1_000_000)).padEnd(12)}0     0     100644  ${String(bytes.length).padEnd(10)}\`\n`), bytes);
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

function controlEntry(name: string, text: string): TarEntry {
  const bytes = encode(text);
  return { name, kind: "file", mode: 0o644, uid: 0, gid: 0, mtimeUs: installedUs, target: "", rdev: 0, bytes, sizeBytes: bytes.length };
}

function debOf(one: Installable): Uint8Array {
  const files = one.files();
  const conffiles = files.filter((file) => file.conffile === true).map((file) => `${mergedUsr(file.path)}\n`).join("");
  const actions = { preInstall: one.preInstall, postInstall: one.postInstall, preRemove: one.preRemove, postRemove: one.postRemove, postPurge: one.postPurge, owners: files.filter((file) => file.owner !== undefined || file.group !== undefined).map((file) => ({ path: mergedUsr(file.path), owner: file.owner ?? "root", group: file.group ?? "root" })) };
  const control = [controlEntry("control", packageIndexText(one, false)), controlEntry("actions", JSON.stringify(actions)), ...(conffiles === "" ? [] : [controlEntry("conffiles", conffiles)])];
  return ar([["debian-binary", encode("2.0\n")], ["control.tar", writeTar(control)], ["data.tar", writeTar(files.map(tarEntry))]]);
}

const suiteNamed = (archive: string | undefined, name: string | undefined): Suite | undefined => suites.find((suite) => suite === name && suite.endsWith("-security") === (archive !== undefined));

/** `nowUs`: the mirror's own clock, by which it signs. */
export function answerMirror(request: HttpRequest, nowUs: number): WebAnswer {
  const path = decodeURIComponent(request.target);
  const [, archive, name, file] = /^\/debian(-security)?\/dists\/([a-z-]+)\/(InRelease|Release|main\/binary-amd64\/Packages|main\/Contents-amd64)$/.exec(path) ?? [];
  const suite = suiteNamed(archive, name);
  if (suite && file === "main/binary-amd64/Packages") return { status: 200, type: "text/plain", body: packagesIndex(suite) };
  if (suite && file === "main/Contents-amd64") return { status: 200, type: "text/plain", body: contentsIndex(suite) };
  if (suite) return { status: 200, type: "text/plain", body: encode(releaseText(suite, nowUs, file === "InRelease")) };
  const pool = /^\/debian(?:-security)?\/pool\/.*\/([^/_]+)_([^/_]*)_[^/_]*\.deb$/.exec(path);
  const one = pool ? offered(pool[1] ?? "", pool[2] ?? "", path) : undefined;
  if (one) return { status: 200, type: "application/vnd.debian.binary-package", body: debOf(one) };
  if (path === `/rpm/${sampleRpmName}`) return { status: 200, type: "application/x-rpm", body: sampleRpm() };
  const repository = path.startsWith("/rpm/") ? rpmRepositoryFile(path.slice(5)) : undefined;
  if (repository !== undefined) return { status: 200, type: "text/xml", body: encode(repository) };
  return page(path === "/debian/" || path === "/" ? 200 : 404, path === "/debian/" || path === "/" ? "Index of /debian" : "404 Not Found");
}

/** File names leave out the epoch. */
function offered(name: string, version: string, path: string): Installable | undefined {
  for (const suite of suites) {
    const one = suiteInstallable(suite, name);
    if (one !== undefined && path.endsWith(`/${one.facts.fileName}`)) return one;
  }
  const recorded = installable(name);
  return recorded?.facts.version.replace(/^\d+:/, "") === version ? recorded : undefined;
}
