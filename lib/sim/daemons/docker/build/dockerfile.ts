// Dockerfiles: text to instructions (the grammar of docker 20.10's legacy builder, buildkit's parser package).

export interface Instruction {
  /** upper case: "RUN" */
  readonly name: string;
  /** the flags behind the name: --from=build */
  readonly flags: ReadonlyMap<string, string>;
  /** what follows, continuation lines joined, outer blanks cut */
  readonly rest: string;
  /** as written, for the Step line */
  readonly original: string;
  readonly line: number;
  /** ["a", "b"] when `rest` is a JSON array of strings */
  readonly json: readonly string[] | undefined;
}

export class DockerfileError extends Error {}

const known = new Set(["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"]);

function parseJson(rest: string): readonly string[] | undefined {
  if (!rest.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(rest);
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  } catch {
    // not JSON: the shell form
  }
  return undefined;
}

/** Errors: DockerfileError "dockerfile parse error line N: …". */
export function parseInstruction(text: string, line: number): Instruction {
  const match = /^(\S+)(?:\s+([\s\S]*))?$/.exec(text.trim());
  const name = (match?.[1] ?? "").toUpperCase();
  let rest = (match?.[2] ?? "").trim();
  if (!known.has(name)) throw new DockerfileError(`dockerfile parse error line ${line}: unknown instruction: ${name}`);
  const flags = new Map<string, string>();
  if (name !== "CMD" && name !== "ENTRYPOINT") {
    for (;;) {
      const flag = /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/.exec(rest);
      if (!flag) break;
      const before = rest;
      if (name === "RUN" && !["mount", "network", "security"].includes(flag[1] ?? "")) break;
      flags.set(flag[1] ?? "", flag[2] ?? "true");
      rest = rest.slice(flag[0].length);
      if (rest === before) break;
    }
  }
  const instruction = { name, flags, rest, original: text.trim(), line, json: name === "ENV" || name === "LABEL" || name === "ARG" || name === "FROM" ? undefined : parseJson(rest) };
  checkArguments(instruction);
  return instruction;
}

function checkArguments({ name, rest, line, json }: Instruction): void {
  const fail = (message: string): never => {
    throw new DockerfileError(`dockerfile parse error line ${line}: ${message}`);
  };
  const words = json ?? rest.split(/\s+/).filter((word) => word !== "");
  switch (name) {
    case "FROM":
      if (words.length !== 1 && !(words.length === 3 && (words[1] ?? "").toLowerCase() === "as")) fail("FROM requires either one or three arguments");
      break;
    case "COPY":
    case "ADD":
      if (words.length < 2) fail(`${name} requires at least two arguments, but only ${words.length === 1 ? "one" : "none"} was provided. Destination could not be determined`);
      break;
    case "ENV":
    case "LABEL":
    case "ARG":
    case "EXPOSE":
    case "VOLUME":
    case "ONBUILD":
      if (words.length === 0) fail(`${name} requires at least one argument`);
      break;
    case "USER":
    case "WORKDIR":
    case "STOPSIGNAL":
    case "MAINTAINER":
      if (rest === "") fail(`${name} requires exactly one argument`);
      break;
    case "SHELL":
      if (!json) fail("SHELL requires the arguments to be in JSON form");
      break;
    default:
      break;
  }
  if ((name === "ENV" || name === "LABEL") && words.length > 0 && !/^[^\s=]+=/.test(rest) && words.length < 2) fail(`${name} must have two arguments`);
}

/** `file`: its name, for "the Dockerfile (…) cannot be empty". Errors: DockerfileError. */
export function parseDockerfile(source: string, file: string): Instruction[] {
  const lines = source.replace(/\r\n/g, "\n").split("\n");
  let escapeCharacter = "\\";
  let directives = true;
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    let line = lines[index] ?? "";
    const directive = /^#\s*([a-zA-Z]+)\s*=\s*(.+?)\s*$/.exec(line);
    if (directives && directive) {
      if ((directive[1] ?? "").toLowerCase() === "escape") escapeCharacter = directive[2] ?? "\\";
      continue;
    }
    directives = false;
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const start = index + 1;
    let text = line;
    const continued = escapeCharacter === "`" ? /`[ \t]*$/ : /\\[ \t]*$/;
    while (continued.test(text) && index + 1 < lines.length) {
      text = text.replace(continued, "");
      for (;;) {
        line = lines[++index] ?? "";
        if (index >= lines.length || !(line.trim() === "" || line.trimStart().startsWith("#"))) break;
      }
      text += line;
    }
    instructions.push(parseInstruction(text, start));
  }
  if (instructions.length === 0) throw new DockerfileError(`the Dockerfile (${file}) cannot be empty`);
  return instructions;
}

/** Words with quotes and backslashes, as ENV, LABEL and EXPOSE read them: the quotes stay (expansion takes them off). */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote === "" && /\s/.test(character)) {
      if (inWord) words.push(word);
      word = "";
      inWord = false;
      continue;
    }
    inWord = true;
    word += character;
    if (character === "\\" && quote !== "'" && index + 1 < text.length) word += text.charAt(++index);
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = "";
  }
  if (inWord) words.push(word);
  return words;
}

/** $NAME, ${NAME}, ${NAME:-x}, ${NAME:+x}, quotes and escapes (buildkit's shell lexer). */
export function expandVariables(text: string, lookup: (name: string) => string | undefined, removeQuotes = true): string {
  let out = "";
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "\\" && quote !== "'") {
      const next = text.charAt(index + 1);
      if (next === "") out += character;
      else if (quote === '"' && !['"', "$", "\\"].includes(next)) out += character + next;
      else out += next;
      index++;
    } else if (quote === "" && (character === "'" || character === '"')) {
      quote = character;
      if (!removeQuotes) out += character;
    } else if (character === quote) {
      quote = "";
      if (!removeQuotes) out += character;
    } else if (character === "$" && quote !== "'") {
      const braced = /^\{([A-Za-z_][A-Za-z0-9_]*)(?::([-+?])([^}]*))?\}/.exec(text.slice(index + 1));
      const plain = braced ? undefined : /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(index + 1));
      if (braced) {
        const value = lookup(braced[1] ?? "") ?? "";
        out += braced[2] === "-" ? value || (braced[3] ?? "") : braced[2] === "+" ? (value === "" ? "" : (braced[3] ?? "")) : value;
        index += braced[0].length;
      } else if (plain) {
        out += lookup(plain[0]) ?? "";
        index += plain[0].length;
      } else out += character;
    } else out += character;
  }
  return out;
}

/** ENV and LABEL: `NAME=VALUE …` or the old `NAME VALUE`. */
export function keyValues(rest: string, lookup: (name: string) => string | undefined): (readonly [string, string])[] {
  const words = splitWords(rest);
  if (!(words[0] ?? "").includes("=")) {
    const match = /^(\S+)\s+([\s\S]*)$/.exec(rest);
    return [[match?.[1] ?? rest, expandVariables(match?.[2] ?? "", lookup)]];
  }
  return words.map((word) => {
    const equals = word.indexOf("=");
    return [expandVariables(word.slice(0, equals), lookup), expandVariables(word.slice(equals + 1), lookup)];
  });
}
