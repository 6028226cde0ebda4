// Names of partition types as users write them: a code, a GUID, a number of the list, an alias, a shortcut, a name (libfdisk's parttype.c).
import { DOS_TYPES, GPT_TYPES } from "../kit/partition-types.ts";

export interface PartType {
  /** "83", or a GUID in capitals; a GUID that cannot be read stays as it was written */
  readonly type: string;
  readonly name: string;
}

interface Shortcut {
  readonly letter: string;
  readonly alias: string;
  readonly type: string;
  /** "E" looks like type 0x0e */
  readonly deprecated?: true;
}

const SHORTCUTS: { readonly dos: readonly Shortcut[]; readonly gpt: readonly Shortcut[] } = {
  dos: [
    { letter: "L", alias: "linux", type: "83" }, { letter: "S", alias: "swap", type: "82" }, { letter: "E", alias: "extended", type: "05", deprecated: true }, { letter: "Ex", alias: "extended", type: "05" },
    { letter: "U", alias: "uefi", type: "EF" }, { letter: "R", alias: "raid", type: "FD" }, { letter: "V", alias: "lvm", type: "8E" }, { letter: "X", alias: "linuxex", type: "85" },
  ],
  gpt: [
    { letter: "L", alias: "linux", type: "0FC63DAF-8483-4772-8E79-3D69D8477DE4" }, { letter: "S", alias: "swap", type: "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F" }, { letter: "H", alias: "home", type: "933AC7E1-2EB4-4F13-B844-0E14E2AEF915" },
    { letter: "U", alias: "uefi", type: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B" }, { letter: "R", alias: "raid", type: "A19D880F-05FC-4D3B-A006-743F0F84911E" }, { letter: "V", alias: "lvm", type: "E6D6D379-F507-44C2-A23C-238F2A3DF928" },
  ],
};

export type Kind = keyof typeof SHORTCUTS;

/** The aliases that the lists of types end with. */
export const aliasesOf = (kind: Kind): readonly (readonly [alias: string, type: string])[] => SHORTCUTS[kind].filter((one) => !one.deprecated).map((one) => [one.alias, one.type]);

export function partType(kind: Kind, type: string): PartType {
  const known = kind === "dos" ? DOS_TYPES.get(type) : GPT_TYPES.find(([guid]) => guid.toUpperCase() === type)?.[1];
  return { type, name: known ?? "unknown" };
}

const hexCode = (text: string): number | undefined => (/^\s*[+-]?(?:0x)?[0-9a-f]+$/i.test(text) ? Number.parseInt(text.trim(), 16) : undefined);

const GUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;
export const isGuid = (text: string): boolean => GUID.test(text);

const lettersOf = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();

interface Reading {
  readonly shortcuts?: true;
  /** codes and GUIDs after names */
  readonly dataLast?: true;
  /** a number of the list */
  readonly sequence?: true;
  readonly deprecated?: true;
}

/** What nobody knows is of the type 0, or of the GUID as it was written. */
export function parsePartType(kind: Kind, text: string, reading: Reading): PartType {
  const data = (): PartType | undefined => {
    if (kind === "dos") {
      const code = hexCode(text);
      const name = code === undefined ? undefined : DOS_TYPES.get(code.toString(16));
      return code === undefined || name === undefined ? undefined : { type: code.toString(16), name };
    }
    const found = GPT_TYPES.find(([guid]) => guid.toUpperCase() === text.toUpperCase()) ?? (reading.sequence && /^\d+$/.test(text) ? GPT_TYPES[Number(text) - 1] : undefined);
    return found && { type: found[0].toUpperCase(), name: found[1] };
  };
  const short = (key: "alias" | "letter"): PartType | undefined => {
    const found = SHORTCUTS[kind].find((one) => one[key] === text && (!one.deprecated || reading.deprecated === true));
    return found && partType(kind, kind === "dos" ? Number.parseInt(found.type, 16).toString(16) : found.type);
  };
  const named = (): PartType | undefined => {
    const list = kind === "dos" ? [...DOS_TYPES] : GPT_TYPES;
    const found = list.find(([, name]) => lettersOf(name) === lettersOf(text));
    return found && { type: kind === "gpt" ? found[0].toUpperCase() : found[0], name: found[1] };
  };
  const found = (reading.dataLast ? undefined : data()) ?? short("alias") ?? (reading.shortcuts ? short("letter") : undefined) ?? named() ?? (reading.dataLast ? data() : undefined);
  if (found !== undefined) return found;
  if (kind === "dos") return { type: ((hexCode(text) ?? 0) & 0xff).toString(16), name: "unknown" };
  return { type: isGuid(text) ? text.toUpperCase() : text, name: "unknown" };
}
