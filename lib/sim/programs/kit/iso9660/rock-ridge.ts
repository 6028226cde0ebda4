// System use fields of Rock Ridge 1.09 (IEEE P1282) behind a directory record: name, mode, owner, device, link and times. What does not fit goes on in a
// continuation area, which a CE field names.

import { encode, S } from "../../../kernel/sys.ts";
import { both, shortDate, type ZoneOffset } from "./numbers.ts";
import type { IsoFacts } from "./entry.ts";

const CE_BYTES = 28;
const RECORD_LIMIT = 254;
const AREA_LIMIT = 2048 - 8;
/** the most that a name of ISO 9660 may take later */
const NAME_ROOM = 33 + 37;

export interface RockRidge {
  /** behind the record itself, with its CE field */
  readonly own: Uint8Array;
  /** one continuation after another, each with the CE field of the next */
  readonly continued: readonly Uint8Array[];
}

export interface RockRidgeWishes {
  readonly isoName: string;
  /** "." and ".." have none */
  readonly name: string | undefined;
  readonly facts: IsoFacts;
  readonly target?: string;
  /** the "." of the root announces the protocol and where its description stands */
  readonly announces?: boolean;
  readonly zone: ZoneOffset;
}

export function rockRidge({ isoName, name, facts, target, announces, zone }: RockRidgeWishes): RockRidge {
  const areas: number[][] = [[]];
  let area = areas[0] ?? [];
  let used = Math.max(NAME_ROOM, (33 + isoName.length + 1) & ~1);
  let limit = RECORD_LIMIT;
  const isFull = (bytes: number): boolean => bytes + CE_BYTES + used + area.length > limit;
  const goOn = (): void => {
    area.push(0x43, 0x45, CE_BYTES, 1, ...Array.from({ length: 24 }, () => 0));
    area = [];
    areas.push(area);
    used = 0;
    limit = AREA_LIMIT;
  };
  const put = (signature: string, content: readonly number[]): void => {
    if (isFull(4 + content.length)) goOn();
    area.push(...encode(signature), 4 + content.length, 1, ...content);
  };
  const isDevice = (facts.mode & S.IFMT) === S.IFCHR || (facts.mode & S.IFMT) === S.IFBLK;
  if (announces === true) area.push(0x53, 0x50, 7, 1, 0xbe, 0xef, 0);
  put("RR", [0x81 | (isDevice ? 2 : 0) | (target === undefined ? 0 : 4) | (name === undefined ? 0 : 8)]);
  if (name !== undefined) {
    let rest = [...encode(name)].map((byte) => (byte === 0x2f ? 0x5f : byte));
    if (isFull(6)) goOn();
    while (rest.length > 0) {
      let part = rest.length;
      let more = false;
      if (isFull(5 + part)) {
        part = limit - 5 - CE_BYTES - used - area.length;
        more = true;
      }
      if (part > 0xf8) {
        part = 0xf8;
        more = true;
      }
      area.push(0x4e, 0x4d, 5 + part, 1, rest.length === part ? 0 : 1, ...rest.slice(0, part));
      rest = rest.slice(part);
      if (rest.length > 0 && more) goOn();
    }
  }
  put("PX", [...both(facts.mode, 4), ...both(facts.nlink, 4), ...both(facts.uid, 4), ...both(facts.gid, 4)]);
  if (isDevice) put("PN", [...both(facts.rdev >>> 8, 4), ...both(facts.rdev & 0xff, 4)]);
  if (target !== undefined) putLink(target);
  put("TF", [0x0e, ...shortDate(facts.mtimeSeconds, zone), ...shortDate(facts.atimeSeconds, zone), ...shortDate(facts.ctimeSeconds, zone)]);
  if (announces === true) goOn();
  const bytes = areas.filter((one, index) => index === 0 || one.length > 0).map((one) => Uint8Array.from(one));
  for (let at = 0; at + 1 < bytes.length; at++) bytes[at]?.set(both(bytes[at + 1]?.length ?? 0, 4), (bytes[at]?.length ?? 0) - 8);
  return { own: bytes[0] ?? new Uint8Array(0), continued: bytes.slice(1) };

  function putLink(to: string): void {
    const parts = to.split("/");
    let field: number[] = [];
    const close = (goesOn: boolean): void => {
      area.push(0x53, 0x4c, 5 + field.length, 1, goesOn ? 1 : 0, ...field);
      field = [];
    };
    if (isFull(5)) goOn();
    parts.forEach((part, index) => {
      // a slash at the end leaves no component behind it
      if (part === "" && index > 0 && index === parts.length - 1) return;
      if (part === "" || part === "." || part === "..") {
        if (isFull(5 + field.length + 2)) {
          close(true);
          goOn();
        }
        field.push(part === "" ? 8 : part === "." ? 2 : 4, 0);
        return;
      }
      let rest = [...encode(part)];
      if (isFull(5 + field.length + 6)) {
        close(true);
        goOn();
      }
      while (rest.length > 0) {
        const room = Math.min(0xf8 - field.length, limit - CE_BYTES - used - area.length - 5 - field.length - 2);
        const taken = Math.min(rest.length, Math.max(1, room));
        field.push(taken === rest.length ? 0 : 1, taken, ...rest.slice(0, taken));
        rest = rest.slice(taken);
        if (rest.length > 0) {
          close(true);
          goOn();
        }
      }
    });
    close(false);
  }
}

/** What the ER field of the root says of Rock Ridge: name, text and source are part of the format. */
export function extensionRecord(): Uint8Array {
  const [name, text, source] = [
    "RRIP_1991A", "THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS",
    "PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.  SEE PUBLISHER IDENTIFIER IN PRIMARY VOLUME DESCRIPTOR FOR CONTACT INFORMATION.",
  ];
  return Uint8Array.from([0x45, 0x52, 8 + name.length + text.length + source.length, 1, name.length, text.length, source.length, 1, ...encode(name + text + source)]);
}
