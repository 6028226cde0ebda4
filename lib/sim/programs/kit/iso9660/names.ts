// Names of ISO 9660 as genisoimage makes them of any others: 8.3 and capitals at level 1, up to 31 bytes from level 2 on, whatever the options allow beside.

import { encode } from "../../../kernel/sys.ts";

export interface NameRules {
  readonly level: number;
  /** root and extension together with the dot; 8.3 where it is undefined */
  readonly longest: number | undefined;
  readonly omitVersion: boolean;
  readonly omitPeriod: boolean;
  readonly leadingDots: boolean;
  readonly lowercase: boolean;
  readonly manyDots: boolean;
  /** any 7-bit character but small letters */
  readonly relaxed: boolean;
  /** ~, - and # stay */
  readonly untranslated: boolean;
}

const [DOT, UNDERSCORE] = [0x2e, 0x5f];

function allowed(byte: number, rules: NameRules): number {
  if (byte >= 0x80 || byte < 0x20) return UNDERSCORE;
  if (byte >= 0x61 && byte <= 0x7a) return rules.lowercase ? byte : byte - 32;
  if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte === UNDERSCORE) return byte;
  if (rules.relaxed || (rules.untranslated && (byte === 0x7e || byte === 0x2d || byte === 0x23))) return byte;
  return UNDERSCORE;
}

/** Without the version of files. */
export function isoName(name: string, directory: boolean, rules: NameRules): string {
  if (rules.level >= 4) return String.fromCharCode(...encode(name).subarray(0, 207));
  const bytes = [...encode(!rules.manyDots && name.endsWith(".tar.gz") && name !== ".tar.gz" ? `${name.slice(0, -7)}.tgz` : name)];
  const translated = (from: readonly number[]): number[] => from.map((byte) => (byte === DOT && rules.manyDots ? DOT : allowed(byte === DOT ? UNDERSCORE : byte, rules)));
  const last = bytes.lastIndexOf(DOT);
  const leading = bytes[0] === DOT && (last === 0 || bytes.every((byte) => byte === DOT));
  let root: number[];
  let extension: number[] | undefined;
  if (last < 0 || (last === 0 && !rules.leadingDots)) {
    root = [...(last === 0 ? [UNDERSCORE] : []), ...translated(bytes.slice(last === 0 ? 1 : 0))];
    if (leading) extension = undefined;
  } else {
    root = translated(bytes.slice(0, last));
    if (bytes[0] === DOT && last > 0) root[0] = rules.leadingDots ? DOT : UNDERSCORE;
    extension = translated(bytes.slice(last + 1));
  }
  if (rules.longest === undefined) {
    root = root.slice(0, 8);
    extension = extension?.slice(0, 3);
  } else {
    const most = rules.longest - 1;
    extension = extension?.slice(0, Math.max(0, most - Math.min(1, root.length)));
    root = root.slice(0, Math.max(1, most - (extension?.length ?? 0) + (extension === undefined && rules.omitPeriod ? 1 : 0)));
  }
  const ends = extension !== undefined ? (extension.length > 0 || !directory ? [DOT, ...extension] : []) : directory || rules.omitPeriod ? [] : [DOT];
  return String.fromCharCode(...root, ...ends);
}

export function versioned(name: string, directory: boolean, rules: NameRules): string {
  return directory || rules.omitVersion || rules.level >= 4 ? name : `${name};1`;
}

/** A name that nobody in `taken` has, with three digits in place of its end. */
export function substitute(name: string, directory: boolean, rules: NameRules, taken: (name: string) => boolean): string | undefined {
  const plain = name.replace(/;.*$/, "");
  const dot = plain.startsWith(".") && plain.lastIndexOf(".") > 0 ? plain.lastIndexOf(".") : plain.indexOf(".");
  const extension = dot < 0 ? "" : plain.slice(dot);
  let root = dot < 0 ? plain : plain.slice(0, dot);
  if (rules.longest !== undefined || rules.level > 1) {
    const most = rules.level >= 4 ? 207 : (rules.longest ?? 31);
    if (root.length + extension.length > most - 3) root = root.slice(0, Math.max(0, most - 3 - extension.length));
  } else root = root.slice(0, 5);
  for (let number = 0; number < 36 ** 3; number++) {
    const candidate = versioned(`${root}${number.toString(36).toUpperCase().padStart(3, "0")}${extension}`, directory, rules);
    if (!taken(candidate)) return candidate;
  }
  return undefined;
}

/** The order of ISO 9660: the root of a name before its extension, the extension before the version. */
export function compareIsoNames(left: string, right: string): number {
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    for (const special of [0x3b, DOT]) if (a === special || b === special) {
      if (a !== b) return a === special ? -1 : 1;
      if (special === 0x3b) return 0;
    }
    if (a !== b) return a - b;
  }
  return left.length - right.length;
}

/** UCS-2 with the high byte first, at most `most` characters; what Joliet forbids becomes "_". */
export function jolietName(name: string, most: number): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < name.length && at < most; at++) {
    let code = name.charCodeAt(at);
    if (code < 0x20 || code === 0x7f || (code >= 0xdc80 && code <= 0xdcff && !(at > 0 && name.charCodeAt(at - 1) >= 0xd800 && name.charCodeAt(at - 1) < 0xdc00)) || "*/:;?\\".includes(name.charAt(at))) code = UNDERSCORE;
    bytes.push(code >> 8, code & 0xff);
  }
  return Uint8Array.from(bytes);
}

export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
