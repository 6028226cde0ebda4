// Discs that virt-install makes for a first boot: a NoCloud seed (--cloud-init), answers for an installer (--initrd-inject, --unattended).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type IsoFile, isoImage } from "../kit/iso9660-image.ts";
import { suboptions, VirtinstError } from "./_virtinst.ts";

const bootDirectory = "/var/lib/libvirt/boot";
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const word = (sys: Sys, length: number): string => [...sys.random(length)].map((byte) => letters[byte % letters.length] ?? "x").join("");

/** The path of a disc with these files. Errors: VirtinstError. */
export function* makeDisc(sys: Sys, label: string, files: readonly IsoFile[], kind: string): Blocking<string> {
  const path = `${bootDirectory}/virtinst-${word(sys, 8).toLowerCase()}-${kind}.iso`;
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    yield* sys.write(fd, isoImage(label, files, Math.floor(sys.clockUs("realtime") / 1e6)));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VirtinstError(`Couldn't create ${path}: ${error.message}`);
  }
  return path;
}

function* contents(sys: Sys, path: string): Blocking<string> {
  const text = yield* readTextFile(sys, path);
  if (text === undefined) throw new VirtinstError(`[Errno 2] No such file or directory: '${path}'`);
  return text;
}

const known = new Set(["root-password-generate", "root-password-file", "disable", "root-ssh-key", "clouduser-ssh-key", "meta-data", "user-data", "network-config"]);

export interface CloudSeed {
  readonly files: readonly IsoFile[];
  /** made up for root's first login */
  readonly password: string | undefined;
}

/** Errors: VirtinstError. */
export function* cloudSeed(sys: Sys, text: string): Blocking<CloudSeed> {
  const given = suboptions(text === "" ? "root-password-generate=yes,disable=yes" : text, "");
  const unknown = [...given.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new VirtinstError(`Error: --cloud-init ${text}: Unknown --cloud-init options: [${unknown.map((name) => `'${name}'`).join(", ")}]`);
  const yes = (name: string): boolean => ["yes", "on", "true"].includes(given.get(name) ?? "");
  let password: string | undefined;
  if (yes("root-password-generate")) password = word(sys, 16);
  const passwordFile = given.get("root-password-file");
  const wanted = password ?? (passwordFile === undefined ? undefined : (yield* contents(sys, passwordFile)).split("\n")[0]);
  const lines = ["#cloud-config"];
  if (wanted !== undefined) lines.push("chpasswd:", "  list: |", `    root:${wanted}`, ...(password === undefined ? ["  expire: False"] : ["  expire: True"]));
  const rootKey = given.get("root-ssh-key");
  const userKey = given.get("clouduser-ssh-key");
  if (rootKey !== undefined || userKey !== undefined) {
    lines.push("users:", "  - default");
    if (rootKey !== undefined) lines.push("  - name: root", "    ssh_authorized_keys:", `      - ${(yield* contents(sys, rootKey)).trim()}`);
    if (userKey !== undefined) lines.push("ssh_authorized_keys:", `  - ${(yield* contents(sys, userKey)).trim()}`);
  }
  if (yes("disable")) lines.push("runcmd:", '- echo "Disabled by virt-install" > /etc/cloud/cloud-init.disabled');
  const userFile = given.get("user-data");
  const metaFile = given.get("meta-data");
  const networkFile = given.get("network-config");
  const files: IsoFile[] = [
    { name: "meta-data", content: encode(metaFile === undefined ? "" : yield* contents(sys, metaFile)) }, { name: "user-data", content: encode(userFile === undefined ? `${lines.join("\n")}\n` : yield* contents(sys, userFile)) },
  ];
  if (networkFile !== undefined) files.push({ name: "network-config", content: encode(yield* contents(sys, networkFile)) });
  return { files, password };
}

/** What --unattended and --initrd-inject give an installer to read; undefined: it asks. Errors: VirtinstError. */
export function* installerAnswers(sys: Sys, name: string, unattended: string | undefined, injected: readonly string[]): Blocking<readonly IsoFile[] | undefined> {
  const files: IsoFile[] = [];
  for (const path of injected) files.push({ name: path.slice(path.lastIndexOf("/") + 1), content: encode(yield* contents(sys, path)) });
  if (unattended !== undefined) {
    const given = suboptions(unattended, "profile");
    const lines = [`d-i netcfg/get_hostname string ${name}`, "d-i partman/confirm boolean true"];
    const rootFile = given.get("admin-password-file");
    if (rootFile === undefined) throw new VirtinstError("Error: --unattended: an --unattended admin-password-file is required to set root's password");
    lines.push(`d-i passwd/root-password password ${(yield* contents(sys, rootFile)).split("\n")[0] ?? ""}`);
    const userFile = given.get("user-password-file");
    lines.push(`d-i passwd/username string ${given.get("user-login") ?? (userFile === undefined ? "none" : "user")}`);
    if (userFile !== undefined) lines.push(`d-i passwd/user-password password ${(yield* contents(sys, userFile)).split("\n")[0] ?? ""}`);
    files.push({ name: "preseed.cfg", content: encode(`${lines.join("\n")}\n`) });
  }
  return files.length === 0 ? undefined : files;
}
