// The input of sfdisk and of fdisk's I: "name: value" heads, then a line per partition, named fields or "start,size,type,bootable" (libfdisk's script.c).
import type { Template } from "./_label.ts";
import { kindOf } from "./_labels.ts";
import { type Kind, parsePartType } from "./_part-types.ts";
import { parseSize } from "./_talk.ts";

const HEADS = new Set(["label", "unit", "label-id", "device", "grain", "first-lba", "last-lba", "table-length", "sector-size"]);

/** What became of a line. */
export type Read = "head" | "unknown head" | "partition" | "bad";

/** A text that is taken off from its beginning. */
class Rest {
  text: string;
  constructor(text: string) {
    this.text = text;
  }

  skipBlanks(): void {
    this.text = this.text.replace(/^[ \t]+/, "");
  }

  /** "-", or nothing before the next comma. */
  takesDefault(): boolean {
    const match = /^[ \t]*(?:-([ \t]*))?/.exec(this.text);
    const rest = this.text.slice(match?.[0].length ?? 0);
    const blank = (match?.[1] ?? "") !== "";
    if (/^[;,]/.test(rest)) {
      this.text = rest.slice(1);
      return true;
    }
    if (rest === "" || blank) {
      this.text = rest;
      return true;
    }
    return false;
  }

  /** Up to a blank, a comma or a semicolon; quotes keep them. */
  token(): string | undefined {
    this.skipBlanks();
    const match = /^"([^"]*)"|^[^ \t,;"]+/.exec(this.text);
    if (match === null) return undefined;
    const after = this.text.slice(match[0].length);
    const end = /^[ \t]*(?:[,;]|$)|^[ \t]+/.exec(after);
    if (end === null) return undefined;
    this.text = after.slice(end[0].length);
    this.skipBlanks();
    return match[1] ?? match[0];
  }
}

export class Script {
  readonly heads = new Map<string, string>();
  readonly partitions: Template[] = [];
  /** lines read, blank ones too */
  lines = 0;
  /** a head says the kind of table */
  forcesLabel = false;
  readonly #sectorBytes: number;

  constructor(sectorBytes: number) {
    this.#sectorBytes = sectorBytes;
  }

  get(name: string): string | undefined {
    return this.heads.get(name);
  }

  /** The kind of the table that types are read for. */
  get #kind(): Kind {
    return kindOf(this.heads.get("label") ?? "dos") === "gpt" ? "gpt" : "dos";
  }

  /** Of a line that is neither empty nor a remark. */
  read(line: string): Read {
    const text = line.replace(/^[ \t]+/, "");
    const colon = text.indexOf(":");
    if (this.partitions.length === 0 && colon > 0 && colon < text.length - 1 && !text.includes("=")) return this.#head(text.slice(0, colon).trim(), text.slice(colon + 1).trim());
    const template: Template = { startDefault: true, endDefault: true, indexDefault: true };
    if (!(text.includes("=") ? this.#named(text, template) : this.#plain(text, template))) return "bad";
    this.partitions.push(template);
    return "partition";
  }

  #head(name: string, value: string): Read {
    if (name === "" || value === "") return "bad";
    if (!HEADS.has(name)) return "unknown head";
    if (name === "label") {
      if (kindOf(value) === undefined) return "bad";
      this.forcesLabel = true;
    } else if (name === "unit" && value !== "sectors") return "bad";
    else if (name === "sector-size" && !(Number(value) % 512 === 0)) return "bad";
    this.heads.set(name, value);
    return "head";
  }

  #sectors(token: string): { readonly value: number; readonly scaled: boolean } | undefined {
    const size = parseSize(token.replace(/^[+-]/, ""));
    return size && { value: size.scaled ? Math.floor(size.value / this.#sectorBytes) : size.value, scaled: size.scaled };
  }

  #start(rest: Rest, template: Template): boolean {
    if (rest.takesDefault()) {
      template.startDefault = true;
      return true;
    }
    const token = rest.token();
    if (token === undefined) return false;
    if (token === "+") {
      template.moveStart = "down";
      return true;
    }
    const size = this.#sectors(token);
    if (size === undefined) return false;
    template.start = size.value;
    if (token.startsWith("-")) template.moveStart = "down";
    else if (token.startsWith("+")) template.moveStart = "up";
    template.startDefault = false;
    return true;
  }

  #size(rest: Rest, template: Template): boolean {
    if (rest.takesDefault()) {
      template.endDefault = true;
      return true;
    }
    const token = rest.token();
    if (token === undefined) return false;
    if (token === "+") {
      template.resize = "enlarge";
      return true;
    }
    const size = this.#sectors(token);
    if (size === undefined) return false;
    template.size = size.value;
    template.sizeExplicit = !size.scaled;
    if (token.startsWith("-")) template.resize = "reduce";
    else if (token.startsWith("+")) template.resize = "enlarge";
    template.endDefault = false;
    return true;
  }

  #type(token: string): Template["type"] {
    return parsePartType(this.#kind, token, { shortcuts: true, dataLast: true, deprecated: true });
  }

  #named(text: string, template: Template): boolean {
    const colon = text.indexOf(":");
    const equals = text.indexOf("=");
    const rest = new Rest(text);
    if (colon >= 0 && (equals < 0 || colon < equals)) {
      rest.text = text.slice(colon + 1);
      const number = /(\d+)$/.exec(text.slice(0, colon).trimEnd())?.[1];
      if (number !== undefined) {
        template.indexDefault = false;
        template.index = Number(number) - 1;
      }
    }
    const string = (set: (value: string) => void): boolean => {
      const token = rest.token();
      if (token !== undefined) set(token);
      return token !== undefined;
    };
    for (rest.skipBlanks(); rest.text !== ""; rest.skipBlanks()) {
      const name = /^(start=|size=|bootable|attrs=|uuid=|name=|type=|id=)/i.exec(rest.text)?.[0] ?? "";
      if (name !== "" && name.endsWith("=")) rest.text = rest.text.slice(name.length);
      const taken = ((): boolean => {
        switch (name.toLowerCase()) {
          case "start=": return this.#start(rest, template);
          case "size=": return this.#size(rest, template);
          case "bootable":
            template.boot = true;
            return rest.token()?.toLowerCase() === "bootable";
          case "attrs=": return string((value) => { template.attributes = value; });
          case "uuid=": return string((value) => { template.uuid = value; });
          case "name=": return string((value) => { template.name = value.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))); });
          case "type=": case "id=": return string((value) => { template.type = this.#type(value); });
          default: return false;
        }
      })();
      if (!taken) return false;
    }
    return true;
  }

  #plain(text: string, template: Template): boolean {
    const rest = new Rest(text);
    for (let item = 0; rest.text !== ""; item++) {
      rest.skipBlanks();
      const before = rest.text;
      let fine = true;
      if (item === 0) fine = this.#start(rest, template);
      else if (item === 1) fine = this.#size(rest, template);
      else if (item === 2) {
        if (!/^[,;]/.test(rest.text) && !rest.takesDefault()) {
          const token = rest.token();
          if (token === undefined) fine = false;
          else template.type = this.#type(token);
        }
      } else if (item === 3 && !/^[,;]/.test(rest.text)) {
        const token = rest.token();
        fine = token === "*" || token === "-" || token === "+";
        template.boot = token === "*" || token === "+";
      }
      if (!fine) return false;
      if (rest.text === before) rest.text = rest.text.slice(1);
    }
    return true;
  }
}
