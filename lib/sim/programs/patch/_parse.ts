// The text of a patch as changes to files: unified, context, normal diffs and ed scripts, with what stands around them. Text is latin1.

export class MalformedPatch extends Error {}

export interface HunkLine {
  readonly op: " " | "-" | "+";
  readonly text: string;
  /** "\ No newline at end of file" follows */
  readonly noNewline: boolean;
}

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly HunkLine[];
  /** behind "@@ ... @@" */
  readonly section: string;
}

export interface FilePatch {
  readonly kind: "unified" | "context" | "normal" | "ed";
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
  readonly indexName: string | undefined;
  /** times behind the names, as written */
  readonly oldStamp: string;
  readonly newStamp: string;
  /** octal digits of git's headers */
  readonly newMode: number | undefined;
  readonly deletes: boolean;
  readonly creates: boolean;
  /** what leads up to the first hunk, for messages */
  readonly leading: readonly string[];
  /** 1-based line of the first hunk */
  readonly line: number;
  readonly hunks: readonly Hunk[];
  /** why nothing behind the last hunk could be read */
  readonly malformed: string | undefined;
  /** an octal mode of git's headers is that of a symbolic link */
  readonly symlink: boolean;
  readonly oldMode: number | undefined;
  /** git's header tells of a copy or a rename: the names of "diff --git" are different files */
  readonly moves: "copied" | "renamed" | undefined;
  readonly gitBinary: boolean;
  /** of "Prereq:" */
  readonly prerequisite: string | undefined;
  /** line ends of a patch that went through another system were taken away */
  readonly strippedCr: boolean;
  readonly edScript: readonly string[];
}

interface Header {
  old: { name: string; stamp: string } | undefined;
  new: { name: string; stamp: string } | undefined;
  index: string | undefined;
  newMode: number | undefined;
  deletes: boolean;
  creates: boolean;
  oldMode: number | undefined;
  symlink: boolean;
  moves: "copied" | "renamed" | undefined;
  gitBinary: boolean;
  git: boolean;
  prerequisite: string | undefined;
}

const emptyHeader = (): Header => ({ old: undefined, new: undefined, index: undefined, newMode: undefined, deletes: false, creates: false, oldMode: undefined, symlink: false, moves: undefined, gitBinary: false, git: false, prerequisite: undefined });

export class PatchReader {
  #lines: readonly string[];
  readonly #keepsCr: boolean;
  readonly #endsWithNewline: boolean;
  #at = 0;

  /** `keepsCr`: carriage returns at line ends belong to the lines (--binary). */
  constructor(text: string, keepsCr: boolean) {
    this.#keepsCr = keepsCr;
    this.#endsWithNewline = text.endsWith("\n");
    this.#lines = (this.#endsWithNewline ? text.slice(0, -1) : text).split("\n");
    if (text === "") this.#lines = [];
  }

  /** The next file's patch; undefined when only garbage is left. Throws MalformedPatch. */
  next(forced: "unified" | "context" | "normal" | "ed" | undefined): FilePatch | undefined {
    const start = this.#at;
    const header = emptyHeader();
    for (let i = this.#at; i < this.#lines.length; i++) {
      const line = this.#line(i);
      readHeader(line, this.#lines[i - 1], header);
      const kind = forced ?? this.#kindAt(i, header);
      if (kind && this.#startsHere(kind, i)) {
        this.#at = i;
        const leading = this.#lines.slice(start, i);
        const strippedCr = !this.#keepsCr && (kind === "unified" || kind === "context") && line.endsWith("\r");
        if (strippedCr) this.#lines = this.#lines.map((one, at) => (at < i ? one : one.replace(/\r$/, "")));
        const common = this.#common(header, kind, leading, i + 1, strippedCr);
        if (kind === "ed") return { ...common, edScript: this.#edScript() };
        const hunks: Hunk[] = [];
        let malformed: string | undefined;
        try {
          for (;;) {
            const hunk = kind === "unified" ? this.#unified() : kind === "context" ? this.#context() : this.#normal();
            if (!hunk) break;
            hunks.push(hunk);
          }
        } catch (error) {
          if (!(error instanceof MalformedPatch)) throw error;
          malformed = error.message;
        }
        return { ...common, hunks, malformed };
      }
      // A change of git's without hunks: a rename, a mode, contents that are not text.
      const isNext = /^diff --git /.test(this.#line(i + 1)) || i + 1 >= this.#lines.length || header.gitBinary;
      if (isNext && header.git && !forced && (header.moves !== undefined || header.newMode !== undefined || header.creates || header.deletes || header.gitBinary)) {
        this.#at = i + 1;
        return this.#common(header, "unified", this.#lines.slice(start, header.gitBinary ? i : i + 1), header.gitBinary ? i + 1 : i + 2, false);
      }
    }
    return undefined;
  }

  #common(header: Header, kind: FilePatch["kind"], leading: readonly string[], line: number, strippedCr: boolean): FilePatch {
    const { old, new: created, index, ...rest } = header;
    return { ...rest, kind, oldName: old?.name, newName: created?.name, indexName: index, oldStamp: old?.stamp ?? "", newStamp: created?.stamp ?? "", leading, line, strippedCr, hunks: [], malformed: undefined, edScript: [] };
  }

  /** What is left behind the last patch. */
  get leftOver(): boolean {
    return this.#at < this.#lines.length;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  #line(i: number): string {
    return this.#lines[i] ?? "";
  }

  #startsHere(kind: string, i: number): boolean {
    const line = this.#line(i);
    if (kind === "unified") return line.startsWith("@@ -");
    if (kind === "context") return /^\*{15}/.test(line);
    return kind === "ed" ? /^\d+(,\d+)?[acd]$/.test(line) : /^\d+(,\d+)?[acd]\d+(,\d+)?$/.test(line);
  }

  #kindAt(i: number, header: Header): "unified" | "context" | "normal" | "ed" | undefined {
    const line = this.#line(i);
    if (line.startsWith("@@ -") && (header.old || header.index !== undefined || /^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/.test(line))) return "unified";
    if (/^\*{15}/.test(line) && header.old && header.new && /^\*\*\* \d/.test(this.#line(i + 1))) return "context";
    if (/^\d+(,\d+)?[acd]\d+(,\d+)?$/.test(line) && /^[<>] /.test(`${this.#line(i + 1)} `)) return "normal";
    if (/^\d+(,\d+)?[acd]$/.test(line) && (line.endsWith("d") || this.#lines.indexOf(".", i + 1) > 0)) return "ed";
    return undefined;
  }

  #malformed(i: number): never {
    throw new MalformedPatch(`malformed patch at line ${i + 1}: ${this.#line(i) === "" ? " " : this.#line(i)}\n`);
  }

  #noNewline(): boolean {
    if (!this.#line(this.#at).startsWith("\\ ")) return false;
    this.#at++;
    return true;
  }

  #unified(): Hunk | undefined {
    const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@([\s\S]*)$/.exec(this.#line(this.#at));
    if (!found && /^@@ -/.test(this.#line(this.#at))) throw new MalformedPatch(`missing line number at line ${this.#at + 1}: ${this.#line(this.#at)}\n`);
    if (!found || this.#at >= this.#lines.length) return undefined;
    this.#at++;
    let oldLeft = Number(found[2] ?? "1");
    let newLeft = Number(found[4] ?? "1");
    const oldStart = Number(found[1]) + (oldLeft === 0 ? 1 : 0);
    const newStart = Number(found[3]) + (newLeft === 0 ? 1 : 0);
    const lines: HunkLine[] = [];
    while (oldLeft > 0 || newLeft > 0) {
      // Blank lines that were cut off at the end are taken for context.
      if (this.#at >= this.#lines.length) {
        lines.push({ op: " ", text: "", noNewline: false });
        oldLeft--;
        newLeft--;
        continue;
      }
      const line = this.#line(this.#at);
      const op = line === "" || line.startsWith("\t") ? " " : line[0];
      if ((op !== " " && op !== "-" && op !== "+") || (op !== "+" && oldLeft === 0) || (op !== "-" && newLeft === 0)) this.#malformed(this.#at);
      this.#at++;
      if (op !== "+") oldLeft--;
      if (op !== "-") newLeft--;
      const text = line.startsWith("\t") ? line : line.slice(1);
      lines.push({ op, text, noNewline: this.#noNewline() });
    }
    return { oldStart, newStart, lines, section: found[5] ?? "" };
  }

  #context(): Hunk | undefined {
    if (!/^\*{15}/.test(this.#line(this.#at))) return undefined;
    const section = this.#line(this.#at).slice(15);
    const oldRange = /^\*\*\* (\d+)(?:,(\d+))?/.exec(this.#line(++this.#at));
    if (!oldRange) this.#malformed(this.#at);
    this.#at++;
    const block = (end: (line: string) => boolean) => {
      const lines: { readonly mark: string; readonly text: string; readonly noNewline: boolean }[] = [];
      while (this.#at < this.#lines.length && !end(this.#line(this.#at))) {
        const line = this.#line(this.#at);
        const mark = line[0] ?? " ";
        if (line !== "" && !/^[-+! ]( |$)/.test(line)) break;
        this.#at++;
        lines.push({ mark, text: line.slice(2), noNewline: this.#noNewline() });
      }
      return lines;
    };
    const before = block((line) => /^--- \d/.test(line));
    const newRange = /^--- (\d+)(?:,(\d+))?/.exec(this.#line(this.#at));
    if (!newRange) this.#malformed(this.#at);
    this.#at++;
    const count = (range: RegExpExecArray) => (range[2] === undefined ? (Number(range[1]) === 0 ? 0 : 1) : Number(range[2]) - Number(range[1]) + 1);
    let after = block((line) => /^\*\*\*/.test(line) || /^(diff|Index|Only) /.test(line));
    // A side without changes is left out: it is the context of the other.
    let old = before;
    if (old.length === 0 && count(oldRange) > 0) old = after.filter((line) => line.mark === " ");
    if (after.length === 0 && count(newRange) > 0) after = before.filter((line) => line.mark === " ");
    const lines: HunkLine[] = [];
    let [i, j] = [0, 0];
    while (i < old.length || j < after.length) {
      const [a, b] = [old[i], after[j]];
      if (a && a.mark !== " ") {
        lines.push({ op: "-", text: a.text, noNewline: a.noNewline });
        i++;
      } else if (b && b.mark !== " ") {
        lines.push({ op: "+", text: b.text, noNewline: b.noNewline });
        j++;
      } else if (a) {
        lines.push({ op: " ", text: a.text, noNewline: a.noNewline });
        i++;
        j++;
      } else if (b) {
        lines.push({ op: " ", text: b.text, noNewline: b.noNewline });
        j++;
      }
    }
    return { oldStart: Number(oldRange[1]) + (count(oldRange) === 0 ? 1 : 0), newStart: Number(newRange[1]) + (count(newRange) === 0 ? 1 : 0), lines, section };
  }

  #normal(): Hunk | undefined {
    const found = /^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$/.exec(this.#line(this.#at));
    if (!found) return undefined;
    this.#at++;
    const letter = found[3];
    const oldCount = letter === "a" ? 0 : Number(found[2] ?? found[1]) - Number(found[1]) + 1;
    const newCount = letter === "d" ? 0 : Number(found[5] ?? found[4]) - Number(found[4]) + 1;
    const lines: HunkLine[] = [];
    const take = (count: number, mark: "<" | ">", op: "-" | "+") => {
      for (let i = 0; i < count; i++) {
        const line = this.#line(this.#at);
        if (!line.startsWith(mark)) this.#malformed(this.#at);
        this.#at++;
        lines.push({ op, text: line.slice(2), noNewline: this.#noNewline() });
      }
    };
    take(oldCount, "<", "-");
    if (letter === "c") {
      if (this.#line(this.#at) !== "---") this.#malformed(this.#at);
      this.#at++;
    }
    take(newCount, ">", "+");
    return { oldStart: Number(found[1]) + (letter === "a" ? 1 : 0), newStart: Number(found[4]) + (letter === "d" ? 1 : 0), lines, section: "" };
  }

  #edScript(): string[] {
    const script: string[] = [];
    while (this.#at < this.#lines.length && /^(\d+(,\d+)?)?[acds]/.test(this.#line(this.#at))) {
      const command = this.#line(this.#at++);
      script.push(command);
      if (!/[ac]$/.test(command)) continue;
      while (this.#at < this.#lines.length) {
        const line = this.#line(this.#at++);
        script.push(line);
        if (line === ".") break;
      }
    }
    return script;
  }
}

function readHeader(line: string, previous: string | undefined, header: Header): void {
  const git = /^diff --git (\S+) (\S+)$/.exec(line);
  if (git) {
    Object.assign(header, emptyHeader());
    header.git = true;
    header.old = { name: git[1] ?? "", stamp: "" };
    header.new = { name: git[2] ?? "", stamp: "" };
    return;
  }
  const mode = /^(?:new file mode|old mode|new mode|deleted file mode) ([0-7]+)$/.exec(line);
  if (mode) {
    const bits = Number.parseInt(mode[1] ?? "0", 8);
    if (bits >> 12 === 0o12) header.symlink = true;
    if (line.startsWith("deleted")) header.deletes = true;
    if (line.startsWith("deleted") || line.startsWith("old")) header.oldMode = bits & 0o777;
    else header.newMode = bits & 0o777;
    if (line.startsWith("new file")) header.creates = true;
    return;
  }
  if (header.git && line.startsWith("rename from ")) header.moves = "renamed";
  else if (header.git && line.startsWith("copy from ")) header.moves = "copied";
  else if (header.git && line.startsWith("GIT binary patch")) header.gitBinary = true;
  else if (line.startsWith("Prereq:")) header.prerequisite = /^Prereq:\s*(\S+)/.exec(line)?.[1];
  else if (line.startsWith("Index:")) header.index = line.slice(6).trim();
  else if (line.startsWith("*** ") && !/^\*\*\* \d+(,\d+)? \*\*\*\*/.test(line)) header.old = nameAndStamp(line.slice(4));
  else if (line.startsWith("--- ") && !/^--- \d+(,\d+)? ----/.test(line)) {
    if (previous?.startsWith("*** ")) header.new = nameAndStamp(line.slice(4));
    else header.old = nameAndStamp(line.slice(4));
  } else if (line.startsWith("+++ ")) header.new = nameAndStamp(line.slice(4));
}

function nameAndStamp(text: string): { name: string; stamp: string } {
  if (text.startsWith('"')) {
    const found = /^"((?:[^"\\]|\\.)*)"\t?(.*)$/.exec(text);
    if (found) return { name: (found[1] ?? "").replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c)), stamp: found[2] ?? "" };
  }
  // A name may hold blanks only when a tab ends it.
  const tab = text.indexOf("\t");
  if (tab >= 0) return { name: text.slice(0, tab), stamp: text.slice(tab + 1) };
  const [, name = "", stamp = ""] = /^\s*(\S*)\s*(.*)$/.exec(text) ?? [];
  return { name, stamp };
}
