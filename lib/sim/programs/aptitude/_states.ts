// /var/lib/aptitude/pkgstates: versions that aptitude shall not upgrade to, and the tags that people gave. (The real file has a paragraph for each package of
// the archive; this one for those that dpkg knows or that somebody said something of.)

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseParagraphs } from "../kit/debian/deb822.ts";
import { type DpkgDatabase, readFile, writeFile } from "../kit/debian/dpkg-database.ts";

const STATES = "/var/lib/aptitude/pkgstates";

export class AptitudeStates {
  readonly forbidden: Map<string, string>;
  readonly tags: Map<string, Set<string>>;
  /** The file was there. */
  readonly existed: boolean;

  constructor(forbidden: Map<string, string>, tags: Map<string, Set<string>>, existed: boolean) {
    this.forbidden = forbidden;
    this.tags = tags;
    this.existed = existed;
  }

  static *read(sys: Sys): Blocking<AptitudeStates> {
    const text = yield* readFile(sys, STATES);
    const forbidden = new Map<string, string>();
    const tags = new Map<string, Set<string>>();
    for (const paragraph of parseParagraphs(text)) {
      const name = paragraph.get("Package") ?? "";
      const version = paragraph.get("ForbidVer");
      const given = (paragraph.get("User-Tags") ?? "").split(/[\s,]+/).filter((one) => one !== "");
      if (version !== undefined) forbidden.set(name, version);
      if (given.length > 0) tags.set(name, new Set(given));
    }
    return new AptitudeStates(forbidden, tags, text !== "");
  }

  *write(sys: Sys, database: DpkgDatabase): Blocking<void> {
    const names = [...new Set([...database.packages.keys(), ...this.forbidden.keys(), ...this.tags.keys()])].sort();
    const text = names.map((name) => {
      const state = database.version(name) === undefined ? 0 : 1;
      const version = this.forbidden.get(name);
      const given = [...(this.tags.get(name) ?? [])].sort().join(" ");
      return `Package: ${name}\nArchitecture: amd64\nUnseen: no\nState: ${state}\nDselect-State: ${state}\nRemove-Reason: 0\n${version === undefined ? "" : `ForbidVer: ${version}\n`}${given === "" ? "" : `User-Tags: ${given}\n`}`;
    }).join("\n");
    try {
      yield* writeFile(sys, STATES, `${text}\n`);
    } catch (error) {
      // without the rights nothing is noted, as with the real one's -s
      if (!(error instanceof SysError)) throw error;
    }
  }
}
