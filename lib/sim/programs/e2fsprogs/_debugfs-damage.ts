// Requests of debugfs -w that leave a file system with errors: clri, freei, seti, freeb, setb, set_super_value, feature, and an inode's number of links.
// The files go on living in the kernel's form; what e2fsck is to find is noted beside it (_damage.ts).

import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { joinPath } from "../kit/paths.ts";
import type { Problem } from "./_damage.ts";
import type { DebugTree } from "./_debugfs-tree.ts";
import { featureBit, type Superblock } from "./_superblock.ts";

const groupOfInode = (superblock: Superblock, inode: number): number => Math.floor((inode - 1) / superblock.inodesPerGroup);

const unattached = (inode: number, path: string, found: number): readonly Problem[] => [
  { pass: 4, text: `Unattached inode ${inode}\n`, prompt: "Connect to /lost+found", preen: false, repair: { kind: "connect", path, inode } },
  { pass: 4, text: `Inode ${inode} ref count is ${found}, should be ${found - 1}.  `, prompt: "Fix", preen: true },
];

/** clri: the inode is zeros, its names stay. */
export function* clearInode(tree: DebugTree, path: string, inode: number): Blocking<void> {
  const { superblock } = tree.fs;
  const group = groupOfInode(superblock, inode);
  if (inode === 8) {
    yield* tree.spoil({ problems: [{ pass: 0, text: "Superblock has an invalid journal (inode 8).\n", prompt: "Clear", preen: true, repair: { kind: "journal" } }] });
    return;
  }
  const names: { readonly name: string; readonly directory: string; readonly directoryInode: number; readonly path: string }[] = [];
  yield* tree.walk((below, stat) => {
    if (tree.inodeOf(stat) === inode) {
      const directory = below.replace(/\/[^/]*$/, "") || "/";
      names.push({ name: below.slice(below.lastIndexOf("/") + 1), directory, directoryInode: tree.inodeOf(tree.stat(directory)), path: below });
    }
    return false;
  });
  const stat = tree.stat(path);
  const isDirectory = (stat.mode & S.IFMT) === S.IFDIR;
  const place = (yield* tree.layout()).get(inode);
  const problems: Problem[] = names.map((one) => ({ pass: 2, text: `Entry '${one.name}' in ${one.directory} (${one.directoryInode}) has deleted/unused inode ${inode}.  `, prompt: "Clear", preen: true, repair: { kind: "remove", path: one.path, inode } }));
  if (isDirectory) {
    const above = tree.stat(names[0]?.directory ?? "/");
    problems.push({ pass: 4, text: `Inode ${names[0]?.directoryInode ?? 2} ref count is ${above.nlink}, should be ${above.nlink - 1}.  `, prompt: "Fix", preen: true });
    const inside: Problem[] = [];
    for (const entry of tree.entries(path).slice(2)) inside.push(...unattached(entry.inode, joinPath(path, entry.name), entry.stat.nlink + 1));
    // its files leave it before it goes
    problems.unshift(...inside);
  }
  yield* tree.spoil({
    problems,
    ...(place === undefined ? {} : { surplusBlocks: [[place.first, place.count] as const], freeBlocks: [[Math.floor((place.first - superblock.firstBlock) / superblock.blocksPerGroup), place.count] as const] }),
    surplusInodes: [inode],
    freeInodes: [[group, 1]],
    ...(isDirectory ? { directories: [[group, -1] as const] } : {}),
  });
}

/** unlink: the name goes, the inode does not know of it. */
export function* removeName(tree: DebugTree, path: string, inode: number, links: number): Blocking<void> {
  if (links > 1) {
    tree.unlink(path);
    yield* tree.spoil({ problems: [{ pass: 4, text: `Inode ${inode} ref count is ${links}, should be ${links - 1}.  `, prompt: "Fix", preen: true }] });
    return;
  }
  const kept = `/lost+found/#${inode}`;
  tree.rename(path, kept);
  yield* tree.spoil({ problems: unattached(inode, kept, 2) });
}

export function* setLinks(tree: DebugTree, inode: number, right: number, found: number): Blocking<void> {
  if (found !== right) yield* tree.spoil({ problems: [{ pass: 4, text: `Inode ${inode} ref count is ${found}, should be ${right}.  `, prompt: "Fix", preen: true }] });
}

/** freei, seti. Undefined, or what is said when nothing changed. */
export function* markInode(tree: DebugTree, inode: number, used: boolean, inUse: boolean): Blocking<string | undefined> {
  if (used === inUse) return `Warning: inode ${inode} already ${used ? "set" : "clear"}\n`;
  yield* tree.spoil(used ? { surplusInodes: [inode] } : { missingInodes: [inode] });
  return undefined;
}

/** freeb, setb: ranges of those that changed; `said` of those that did not. */
export function* markBlocks(tree: DebugTree, first: number, count: number, used: boolean, isUsed: (block: number) => boolean): Blocking<readonly number[]> {
  const changed: (readonly [number, number])[] = [];
  const same: number[] = [];
  for (let block = first; block < first + count; block++) {
    if (isUsed(block) === used) {
      same.push(block);
      continue;
    }
    const last = changed.at(-1);
    if (last !== undefined && last[0] + last[1] === block) changed[changed.length - 1] = [last[0], last[1] + 1];
    else changed.push([block, 1]);
  }
  if (changed.length > 0) yield* tree.spoil(used ? { surplusBlocks: changed } : { missingBlocks: changed });
  return same;
}

/** Fields of the super block by their names in set_super_value: place and bytes. */
const FIELDS: ReadonlyMap<string, readonly [at: number, bytes: 2 | 4]> = new Map([
  ["inodes_count", [0x00, 4]], ["blocks_count", [0x04, 4]], ["r_blocks_count", [0x08, 4]], ["free_blocks_count", [0x0c, 4]], ["free_inodes_count", [0x10, 4]], ["first_data_block", [0x14, 4]], ["blocks_per_group", [0x20, 4]], ["inodes_per_group", [0x28, 4]], ["mtime", [0x2c, 4]], ["wtime", [0x30, 4]], ["mnt_count", [0x34, 2]], ["max_mnt_count", [0x36, 2]], ["magic", [0x38, 2]],
  ["state", [0x3a, 2]], ["errors", [0x3c, 2]], ["lastcheck", [0x40, 4]], ["checkinterval", [0x44, 4]], ["rev_level", [0x4c, 4]], ["def_resuid", [0x50, 2]], ["def_resgid", [0x52, 2]], ["first_ino", [0x54, 4]], ["inode_size", [0x58, 2]], ["feature_compat", [0x5c, 4]], ["feature_incompat", [0x60, 4]], ["feature_ro_compat", [0x64, 4]], ["default_mount_opts", [0x100, 4]], ["mkfs_time", [0x108, 4]],
]);

/** False: there is no such field. Throws SysError for a value that is no number. */
export function* setSuperValue(tree: DebugTree, field: string, word: string): Blocking<boolean> {
  const { superblock } = tree.fs;
  if (field === "uuid" || field === "volume_name" || field === "last_mounted") {
    tree.edits.push((one) => {
      if (field === "uuid") one.uuid = word === "clear" ? "" : word;
      else if (field === "volume_name") one.label = word;
    });
    return true;
  }
  const place = FIELDS.get(field);
  if (place === undefined) return false;
  const value = Number(word);
  if (!Number.isInteger(value)) throw new SysError("EINVAL");
  if (field === "free_blocks_count") yield* tree.spoil({ freeBlocks: [[-1, superblock.freeBlocks - value]] });
  if (field === "free_inodes_count") yield* tree.spoil({ freeInodes: [[-1, superblock.freeInodes - value]] });
  const edit = (one: Superblock): void => {
    if (place[1] === 2) one.set16(place[0], value);
    else one.set32(place[0], value);
  };
  edit(superblock);
  tree.edits.push(edit);
  return true;
}

/** False: no such feature. */
export function toggleFeature(tree: DebugTree, word: string): boolean {
  const name = word.replace(/^[-^+]/, "");
  if (featureBit(name) === undefined) return false;
  const on = !/^[-^]/.test(word);
  tree.fs.superblock.setFeature(name, on);
  tree.edits.push((one) => one.setFeature(name, on));
  return true;
}
