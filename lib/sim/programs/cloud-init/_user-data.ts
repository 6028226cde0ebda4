// User data taken apart (cloudinit/user_data.py): messages of several parts, archives, includes; each part with its kind, by its header or by how it begins.
import { type Blocking, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { fromBase64 } from "./_encoding.ts";
import { loadYaml, type YamlValue } from "../kit/yaml/parse-yaml.ts";
import { YamlError } from "../kit/yaml/yaml-error.ts";
import { removeIfThere, runProgram } from "./_files.ts";
import { isList, isMap } from "./_json.ts";
import { type Run, RUN } from "./_run.ts";

export interface UserDataPart {
  /** "text/cloud-config" */
  readonly type: string;
  readonly name: string;
  readonly text: string;
}

/** In the order in which handlers.type_from_starts_with tries them: longest first. */
const beginnings: readonly (readonly [begin: string, type: string])[] = [
  ["#cloud-config-archive", "text/cloud-config-archive"], ["## template: jinja", "text/jinja2"], ["#cloud-config-jsonp", "text/cloud-config-jsonp"], ["#cloud-boothook", "text/cloud-boothook"], ["#part-handler", "text/part-handler"], ["#include-once", "text/x-include-once-url"],
  ["#cloud-config", "text/cloud-config"], ["#include", "text/x-include-url"], ["#!", "text/x-shellscript"],
];

const typeByBeginning = (text: string): string | undefined => beginnings.find(([begin]) => text.trimStart().toLowerCase().startsWith(begin))?.[1];

/** Kinds that say nothing: the text is looked at. */
const vague = new Set(["", "text/plain", "text/x-not-multipart", "application/octet-stream", "text/x-shellscript"]);

interface Header {
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

function headerOf(text: string): Header {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const fields = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { fields, body: end === null ? "" : text.slice(end.index + end[0].length) };
}

const parameter = (field: string | undefined, name: string): string | undefined => new RegExp(`${name}="?([^";]+)"?`, "i").exec(field ?? "")?.[1];

function decoded(body: string, encoding: string): string {
  if (encoding === "base64") return decode(fromBase64(body));
  if (encoding === "quoted-printable") return body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return body;
}

/** A message is told by its first lines: a header of MIME. */
const isMessage = (text: string): boolean => /^(?:From |MIME-Version:|Content-Type:)/i.test(text.trimStart());

function* included(run: Run, text: string): Blocking<readonly string[]> {
  const found: string[] = [];
  for (const line of text.split("\n")) {
    const address = line.replace(/^#include(?:-once)?\b/i, "").trim();
    if (address === "" || address.startsWith("#")) continue;
    const path = `${RUN}/tmp/include`;
    const status = yield* runProgram(run.sys, ["curl", "-fsSL", "--create-dirs", "-o", path, address], { quiet: true });
    const content = status === 0 ? yield* readTextFile(run.sys, path) : undefined;
    removeIfThere(run.sys, path);
    if (content === undefined) yield* run.warn("user_data.py", `Fetching from ${address} failed for url: ${address}`);
    else found.push(content);
  }
  return found;
}

function* archived(run: Run, text: string): Blocking<readonly { readonly text: string; readonly type: string; readonly name: string | undefined }[]> {
  let value: YamlValue = null;
  try {
    value = loadYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    yield* run.warn("util.py", `Failed loading yaml blob. ${error.message}`);
  }
  return (isList(value) ? value : []).flatMap((entry) => {
    const content = typeof entry === "string" ? entry : isMap(entry) ? String(entry.get("content") ?? "") : undefined;
    const type = isMap(entry) ? entry.get("type") : undefined;
    const name = isMap(entry) ? entry.get("filename") : undefined;
    return content === undefined ? [] : [{ text: content, type: typeof type === "string" ? type : (typeByBeginning(content) ?? "text/cloud-config"), name: typeof name === "string" ? name : undefined }];
  });
}

const deepest = 10;

/** `first`: the number that the next part without a name gets. */
export function* partsOf(run: Run, whole: string, first = 1): Blocking<readonly UserDataPart[]> {
  const parts: UserDataPart[] = [];
  const add = function* (text: string, given: string, name: string | undefined, depth: number): Blocking<void> {
    if (text.trim() === "" || depth > deepest) return;
    if (isMessage(text) && vague.has(given)) return yield* entity(headerOf(text.trimStart().replace(/^From .*\n/, "")), depth);
    const type = vague.has(given) ? (typeByBeginning(text) ?? given) : given;
    if (type === "text/x-include-url" || type === "text/x-include-once-url") for (const one of yield* included(run, text)) yield* add(one, "", undefined, depth + 1);
    else if (type === "text/cloud-config-archive") for (const one of yield* archived(run, text)) yield* add(one.text, one.type, one.name, depth + 1);
    else parts.push({ type: type === "" ? "text/x-not-multipart" : type, name: name ?? `part-${String(first + parts.length).padStart(3, "0")}`, text });
  };
  /** A message, or one part of it. */
  const entity = function* ({ fields, body }: Header, depth: number): Blocking<void> {
    const kind = fields.get("content-type");
    const type = (kind ?? "text/plain").split(";")[0]?.trim().toLowerCase() ?? "";
    const boundary = parameter(kind, "boundary");
    if (!type.startsWith("multipart/") || boundary === undefined) return yield* add(decoded(body, (fields.get("content-transfer-encoding") ?? "").toLowerCase()), type, parameter(fields.get("content-disposition"), "filename"), depth + 1);
    for (const piece of `\n${body}`.split(`\n--${boundary}`).slice(1)) {
      if (piece.startsWith("--")) return;
      const inner = piece.replace(/^[ \t]*\r?\n/, "");
      // a part that begins with an empty line has no header of its own
      yield* entity(/^\r?\n/.test(inner) ? { fields: new Map(), body: inner.replace(/^\r?\n/, "") } : headerOf(inner), depth + 1);
    }
  };
  yield* add(whole, "", undefined, 0);
  return parts;
}
