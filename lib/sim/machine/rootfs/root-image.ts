// The root file system of a host description: files of all its packages, then what belongs to no package. Built once a process, then shared.
import type { FrozenLayer } from "../../kernel/vfs/memory-node.ts";
import { encodeFileCapabilities, parseCapabilityText } from "../../programs/kit/capabilities.ts";
import type { PackageAction } from "../../programs/kit/package.ts";
import type { Installable } from "../catalogue/installable.ts";
import { withDependencies } from "../catalogue/with-dependencies.ts";
import type { HostDescription } from "../host-description.ts";
import { type AddedAccounts, systemGroupId, systemUserId } from "./accounts.ts";
import { builtUs, installedUs } from "./build-dates.ts";
import { alternativeFiles } from "./alternative-files.ts";
import { dpkgStateFiles } from "./dpkg-state.ts";
import { freezeRoot, mergedUsr, type RootFile } from "./frozen-root.ts";
import { hostFiles } from "./host-files.ts";
import { initrdFile } from "./initrd.ts";
import { runLevelLinks, runLevelsOf } from "../../programs/kit/init-script.ts";
import { compareKernels } from "../../programs/linux-base/_kernel-images.ts";
import { enableLinks } from "./unit-links.ts";

export interface RootImage {
  readonly layer: FrozenLayer;
  readonly installed: readonly Installable[];
}

const images = new Map<string, RootImage>();
const layers = new Map<string, FrozenLayer>();
const descriptions = new Map<string, HostDescription>();

/** Makes the root of a description known by its name to disk images that only name it. */
export function offerTree(host: HostDescription): void {
  descriptions.set(host.name, host);
}

export function treeNamed(name: string): FrozenLayer | undefined {
  const description = descriptions.get(name);
  return layers.get(name) ?? (description === undefined ? undefined : rootImage(description).layer);
}

/** What the packages' scripts have set with setcap, by file. */
function fileCapabilities(actions: readonly PackageAction[]): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const action of actions) {
    const match = "run" in action ? /^setcap (\S+) (\S+)/.exec(action.run) : null;
    const sets = parseCapabilityText(match?.[1] ?? "");
    if (match && sets) found.set(match[2] ?? "", encodeFileCapabilities(sets));
  }
  return found;
}

/** What the scripts of the kernels' packages leave: an initramfs of each, and links that name the newest two. */
function bootFiles(byPath: ReadonlyMap<string, RootFile>): readonly RootFile[] {
  const prefix = "/boot/vmlinuz-";
  const releases = [...byPath.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length)).sort(compareKernels).reverse();
  const [newest, other = newest] = releases;
  if (newest === undefined || other === undefined) return [];
  return [
    ...releases.flatMap((release) => initrdFile(release, byPath, installedUs) ?? []),
    ...["initrd.img", "vmlinuz"].flatMap((name): RootFile[] => [{ path: `/${name}`, symlink: `boot/${name}-${newest}` }, { path: `/${name}.old`, symlink: `boot/${name}-${other}` }]),
  ];
}

export function rootImage(host: HostDescription): RootImage {
  const known = images.get(host.name);
  if (known !== undefined) return known;
  const installed = withDependencies(host.packages, host.versionOf);
  const files: RootFile[] = [];
  const byPath = new Map<string, RootFile>();
  const units = new Map<string, string>();
  for (const one of installed) {
    const modifiedUs = builtUs(one.facts.version);
    const capabilities = fileCapabilities(one.postInstall);
    for (const file of one.files()) {
      const own = capabilities.get(mergedUsr(file.path));
      files.push({ ...file, modifiedUs, ...(own && { xattrs: new Map([["security.capability", own]]) }) });
      const path = mergedUsr(file.path);
      byPath.set(path, file);
      if (file.text !== undefined && path.startsWith("/usr/lib/systemd/system/")) units.set(path.slice(path.lastIndexOf("/") + 1), file.text);
    }
  }
  const enabled = new Set(host.enabledUnits ?? []);
  for (const one of installed) for (const action of one.postInstall) if ("enable" in action) enabled.add(action.enable);
  const actions = installed.flatMap((one) => one.postInstall);
  for (const action of actions) if ("initScript" in action) files.push(...runLevelLinks(action.initScript, runLevelsOf(byPath.get(`/etc/init.d/${action.initScript}`)?.text ?? "")));
  const added: AddedAccounts = {
    groups: actions.flatMap((action) => ("addGroup" in action ? [{ name: action.addGroup, gid: action.gid }] : [])),
    users: actions.flatMap((action) => ("addUser" in action ? [{ name: action.addUser, uid: action.uid, group: action.group, home: action.home ?? "/nonexistent", gecos: action.gecos ?? "" }] : [])),
  };
  files.push(...hostFiles(host, byPath, added), ...(host.data?.() ?? []));
  files.push(...bootFiles(byPath));
  files.push(...enableLinks(enabled, units));
  files.push(...alternativeFiles(installed), ...dpkgStateFiles(installed));
  const people = new Map(host.users.map((user) => [user.name, user.uid]));
  const frozen = freezeRoot(files, { user: (name) => people.get(name) ?? systemUserId(name), group: (name) => people.get(name) ?? systemGroupId(name) }, installedUs);
  const layer = { ...frozen, baseName: host.name };
  const image = { layer, installed };
  layers.set(host.name, layer);
  images.set(host.name, image);
  return image;
}

