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

const USER_WORDS = new Set(["defaults", "auto", "noauto", "nouser", "nousers", "noowner", "nogroup", "_netdev", "nofail", "silent", "loud", "iversion", "noiversion", "mand", "nomand", "norelatime", "nostrictatime"]);

/** The words that libmount keeps in /run/mount/utab, since the kernel is not told them (those without MNT_NOMTAB of its map). */
export function keptWords(text: string): readonly string[] {
  return text.split(",").filter((word) => word === "_netdev" || /^(?:x-|user=|uhelper=)/.test(word));
}

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
      case "atime": flags = { ...flags, atime: "relatime" }; continue;
      case "nodiratime": flags = { ...flags, nodiratime: true }; continue;
      case "diratime": flags = { ...flags, nodiratime: false }; continue;
      case "nosymfollow": flags = { ...flags, nosymfollow: true }; continue;
      case "symfollow": flags = { ...flags, nosymfollow: false }; continue;
      case "sync": flags = { ...flags, synchronous: true }; continue;
      case "async": flags = { ...flags, synchronous: false }; continue;
      case "dirsync": flags = { ...flags, dirsync: true }; continue;
      case "lazytime": flags = { ...flags, lazytime: true }; continue;
      case "nolazytime": flags = { ...flags, lazytime: false }; continue;
      // what ordinary users may mount is safe unless a later word allows more (MS_SECURE, MS_OWNERSECURE of libmount)
      case "user": case "users": flags = { ...flags, noexec: true, nosuid: true, nodev: true }; continue;
      case "owner": case "group": flags = { ...flags, nosuid: true, nodev: true }; continue;
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
    else if (!USER_WORDS.has(option) && !/^(?:x-|X-|user=|comment=|uhelper=|helper=)/.test(option)) data.push(option);
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
