// Words of the command line as Python's argparse takes and refuses them: usage wrapped to the terminal, errors with status 2.

export interface Argument {
  readonly names: readonly string[];
  /** what usage shows for its value; undefined for a flag */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  readonly help?: string;
}

export interface ArgumentsSpec {
  readonly prog: string;
  readonly options: readonly Argument[];
  /** as usage shows them */
  readonly operands: readonly string[];
  readonly subcommands?: readonly string[];
}

export class ArgumentError extends Error {
  readonly status: number;
  constructor(text: string, status = 2) {
    super(text);
    this.status = status;
  }
}

/** Wrapped to `columns` - 2 as argparse's formatter does. */
export function usageOf(spec: ArgumentsSpec, columns: number): string {
  const width = columns - 2;
  const options = ["[-h]", ...spec.options.map((option) => {
    const name = option.names[0] ?? "";
    const value = option.choices !== undefined ? ` {${option.choices.join(",")}}` : option.value === undefined ? "" : ` ${option.value}`;
    return option.required === true ? `${name}${value}` : `[${name}${value}]`;
  })];
  const operands = [...(spec.subcommands === undefined ? [] : [`{${spec.subcommands.join(",")}}`, "..."]), ...spec.operands];
  const whole = `usage: ${[spec.prog, ...options, ...operands].join(" ")}`;
  if (whole.length <= width) return `${whole}\n`;
  const indent = " ".repeat(`usage: ${spec.prog} `.length);
  const lines = (parts: readonly string[], first: string): string[] => {
    const made: string[] = [];
    let line = first;
    for (const part of parts) {
      if (line.length + 1 + part.length > width && line.trim() !== "" && line !== indent.slice(0, -1)) {
        made.push(line);
        line = indent.slice(0, -1);
      }
      line += ` ${part}`;
    }
    made.push(line);
    return made;
  };
  return `${[...lines(options, `usage: ${spec.prog}`), ...(operands.length === 0 ? [] : lines(operands, indent.slice(0, -1)))].join("\n")}\n`;
}

export interface Parsed {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
  /** what no argument took */
  readonly unknown: readonly string[];
}

/** Options by their first name. `mostOperands`: later ones are unknown; parsing ends with the first operand where subcommands follow. */
export function parseArguments(spec: ArgumentsSpec, words: readonly string[], mostOperands: number): Parsed {
  const fail = (text: string): never => {
    throw new ArgumentError(`${spec.prog}: error: ${text}`);
  };
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const operands: string[] = [];
  const unknown: string[] = [];
  const shown = (option: Argument): string => option.names.join("/");
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      if (operands.length >= mostOperands) unknown.push(word);
      else operands.push(word);
      if (spec.subcommands !== undefined) {
        operands.push(...words.slice(at + 1));
        break;
      }
      continue;
    }
    if (word === "-h" || word === "--help") {
      flags.add("-h");
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    const joined = equals < 0 ? undefined : word.slice(equals + 1);
    const matches = spec.options.filter((option) => option.names.includes(name));
    const option = matches[0] ?? (name.startsWith("--") && name.length > 2 ? spec.options.filter((one) => one.names.some((each) => each.startsWith(name))).at(0) : spec.options.find((one) => one.value !== undefined && one.names.some((each) => each.length === 2 && word.startsWith(each))));
    if (option === undefined) {
      unknown.push(word);
      continue;
    }
    const own = option.names[0] ?? "";
    if (option.value === undefined && option.choices === undefined) {
      if (joined !== undefined) fail(`argument ${shown(option)}: ignored explicit argument '${joined}'`);
      flags.add(own);
      continue;
    }
    const short = !name.startsWith("--") && word.length > 2 ? word.slice(2) : undefined;
    const value = joined ?? short ?? words[++at];
    if (value === undefined || (joined === undefined && short === undefined && value.startsWith("-") && value !== "-")) fail(`argument ${shown(option)}: expected one argument`);
    if (option.choices !== undefined && value !== undefined && !option.choices.includes(value)) fail(`argument ${shown(option)}: invalid choice: '${value}' (choose from ${option.choices.map((one) => `'${one}'`).join(", ")})`);
    if (value !== undefined) values.set(own, values.has(own) && own === "--file" ? `${values.get(own) ?? ""}\n${value}` : value);
  }
  if (!flags.has("-h")) {
    const missing = spec.options.filter((option) => option.required === true && !values.has(option.names[0] ?? ""));
    if (missing.length > 0) fail(`the following arguments are required: ${missing.map(shown).join(", ")}`);
  }
  return { flags, values, operands, unknown };
}
