// From a name to a place: path_resolution(7). Symbolic links, "..", mounts, the caller's root, trailing slashes, magic links of /proc.

import { encodedLength } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { S } from "../sys.ts";
import type { Caller } from "./caller.ts";
import type { FileSystem, NodeFacts } from "./file-system.ts";
import { topOf } from "./mount-namespace.ts";
import { type Path, rootOf } from "./path.ts";
import { maySearch } from "./permission.ts";

const NAME_MAX = 255;
const PATH_MAX = 4096;
const MOST_LINKS = 40;

export interface ResolveOptions {
  /** A symbolic link at the end is followed (default). A slash after it follows it in any case. */
  readonly follow?: boolean;
  readonly mustBeDirectory?: boolean;
}

/** A directory and the last name in it, which need not exist. */
export interface Parent {
  readonly directory: Path;
  readonly name: string;
  readonly kind: "name" | "dot" | "dotdot" | "root";
  /** "name/" */
  readonly trailingSlash: boolean;
  /** The place of that name with what is mounted on it, not followed; undefined when there is none. */
  readonly child: Path | undefined;
}

/** Errors: ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. */
export function resolve(caller: Caller, name: string, options?: ResolveOptions): Path {
  const walk = new Walk(caller, name);
  walk.run(options?.follow ?? true, false);
  const { place } = walk;
  if (options?.mustBeDirectory === true || walk.trailingSlash) {
    if ((place.mount.fs.facts(place.node).mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
    return entered(caller, place);
  }
  return place;
}

/** Where something is to be mounted as soon as somebody enters, it is. */
function entered(caller: Caller, place: Path): Path {
  const { fs } = place.mount;
  if (fs.automount === undefined || place.node !== fs.root || place.mount.children?.has(place.node) === true) return place;
  fs.automount(place.mount, caller);
  return topOf(place);
}

/** As `resolve`, for open(2): a magic link at the end may lead to an object without a place. */
export function resolveOpen(caller: Caller, name: string, follow: boolean): Path | OpenFileDescription {
  const walk = new Walk(caller, name);
  walk.wantsObject = true;
  walk.run(follow, false);
  if (walk.object !== undefined) return walk.object;
  if (walk.trailingSlash && (walk.place.mount.fs.facts(walk.place.node).mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
  return entered(caller, walk.place);
}

export function resolveParent(caller: Caller, name: string): Parent {
  return parentOf(caller, new Walk(caller, name));
}

function parentOf(caller: Caller, walk: Walk): Parent {
  walk.run(false, true);
  const directory = walk.place;
  const kind = walk.lastKind;
  if (kind !== "name") return { directory, name: walk.last, kind, trailingSlash: walk.trailingSlash, child: directory };
  return { directory, name: walk.last, kind, trailingSlash: walk.trailingSlash, child: child(caller, directory, walk.last) };
}

/** What a directory holds under that name, mounts crossed, links not followed. Search permission is the caller's to check. */
export function child(caller: Caller, directory: Path, name: string): Path | undefined {
  const node = directory.mount.fs.lookup(directory.node, name, caller);
  if (node === 0) return undefined;
  const path = { mount: directory.mount, node, parent: directory.node, name };
  return directory.mount.children === undefined ? path : topOf(path);
}

/** Goes on from `directory` with the target of the link that was found there (open with O_CREAT through a dangling link). */
export function resolveParentFrom(caller: Caller, directory: Path, target: string, links: number): Parent {
  if (links > MOST_LINKS) throw new SysError("ELOOP");
  return parentOf(caller, new Walk(caller, target, directory));
}

class Walk {
  readonly #caller: Caller;
  #name: string;
  #links = 0;
  place: Path;
  last = "";
  lastKind: Parent["kind"] = "root";
  trailingSlash = false;
  wantsObject = false;
  object: OpenFileDescription | undefined = undefined;

  constructor(caller: Caller, name: string, from: Path = caller.cwd) {
    if (name === "") throw new SysError("ENOENT");
    if (name.length >= PATH_MAX || (name.length > PATH_MAX / 3 && encodedLength(name) >= PATH_MAX)) throw new SysError("ENAMETOOLONG");
    this.#caller = caller;
    this.#name = name;
    this.place = name.charCodeAt(0) === SLASH ? caller.root : from;
  }

  /** `parentOnly` stops at the directory that holds the last name. */
  run(follow: boolean, parentOnly: boolean): void {
    const caller = this.#caller;
    let name = this.#name;
    let at = 0;
    let { mount, node, parent, name: called } = this.place;
    let fs: FileSystem = mount.fs;
    let facts: NodeFacts = fs.facts(node);
    for (;;) {
      while (name.charCodeAt(at) === SLASH) at++;
      if (at >= name.length) break;
      let end = name.indexOf("/", at);
      if (end === -1) end = name.length;
      const component = at === 0 && end === name.length ? name : name.slice(at, end);
      let next = end;
      while (name.charCodeAt(next) === SLASH) next++;
      const isLast = next >= name.length;
      if ((facts.mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
      if (!maySearch(caller, { mount, node, parent, name: called }, facts)) throw new SysError("EACCES");
      if (isLast && parentOnly) {
        this.last = component;
        this.lastKind = component === "." ? "dot" : component === ".." ? "dotdot" : "name";
        this.trailingSlash = next > end;
        if (component.length > NAME_MAX / 3 && encodedLength(component) > NAME_MAX) throw new SysError("ENAMETOOLONG");
        break;
      }
      at = next;
      if (component === ".") {
        this.trailingSlash = isLast && next > end;
        continue;
      }
      if (component === "..") {
        ({ mount, node, parent, name: called } = up(caller, { mount, node, parent, name: called }));
        fs = mount.fs;
        facts = fs.facts(node);
        continue;
      }
      if (component.length > NAME_MAX / 3 && encodedLength(component) > NAME_MAX) throw new SysError("ENAMETOOLONG");
      if (fs.automount !== undefined && node === fs.root) {
        ({ mount, node, parent, name: called } = entered(caller, { mount, node, parent, name: called }));
        fs = mount.fs;
        if (!maySearch(caller, { mount, node, parent, name: called }, fs.facts(node))) throw new SysError("EACCES");
      }
      const found = fs.lookup(node, component, caller);
      if (found === 0) throw new SysError("ENOENT");
      const directory = node;
      parent = directory;
      called = component;
      node = found;
      if (mount.children?.has(node) === true) {
        ({ mount, node, parent, name: called } = topOf({ mount, node, parent, name: called }));
        fs = mount.fs;
      }
      facts = fs.facts(node);
      if ((facts.mode & S.IFMT) === S.IFLNK && (!isLast || follow || next > end)) {
        if (++this.#links > MOST_LINKS) throw new SysError("ELOOP");
        if (mount.attributes.nosymfollow === true) throw new SysError("ELOOP");
        const magic = fs.magicTarget?.(node, caller);
        if (magic !== undefined) {
          if (magic.kind === "path") ({ mount, node, parent, name: called } = magic.path);
          else if (isLast && this.wantsObject) {
            this.object = magic.description;
            return;
          } else if (magic.description.path !== undefined) ({ mount, node, parent, name: called } = magic.description.path);
          else throw new SysError(isLast ? "ENXIO" : "ENOTDIR");
          fs = mount.fs;
          facts = fs.facts(node);
        } else {
          checkFollow(caller, mount.fs, directory, facts);
          const target = fs.readlink(node, caller);
          if (target === "") throw new SysError("ENOENT");
          name = isLast ? (next > end ? `${target}/` : target) : `${target}/${name.slice(next)}`;
          at = 0;
          ({ mount, node, parent, name: called } = target.charCodeAt(0) === SLASH ? caller.root : { mount, node: directory, parent: 0, name: "" });
          fs = mount.fs;
          facts = fs.facts(node);
          continue;
        }
      }
      if (isLast) this.trailingSlash = next > end;
    }
    this.place = { mount, node, parent, name: called };
  }
}

const SLASH = 47;

function up(caller: Caller, from: Path): Path {
  let place = from;
  for (;;) {
    if (place.mount === caller.root.mount && place.node === caller.root.node) return caller.root;
    if (place.node !== place.mount.root) break;
    const point = place.mount.mountPoint;
    if (point === undefined) return rootOf(place.mount);
    place = point;
  }
  return topOf({ mount: place.mount, node: place.mount.fs.parentOf(place.node), parent: 0, name: "" });
}

/** fs.protected_symlinks = 1: in a sticky directory that all may write, a link is followed only by its owner or the directory's. */
function checkFollow(caller: Caller, fs: FileSystem, directory: number, link: NodeFacts): void {
  if (caller.fsuid === link.uid) return;
  const facts = fs.facts(directory);
  if ((facts.mode & (S.ISVTX | 0o002)) !== (S.ISVTX | 0o002) || facts.uid === link.uid) return;
  throw new SysError("EACCES");
}
