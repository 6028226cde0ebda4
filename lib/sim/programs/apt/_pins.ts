// Priorities of versions: /etc/apt/preferences and preferences.d (apt_preferences(5)).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseParagraphs } from "../kit/debian/deb822.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

/** What a pin can tell apart in an index. */
export interface PinnedFile {
  readonly origin: string;
  readonly label: string;
  readonly archive: string;
  readonly codename: string;
  readonly version: string;
  readonly component: string;
  /** of its URL */
  readonly host: string;
}

interface Pin {
  readonly all: boolean;
  readonly matchesName: (name: string) => boolean;
  readonly kind: "version" | "release" | "origin";
  readonly matchesVersion: (version: string) => boolean;
  readonly matchesFile: (file: PinnedFile) => boolean;
  readonly priority: number;
}

const INSTALLED = 100;
const SOURCE = 500;
const TARGET = 990;

function pattern(text: string): (value: string) => boolean {
  return /[*?[]/.test(text) ? compileFnmatch(text) : (value) => value === text;
}

function releaseTest(text: string): (file: PinnedFile) => boolean {
  const parts = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
  const tests = parts.map((part): ((file: PinnedFile) => boolean) => {
    const equals = part.indexOf("=");
    if (equals < 0) {
      const matches = pattern(part);
      return /^\d/.test(part) ? (file) => matches(file.version) : (file) => matches(file.archive) || matches(file.codename);
    }
    const matches = pattern(part.slice(equals + 1).replace(/^"(.*)"$/, "$1"));
    switch (part.slice(0, equals)) {
      case "a": return (file) => matches(file.archive);
      case "n": return (file) => matches(file.codename);
      case "o": return (file) => matches(file.origin);
      case "l": return (file) => matches(file.label);
      case "v": return (file) => matches(file.version);
      case "c": return (file) => matches(file.component);
      default: return () => false;
    }
  });
  return (file) => tests.length > 0 && tests.every((test) => test(file));
}

export class Pins {
  readonly #pins: readonly Pin[];
  readonly #target: ((file: PinnedFile) => boolean) | undefined;

  constructor(pins: readonly Pin[], target: string | undefined) {
    this.#pins = pins;
    this.#target = target === undefined ? undefined : releaseTest(target);
  }

  static *read(sys: Sys, target: string | undefined): Blocking<Pins> {
    const files = ["/etc/apt/preferences"];
    try {
      files.push(...sys.readdir("/etc/apt/preferences.d").map(({ name }) => name).filter((name) => /^[\w.-]+$/.test(name) && (!name.includes(".") || name.endsWith(".pref"))).sort().map((name) => `/etc/apt/preferences.d/${name}`));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const pins: Pin[] = [];
    for (const file of files) {
      const text = (yield* readFile(sys, file)).split("\n").filter((line) => !line.startsWith("#")).join("\n");
      for (const fields of parseParagraphs(text)) {
        const [, kind, value = ""] = /^(version|release|origin)\s*(.*)$/.exec(fields.get("Pin") ?? "") ?? [];
        const names = (fields.get("Package") ?? "").split(/\s+/).filter((name) => name !== "");
        if ((kind !== "version" && kind !== "release" && kind !== "origin") || names.length === 0) continue;
        const tests = names.map(pattern);
        const host = value.replace(/^"(.*)"$/, "$1");
        pins.push({
          all: names.length === 1 && names[0] === "*", matchesName: (name) => tests.some((test) => test(name)), kind, matchesVersion: pattern(value),
          matchesFile: kind === "release" ? releaseTest(value) : (one) => one.host === host, priority: Math.trunc(Number(fields.get("Pin-Priority") ?? "0")) || 0,
        });
      }
    }
    return new Pins(pins, target);
  }

  /** Whether the -t of the command line names something that is there. */
  hasTarget(files: readonly PinnedFile[]): boolean {
    return this.#target === undefined || files.some(this.#target);
  }

  ofFile(file: PinnedFile): number {
    const pin = this.#pins.find((one) => one.all && one.kind !== "version" && one.matchesFile(file));
    if (pin) return pin.priority;
    return this.#target?.(file) ? TARGET : SOURCE;
  }

  #ofPackageFile(name: string, file: PinnedFile): number {
    return this.#pins.find((one) => !one.all && one.kind !== "version" && one.matchesName(name) && one.matchesFile(file))?.priority ?? this.ofFile(file);
  }

  /** A version's own priority: that of a pin of its name and version, else the highest of the places where it is. */
  ofVersion(name: string, version: string, files: readonly PinnedFile[], installed: boolean): number {
    const own = this.#pins.find((one) => one.kind === "version" && one.matchesName(name) && one.matchesVersion(version));
    if (own) return own.priority;
    const priorities = files.map((file) => this.#ofPackageFile(name, file));
    if (installed) priorities.push(INSTALLED);
    return priorities.length === 0 ? 0 : Math.max(...priorities);
  }

  /** Names that a pin of their own has, for "Pinned packages:". */
  pinned(names: readonly string[], versionsOf: (name: string) => readonly { readonly version: string; readonly indexes: readonly PinnedFile[] }[]): readonly (readonly [name: string, version: string, priority: number])[] {
    const own = this.#pins.filter((one) => !one.all);
    if (own.length === 0) return [];
    return names.filter((name) => own.some((one) => one.matchesName(name))).sort().flatMap((name) => versionsOf(name).flatMap(({ version, indexes }) => {
      const pin = own.find((one) => one.matchesName(name) && (one.kind === "version" ? one.matchesVersion(version) : indexes.some((file) => one.matchesFile(file))));
      return pin ? [[name, version, pin.priority] as const] : [];
    }));
  }
}
