// The options of mount(8): words that are flags of mount(2), words for the user's side only, and the rest for the file system.

import type { MountFlags } from "../../kernel/sys.ts";

export interface ParsedMountOptions {
  readonly flags: MountFlags;
  /** for the file system */
  readonly data: string;
  readonly loop: string | true | undefined;
  readonly offsetBytes: number | undefined;
  readonly sizeLimitBytes: number | undefined;
  /** propagation changes to be made after the mount */
  readonly propagations: readonly { readonly kind: "private" | "shared" | "slave" | "unbindable"; readonly recursive: boolean }[];
  readonly words: ReadonlySet<string>;
}

const USER_WORDS = new Set(["defaults", "auto", "noauto", "user", "nouser", "users", "owner", "group", "_netdev", "nofail", "rw", "suid", "dev", "exec", "async", "diratime", "silent", "loud", "iversion", "noiversion", "mand", "nomand", "lazytime", "nolazytime", "x-mount.mkdir"]);

export function parseMountOptions(text: string): ParsedMountOptions {
  let flags: MountFlags = {};
  const data: string[] = [];
  const words = new Set<string>();
  const propagations: { readonly kind: "private" | "shared" | "slave" | "unbindable"; readonly recursive: boolean }[] = [];
  let loop: string | true | undefined;
  let offsetBytes: number | undefined;
  let sizeLimitBytes: number | undefined;
  for (const option of text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    if (option === "") continue;
    words.add(option);
    switch (option) {
      case "ro": flags = { ...flags, readOnly: true }; continue;
      case "rw": flags = { ...flags, readOnly: false }; continue;
      case "noexec": flags = { ...flags, noexec: true }; continue;
      case "exec": flags = { ...flags, noexec: false }; continue;
      case "nosuid": flags = { ...flags, nosuid: true }; continue;
      case "suid": flags = { ...flags, nosuid: false }; continue;
      case "nodev": flags = { ...flags, nodev: true }; continue;
      case "dev": flags = { ...flags, nodev: false }; continue;
      case "noatime": case "relatime": case "strictatime": flags = { ...flags, atime: option }; continue;
      case "bind": flags = { ...flags, bind: true }; continue;
      case "rbind": flags = { ...flags, bind: true, recursive: true }; continue;
      case "move": flags = { ...flags, move: true }; continue;
      case "remount": flags = { ...flags, remount: true }; continue;
      case "private": case "shared": case "slave": case "unbindable": propagations.push({ kind: option, recursive: false }); continue;
      case "rprivate": propagations.push({ kind: "private", recursive: true }); continue;
      case "rshared": propagations.push({ kind: "shared", recursive: true }); continue;
      case "rslave": propagations.push({ kind: "slave", recursive: true }); continue;
      case "runbindable": propagations.push({ kind: "unbindable", recursive: true }); continue;
      case "loop": loop = true; continue;
      default:
    }
    if (option.startsWith("loop=")) loop = option.slice(5);
    else if (option.startsWith("offset=")) offsetBytes = Number(option.slice(7));
    else if (option.startsWith("sizelimit=")) sizeLimitBytes = Number(option.slice(10));
    else if (!USER_WORDS.has(option) && !/^(x-|comment=|uhelper=|helper=)/.test(option)) data.push(option);
  }
  return { flags, data: data.join(","), loop, offsetBytes, sizeLimitBytes, propagations, words };
}

export interface FstabEntry {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  readonly frequency: string;
  readonly pass: string;
}

/** fstab(5). */
export function parseFstab(text: string): readonly FstabEntry[] {
  const entries: FstabEntry[] = [];
  const unescaped = (word: string): string => word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  for (const line of text.split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [source, target, type, options = "defaults", frequency = "0", pass = "0"] = line.trim().split(/\s+/);
    if (source === undefined || target === undefined || type === undefined) continue;
    entries.push({ source: unescaped(source), target: unescaped(target).replace(/(.)\/+$/, "$1"), type, options, frequency, pass });
  }
  return entries;
}
