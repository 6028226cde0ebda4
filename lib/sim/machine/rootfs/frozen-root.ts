// Turns a list of files into a frozen layer of a disk's file system: built once for each host description, shared by all machines made from it.
import { encodeExecutable, type Executable } from "../../kernel/executable.ts";
import { encode, S } from "../../kernel/sys.ts";
import { Contents, LazyBytes } from "../../kernel/vfs/contents.ts";
import { DirectoryEntries } from "../../kernel/vfs/directory-entries.ts";
import { type FrozenLayer, MemoryNode, stackLayer } from "../../kernel/vfs/memory-node.ts";
import type { PackageFile } from "../../programs/kit/package.ts";

const rootIno = 2;
const firstIno = 12;
const blockBytes = 4096;

export interface OwnerIds {
  user(name: string): number;
  group(name: string): number;
}

/** A package's file, or a simulated binary. */
export interface RootFile extends PackageFile {
  readonly executable?: Executable;
  /** a file with holes: disk images */
  readonly sparse?: () => Contents;
  /** when other than the installation */
  readonly modifiedUs?: number;
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** Where the merged /usr puts a path that a package names in the old way. */
export function mergedUsr(path: string): string {
  const match = /^\/(?:bin|sbin|lib|lib64)(?=\/)/.exec(path);
  return match === null ? path : `/usr${path}`;
}

const onlyAscii = /^[\x00-\x7f]*$/;

function textContents(text: string): Contents {
  if (!onlyAscii.test(text)) return Contents.of(encode(text));
  return Contents.of(new LazyBytes(text.length, () => encode(text)));
}

function bytesContents(file: RootFile): Contents {
  if (file.sparse !== undefined) return file.sparse();
  if (file.executable !== undefined) {
    const bytes = encodeExecutable(file.executable);
    const { sizeBytes } = file.executable;
    // machine code nobody runs: zeros that take their blocks, as du counts them
    return sizeBytes > bytes.length ? Contents.fromPieces(sizeBytes, [{ start: 0, length: bytes.length, data: bytes }, { start: bytes.length, length: sizeBytes - bytes.length, data: "zeros" }]) : Contents.of(bytes);
  }
  if (file.content !== undefined && file.paddedBytes !== undefined) {
    const bytes = file.content();
    return Contents.fromPieces(file.paddedBytes, [{ start: 0, length: bytes.length, data: bytes }, { start: bytes.length, length: file.paddedBytes - bytes.length, data: "zeros" }]);
  }
  if (file.content !== undefined && file.contentBytes !== undefined) return Contents.of(new LazyBytes(file.contentBytes, file.content));
  return Contents.of(file.content === undefined ? new Uint8Array(0) : file.content());
}

/** Later files win over earlier ones of the same path; missing parent directories are made, root's and 0755. */
export function freezeRoot(files: Iterable<RootFile>, owners: OwnerIds, installedUs: number): FrozenLayer {
  const nodes = new Map<number, MemoryNode>();
  const byPath = new Map<string, MemoryNode>();
  let nextIno = firstIno;
  let blocks = 0;
  const root = new MemoryNode(rootIno, S.IFDIR | 0o755, 0, 0, installedUs, rootIno, "", new DirectoryEntries());
  root.nlink = 2;
  root.directoryBytes = blockBytes;
  nodes.set(rootIno, root);
  byPath.set("", root);

  const add = (path: string, mode: number, uid: number, gid: number, body: MemoryNode["body"]): MemoryNode => {
    const slash = path.lastIndexOf("/");
    const parent = directory(path.slice(0, slash));
    const name = path.slice(slash + 1);
    const old = byPath.get(path);
    const node = new MemoryNode(old?.ino ?? nextIno++, mode, uid, gid, installedUs, parent.ino, name, body);
    if ((mode & S.IFMT) === S.IFDIR) {
      node.nlink = 2;
      node.directoryBytes = blockBytes;
      blocks++;
      if (old === undefined) parent.nlink++;
    } else if (body instanceof Contents) blocks += Math.ceil(body.sizeBytes / blockBytes);
    nodes.set(node.ino, node);
    byPath.set(path, node);
    if (parent.body instanceof DirectoryEntries) parent.body.set(name, node.ino);
    return node;
  };
  const directory = (path: string): MemoryNode => byPath.get(path) ?? add(path, S.IFDIR | 0o755, 0, 0, new DirectoryEntries());

  for (const file of files) {
    const path = mergedUsr(file.path);
    const uid = file.owner === undefined ? 0 : owners.user(file.owner);
    const gid = file.group === undefined ? 0 : owners.group(file.group);
    const known = byPath.get(path);
    if (file.directory === true) {
      if (known?.isDirectory === true) {
        if (file.mode !== undefined) known.mode = S.IFDIR | file.mode;
        known.uid = uid;
        known.gid = gid;
      } else add(path, S.IFDIR | (file.mode ?? 0o755), uid, gid, new DirectoryEntries());
    } else if (file.symlink !== undefined) add(path, S.IFLNK | 0o777, uid, gid, file.symlink);
    else {
      const node = add(path, S.IFREG | (file.mode ?? 0o644), uid, gid, file.text === undefined ? bytesContents(file) : textContents(file.text));
      if (file.modifiedUs !== undefined) node.mtimeUs = file.modifiedUs;
      if (file.xattrs !== undefined) node.xattrs = new Map(file.xattrs);
    }
  }
  return stackLayer({ nodes, lower: undefined, nextIno, usedBlocks: blocks, usedInodes: nodes.size + 10 });
}
