// zipinfo: what is in a zip archive, in the manner of ls (zipinfo(1)); unzip -Z is the same.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { readZone } from "../kit/zones.ts";
import { infoLine, infoTotals, openArchive } from "./_zip-list.ts";

export function* zipInfo(sys: Sys, io: Io, words: readonly string[]): Blocking<number> {
  const letters = new Set<string>();
  const names: string[] = [];
  const excluded: string[] = [];
  let target = names;
  for (const word of words) {
    if (word === "-x") target = excluded;
    else if (word.startsWith("-") && word.length > 1) for (const letter of word.slice(1)) letters.add(letter);
    else target.push(word);
  }
  const [name, ...members] = names;
  if (name === undefined) {
    io.out.put("ZipInfo 3.00 of 20 April 2009, by Greg Roelofs and the Info-ZIP group.\n\nWhat a ZIP archive tells of its files: names, dates, sizes, methods.\nlist names the files that are meant, xlist those that are not; the name of the\narchive may be a pattern.\n\n   usage:  zipinfo [-12smlvChMtTz] file[.zip] [list...] [-x xlist...]\n");
    return 10;
  }
  const zone = yield* readZone(sys);
  const opened = yield* openArchive(sys, "zipinfo", name, zone);
  if (opened.kind === "failed") {
    yield* io.stderr(opened.text);
    return opened.status;
  }
  const ignoreCase = letters.has("C");
  const [wanted, unwanted] = [members, excluded].map((list) => list.map((pattern) => compileFnmatch(pattern, { ignoreCase })));
  const entries = opened.archive.entries.filter((one) => ((wanted ?? []).length === 0 || (wanted ?? []).some((matches) => matches(one.name))) && !(unwanted ?? []).some((matches) => matches(one.name)));
  const bare = letters.has("1") || letters.has("2");
  const filtered = members.length > 0 || excluded.length > 0;
  const header = letters.has("h") || (!bare && !letters.has("t") && !filtered);
  const totals = letters.has("t") || (!bare && !letters.has("h") && !filtered);
  if (header) io.out.put(`Archive:  ${opened.path}\n${letters.has("1") ? "" : `Zip file size: ${opened.sizeBytes} bytes, number of entries: ${opened.archive.entries.length}\n`}`);
  if (letters.has("z") && opened.archive.comment !== "") io.out.put(`${opened.archive.comment}\n`);
  if (!(letters.has("t") && words.length === 2 && !letters.has("1"))) {
    for (const entry of entries) {
      io.out.put(bare ? `${entry.name}\n` : infoLine(entry, zone, letters.has("l") ? "long" : letters.has("m") ? "medium" : "short", letters.has("T")));
      if (io.out.full) yield* io.out.flush();
    }
  }
  if (totals) io.out.put(infoTotals(entries));
  if (entries.length > 0 || !filtered) return 0;
  for (const one of members) yield* io.stderr(`caution: filename not matched:  ${one}\n`);
  return 11;
}

export default program(
  {
    name: "zipinfo", summary: "list the files of a ZIP archive with all that it tells of them", operands: "files", synopsis: ["[-12smlvhtTz] file[.zip] [file(s) ...] [-x xfile(s) ...]"],
    options: [flag(["-1"], "names only"), flag(["-2"], "names only, with headers when asked for"), flag(["-s"], "short list (default)"), flag(["-m"], "with the ratio"), flag(["-l"], "with compressed sizes"), flag(["-h"], "with the head line"), flag(["-t"], "with totals"), flag(["-T"], "times that sort"), flag(["-z"], "with the comment"), flag(["-x"], "leave out what follows"), flag(["-C"], "mind no case")],
  },
  function* (sys, argv, io: Io) {
    return yield* zipInfo(sys, io, argv.slice(1));
  },
);
