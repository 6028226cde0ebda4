// Parts of user data that bring code for other parts (cloudinit/handlers/__init__.py), and patches of the configuration (RFC 6902, #cloud-config-jsonp).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";
import { removeIfThere, runProgram, writeFile } from "./_files.ts";
import { fromJson, isList, isMap } from "./_json.ts";
import { CLOUD, INSTANCE, RUN, type Run } from "./_run.ts";
import type { UserDataPart } from "./_user-data.ts";

interface PartHandler {
  readonly path: string;
  readonly types: ReadonlySet<string>;
  readonly parts: UserDataPart[];
}

/** What the caller's side of a handler does in Python: the module is loaded, asked or told. */
const driver = `import json, sys
handler = {"__name__": "part_handler"}
with open(sys.argv[2]) as code:
    exec(code.read(), handler)
if sys.argv[1] == "types":
    with open(sys.argv[3], "w") as out:
        json.dump(list(handler["list_types"]()), out)
else:
    def call(ctype, filename, payload):
        if handler.get("handler_version", 1) == 1:
            handler["handle_part"](None, ctype, filename, payload)
        else:
            handler["handle_part"](None, ctype, filename, payload, "once-per-instance")
    call("__begin__", None, None)
    with open(sys.argv[3]) as given:
        for ctype, filename, payload in json.load(given):
            call(ctype, filename, payload)
    call("__end__", None, None)
`;

export class PartHandlers {
  readonly #run: Run;
  readonly #handlers: PartHandler[] = [];

  constructor(run: Run) {
    this.#run = run;
  }

  *#python(mode: "types" | "parts", handler: string, exchange: string): Blocking<boolean> {
    const path = `${RUN}/tmp/part-handler.py`;
    yield* writeFile(this.#run.sys, path, driver);
    const status = yield* runProgram(this.#run.sys, ["python3", path, mode, handler, exchange]);
    removeIfThere(this.#run.sys, path);
    return status === 0;
  }

  *add(text: string): Blocking<void> {
    const path = `${INSTANCE}/handlers/part-handler-${String(this.#handlers.length + 1).padStart(3, "0")}.py`;
    const types = `${RUN}/tmp/part-types`;
    yield* writeFile(this.#run.sys, path, text.replace(/^#part-handler[^\n]*\n/, ""), 0o600);
    const known = (yield* this.#python("types", path, types)) ? fromJson((yield* readTextFile(this.#run.sys, types)) ?? "") : undefined;
    removeIfThere(this.#run.sys, types);
    if (!isList(known)) yield* this.#run.warn("util.py", `Failed to register part handler ${path}`);
    else this.#handlers.push({ path, types: new Set(known.map(String)), parts: [] });
  }

  /** True when a handler wants it: the one that came last. */
  take(part: UserDataPart): boolean {
    const handler = this.#handlers.findLast(({ types }) => types.has(part.type));
    handler?.parts.push(part);
    return handler !== undefined;
  }

  *finish(): Blocking<void> {
    for (const { path, parts } of this.#handlers) {
      const exchange = `${CLOUD}/data/part-handler.json`;
      yield* writeFile(this.#run.sys, exchange, JSON.stringify(parts.map(({ type, name, text }) => [type, name, text])), 0o600);
      if (!(yield* this.#python("parts", path, exchange))) yield* this.#run.warn("util.py", `Failed calling handler ${path}`);
      removeIfThere(this.#run.sys, exchange);
    }
  }
}

const unescaped = (token: string): string => token.replaceAll("~1", "/").replaceAll("~0", "~");

/** A copy with `value` at the end of the path, or without what is there. Undefined: there is no such place. */
function changed(at: YamlValue, path: readonly string[], change: { readonly value: YamlValue; readonly insert: boolean } | "remove"): YamlValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change === "remove" ? null : change.value;
  if (isMap(at)) {
    if (rest.length === 0) {
      if (change === "remove") return at.has(key) ? new Map([...at].filter(([name]) => name !== key)) : undefined;
      return new Map([...at, [key, change.value]]);
    }
    const inner = at.get(key);
    const made = inner === undefined ? undefined : changed(inner, rest, change);
    return made === undefined ? undefined : new Map([...at, [key, made]]);
  }
  if (!isList(at)) return undefined;
  const place = key === "-" ? at.length : /^\d+$/.test(key) ? Number(key) : -1;
  if (place < 0 || place > at.length) return undefined;
  if (rest.length > 0) {
    const inner = at[place];
    const made = inner === undefined ? undefined : changed(inner, rest, change);
    return made === undefined ? undefined : at.with(place, made);
  }
  if (change === "remove") return place < at.length ? at.toSpliced(place, 1) : undefined;
  return change.insert ? at.toSpliced(place, 0, change.value) : place < at.length ? at.with(place, change.value) : undefined;
}

function valueAt(at: YamlValue | undefined, path: readonly string[]): YamlValue | undefined {
  let value = at;
  for (const key of path) value = isMap(value) ? value.get(key) : isList(value) && /^\d+$/.test(key) ? value[Number(key)] : undefined;
  return value;
}

/** Undefined when it is no patch or does not fit. */
export function patched(configuration: YamlMap, text: string): YamlMap | undefined {
  const patch = fromJson(text.replace(/^#cloud-config-jsonp[^\n]*\n?/i, ""));
  if (!isList(patch)) return undefined;
  let result: YamlValue = configuration;
  for (const step of patch) {
    if (!isMap(step)) return undefined;
    const pathOf = (name: string): readonly string[] => String(step.get(name) ?? "").split("/").slice(1).map(unescaped);
    const path = pathOf("path");
    const from = valueAt(result, pathOf("from"));
    let next: YamlValue | undefined;
    switch (step.get("op")) {
      case "add":
      case "replace":
        next = changed(result, path, { value: step.get("value") ?? null, insert: step.get("op") === "add" });
        break;
      case "remove":
        next = changed(result, path, "remove");
        break;
      case "copy":
        next = from === undefined ? undefined : changed(result, path, { value: from, insert: true });
        break;
      case "move": {
        const without = from === undefined ? undefined : changed(result, pathOf("from"), "remove");
        next = without === undefined ? undefined : changed(without, path, { value: from ?? null, insert: true });
        break;
      }
      case "test":
        next = JSON.stringify(valueAt(result, path)) === JSON.stringify(step.get("value")) ? result : undefined;
    }
    if (next === undefined) return undefined;
    result = next;
  }
  return isMap(result) ? result : undefined;
}
