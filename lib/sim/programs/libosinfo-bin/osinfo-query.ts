// osinfo-query: tables out of libosinfo's data base (osinfo-query(1), 1.10). Of its types only operating systems are filled.
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { operatingSystems, type OsFacts } from "../virtinst/_operating-systems.ts";

interface Field {
  readonly name: string;
  readonly label: string;
  readonly width: number;
  of(os: OsFacts): string;
}

const fields: readonly Field[] = [
  { name: "short-id", label: "Short ID", width: 20, of: (os) => os.id }, { name: "name", label: "Name", width: 50, of: (os) => os.name }, { name: "version", label: "Version", width: 8, of: (os) => os.version }, { name: "family", label: "Family", width: 20, of: (os) => os.family }, { name: "vendor", label: "Vendor", width: 30, of: (os) => os.vendor },
  { name: "release-date", label: "Release date", width: 20, of: (os) => os.released }, { name: "eol-date", label: "End of life", width: 20, of: () => "" }, { name: "codename", label: "Codename", width: 20, of: (os) => os.codename }, { name: "id", label: "ID", width: 40, of: (os) => os.url }, { name: "distro", label: "Distro", width: 20, of: (os) => os.distro },
];
const usual = ["short-id", "name", "version", "id"];
const types = ["os", "platform", "device", "deployment"];
const otherFields = new Map([["platform", ["short-id", "name", "version", "id"]], ["device", ["vendor", "vendor-id", "product", "product-id", "name", "class", "bus", "id"]], ["deployment", ["id"]]]);

function* query(sys: Sys, argv: readonly string[]): Blocking<number> {
  const out = (text: string): Blocking<number> => sys.write(1, encode(text));
  const fail = function* (text: string): Blocking<number> {
    yield* sys.write(2, encode(`${text}\n`));
    return 1;
  };
  const operands: string[] = [];
  let wanted = usual;
  let sortKey: string | undefined;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const value = (): string => (word.includes("=") ? word.slice(word.indexOf("=") + 1) : (argv[++at] ?? ""));
    if (word === "-f" || word === "--fields" || word.startsWith("--fields=")) wanted = value().split(",");
    else if (word === "-s" || word === "--sort-key" || word.startsWith("--sort-key=")) sortKey = value();
    else if (word === "--help" || word === "-h") {
      yield* out("Usage:\n  osinfo-query [OPTION?] - Query the OS info database\n\nHelp Options:\n  -h, --help         Show help options\n\nApplication Options:\n  -s, --sort-key     Sort column\n  -f, --fields       Display fields\n\n");
      return 0;
    } else if (word.startsWith("-")) return yield* fail(`Error while parsing commandline options: Unknown option ${word}\nUsage:\n  osinfo-query [OPTION?] - Query the OS info database\n`);
    else operands.push(word);
  }
  const [type, ...conditions] = operands;
  if (type === undefined) return yield* fail("Missing data type parameter");
  if (!types.includes(type)) return yield* fail(`Unknown type '${type}' requested`);
  const known = type === "os" ? fields : (otherFields.get(type) ?? []).map((name) => fields.find((field) => field.name === name) ?? { name, label: name, width: 20, of: () => "" });
  const shown: Field[] = [];
  for (const name of wanted) {
    const field = known.find((one) => one.name === name);
    if (field === undefined) return yield* fail(`Unknown property name ${name}`);
    shown.push(field);
  }
  const filters: { readonly field: Field; readonly value: string }[] = [];
  for (const condition of conditions) {
    const equals = condition.indexOf("=");
    if (equals < 0) return yield* fail(`Invalid condition '${condition}'`.replace("Invalid condition", "Malformed constraint, expected key=value in"));
    const field = known.find((one) => one.name === condition.slice(0, equals));
    if (field === undefined) return yield* fail(`Unknown property name ${condition.slice(0, equals)}`);
    filters.push({ field, value: condition.slice(equals + 1) });
  }
  const by = known.find((one) => one.name === (sortKey ?? shown[0]?.name)) ?? shown[0];
  const matching = type !== "os" ? [] : operatingSystems.filter((os) => filters.every(({ field, value }) => field.of(os) === value || (field.name === "short-id" && os.aliases.includes(value))));
  const sorted = [...matching].sort((a, b) => ((by?.of(a) ?? "") < (by?.of(b) ?? "") ? -1 : 1));
  const line = (cells: readonly string[]): string => cells.map((cell, index) => ` ${cell.padEnd(shown[index]?.width ?? 0)}`).join(" |");
  yield* out(`${line(shown.map((field) => field.label))}\n${shown.map((field, index) => "-".repeat(field.width + (index === shown.length - 1 ? 1 : 2))).join("+")}\n${sorted.map((os) => `${line(shown.map((field) => field.of(os)))}\n`).join("")}`);
  return sorted.length === 0 ? 1 : 0;
}

export default {
  name: "osinfo-query",
  declaration: {
    name: "osinfo-query", summary: "query the data base of operating systems", synopsis: ["OS-TYPE [CONDITION...]"], operands: "none",
    options: [{ names: ["-f", "--fields"], argument: "FIELDS", argumentOptional: false, help: "columns to show", support: "simulated" }, { names: ["-s", "--sort-key"], argument: "FIELD", argumentOptional: false, help: "column to sort by", support: "simulated" }],
  },
  program: query,
} satisfies Command;
