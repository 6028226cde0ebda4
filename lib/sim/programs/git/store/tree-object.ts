// Tree objects: "MODE NAME\0" and 20 bytes of id, sorted as if directories' names ended in "/".
import { decode, encode, concatBytes } from "../../../kernel/sys.ts";
import { type ObjectId, idAt, idBytes } from "./object-id.ts";

export interface TreeEntry {
  readonly mode: number;
  readonly name: string;
  readonly id: ObjectId;
}

export const TREE_MODE = 0o40000;
export const LINK_MODE = 0o120000;
export const SUBMODULE_MODE = 0o160000;
export const isTreeMode = (mode: number): boolean => mode === TREE_MODE;

export function parseTree(body: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const end = body.indexOf(0, space);
    if (space < 0 || end < 0) break;
    let mode = 0;
    for (let i = at; i < space; i++) mode = mode * 8 + ((body[i] ?? 48) - 48);
    entries.push({ mode, name: decode(body.subarray(space + 1, end)), id: idAt(body, end + 1) });
    at = end + 21;
  }
  return entries;
}

/** The order of git: by bytes, which is that of UTF-16 units but for rare characters. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const treeKey = (entry: TreeEntry): string => (isTreeMode(entry.mode) ? `${entry.name}/` : entry.name);

export function serialiseTree(entries: readonly TreeEntry[]): Uint8Array {
  const sorted = [...entries].sort((a, b) => byName(treeKey(a), treeKey(b)));
  return concatBytes(sorted.flatMap((entry) => [encode(`${entry.mode.toString(8)} ${entry.name}\0`), idBytes(entry.id)]));
}

export const modeText = (mode: number): string => mode.toString(8).padStart(6, "0");
export const typeOfMode = (mode: number): "tree" | "commit" | "blob" => (isTreeMode(mode) ? "tree" : mode === SUBMODULE_MODE ? "commit" : "blob");
