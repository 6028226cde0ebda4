// /etc/xinetd.conf and the files of its includedir (xinetd.conf(5)): blocks of NAME OPERATOR VALUES.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export interface Block {
  readonly kind: "defaults" | "service";
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly settings: ReadonlyMap<string, readonly string[]>;
}

const KNOWN = new Set("access_times banner banner_fail banner_success bind cps deny_time disable disabled enabled env flags group groups id instances interface libwrap log_on_failure log_on_success log_type max_load mdns nice no_access only_from passenv per_source port protocol redirect rlimit_as rlimit_cpu rlimit_data rlimit_files rlimit_rss rlimit_stack rpc_number rpc_version server server_args socket_type type umask user v6only wait".split(" "));

interface Parsed {
  readonly blocks: readonly Block[];
  /** "message [file=F] [line=N]" */
  readonly errors: readonly string[];
}

export function* readConfiguration(sys: Sys, file: string): Blocking<Parsed> {
  const blocks: Block[] = [];
  const errors: string[] = [];
  const readOne = function* (path: string, depth: number): Blocking<void> {
    const text = yield* readTextFile(sys, path);
    if (text === undefined) {
      errors.push(`Unable to read included configuration file: ${path}. [file=${file}] [line=0]`);
      return;
    }
    let open: { readonly kind: Block["kind"]; readonly name: string; readonly line: number; inside: boolean; readonly settings: Map<string, readonly string[]> } | undefined;
    for (const [at, raw] of text.split("\n").entries()) {
      const place = `[file=${path}] [line=${at + 1}]`;
      const line = raw.trim();
      if (line === "" || line.startsWith("#")) continue;
      if (open === undefined) {
        const [word = "", ...rest] = line.split(/\s+/);
        if (word === "include" || word === "includedir") {
          const target = rest[0] ?? "";
          if (word === "include") yield* readOne(target, depth + 1);
          else {
            try {
              for (const { name } of [...sys.readdir(target)].sort((a, b) => (a.name < b.name ? -1 : 1))) if (!name.includes(".") && !name.endsWith("~") && depth < 8) yield* readOne(`${target}/${name}`, depth + 1);
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              errors.push(`Unable to open included directory ${target} ${place}`);
            }
          }
        } else if (word === "defaults" || word === "service") {
          const name = rest.filter((one) => one !== "{")[0] ?? "";
          open = { kind: word, name, line: at + 1, inside: rest.includes("{"), settings: new Map() };
        } else errors.push(`missing service keyword ${place}`);
      } else if (!open.inside) {
        if (line === "{") open.inside = true;
        else {
          errors.push(`Service entry must start with '{' ${place}`);
          open = undefined;
        }
      } else if (line === "}") {
        blocks.push({ kind: open.kind, name: open.name, file: path, line: open.line, settings: open.settings });
        open = undefined;
      } else {
        const match = /^(\S+?)\s*([-+]?=)\s*(.*)$/.exec(line);
        if (match === null) {
          errors.push(`Bad line in service entry ${place}`);
          continue;
        }
        const [, name = "", operator = "", value = ""] = match;
        if (!KNOWN.has(name)) {
          errors.push(`Unknown attribute: ${name} ${place}`);
          continue;
        }
        const values = value.split(/\s+/).filter((one) => one !== "");
        const former = open.settings.get(name) ?? [];
        open.settings.set(name, operator === "+=" ? [...former, ...values] : operator === "-=" ? former.filter((one) => !values.includes(one)) : values);
      }
    }
    if (open !== undefined) errors.push(`missing closing brace [file=${path}] [line=${open.line}]`);
  };
  yield* readOne(file, 0);
  return { blocks, errors };
}
