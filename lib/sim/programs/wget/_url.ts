// Addresses as wget takes them apart (src/url.c, 1.21): shorthand, unsafe characters, "." and "..", and the name of the file that a page is kept in.
import { decode, encode } from "../../kernel/sys.ts";

export interface WgetUrl {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly host: string;
  readonly port: number;
  /** as it is asked for, without the query; begins with "/" */
  readonly path: string;
  readonly query: string | undefined;
  /** the directory and the last part of the path, decoded */
  readonly directory: string;
  readonly file: string;
  /** the whole address in one form, without a fragment: what tells two apart */
  readonly text: string;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21, ftps: 990 };
const UNSAFE = new Set([..." \"<>\\^`{|}"]);

/** "host/file" is http, "host:dir" ftp. Undefined: it has no scheme and looks as if it had one. */
export function withScheme(text: string): string | undefined {
  if (/^(?:https?|ftps?):\/\//i.test(text)) return text;
  const at = text.search(/[:/]/);
  if (at === 0) return undefined;
  if (at > 0 && text.startsWith("://", at)) return undefined;
  if (at > 0 && text.charAt(at) === ":") {
    const digits = /^\d+/.exec(text.slice(at + 1))?.[0].length ?? 0;
    const next = text.charAt(at + 1 + digits);
    if (digits > 0 && (next === "" || next === "/")) return `http://${text}`;
    return `ftp://${text.slice(0, at)}${text.charAt(at + 1) === "/" ? "" : "/"}${text.slice(at + 1)}`;
  }
  return `http://${text}`;
}

/** Unsafe characters, and percent signs that begin no code, are written as codes. */
function escapeUnsafe(text: string): string {
  let made = "";
  let index = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const unsafe = code <= 32 || code >= 127 || UNSAFE.has(char) || (char === "%" && !/^%[0-9A-Fa-f]{2}/.test(text.slice(index, index + 3)));
    made += unsafe ? Array.from(encode(char), (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("") : char;
    index += char.length;
  }
  return made;
}

export function unescapeUrl(text: string): string {
  const bytes: number[] = [];
  const source = encode(text);
  for (let at = 0; at < source.length; at++) {
    const code = source[at] ?? 0;
    const digits = code === 37 ? String.fromCharCode(source[at + 1] ?? 0, source[at + 2] ?? 0) : "";
    if (/^[0-9A-Fa-f]{2}$/.test(digits) && digits !== "00") {
      bytes.push(Number.parseInt(digits, 16));
      at += 2;
    } else bytes.push(code);
  }
  return decode(Uint8Array.from(bytes));
}

/** "a/./b/../c" is "a/c". */
function simplify(path: string): string {
  const made: string[] = [];
  const parts = path.split("/").slice(1);
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === ".") {
      if (last) made.push("");
    } else if (part === "..") {
      made.pop();
      if (last) made.push("");
    } else made.push(part);
  }
  return `/${made.join("/")}`;
}

/** The words of a mistake are wget's. */
export function parseWgetUrl(given: string): WgetUrl | { readonly error: string } {
  const scheme = /^([a-z]+):\/\//i.exec(given)?.[1]?.toLowerCase();
  if (scheme === undefined) return { error: /^[A-Za-z0-9+.-]+:/.test(given) ? `Unsupported scheme ‘${given.slice(0, given.indexOf(":"))}’` : "Scheme missing" };
  if (PORTS[scheme] === undefined) return { error: `Unsupported scheme ‘${scheme}’` };
  let rest = given.slice(scheme.length + 3);
  let user: string | undefined;
  let password: string | undefined;
  const credentials = /^[^/?#]*@/.exec(rest)?.[0];
  if (credentials !== undefined) {
    rest = rest.slice(credentials.length);
    const [name = "", ...secret] = credentials.slice(0, -1).split(":");
    if (name === "") return { error: "Invalid user name" };
    user = unescapeUrl(name);
    password = secret.length === 0 ? undefined : unescapeUrl(secret.join(":"));
  }
  let host: string;
  if (rest.startsWith("[")) {
    const end = rest.indexOf("]");
    if (end < 0) return { error: "Unterminated IPv6 numeric address" };
    host = rest.slice(1, end);
    if (!/^[0-9A-Fa-f:.%]*:[0-9A-Fa-f:.%]*$/.test(host)) return { error: "Invalid IPv6 numeric address" };
    rest = rest.slice(end + 1);
    if (rest !== "" && !/^[:/?#;]/.test(rest)) return { error: "Invalid host name" };
  } else {
    host = /^[^:/?#;]*/.exec(rest)?.[0] ?? "";
    rest = rest.slice(host.length);
  }
  let port = PORTS[scheme];
  if (rest.startsWith(":")) {
    const digits = /^:([^/?#;]*)/.exec(rest)?.[1] ?? "";
    rest = rest.slice(digits.length + 1);
    if (host === "") return { error: "Invalid host name" };
    if (digits !== "") {
      if (!/^\d+$/.test(digits) || Number(digits) > 65535) return { error: "Bad port number" };
      port = Number(digits);
    }
  }
  if (host === "" || /[\u0000-\u0020]/.test(unescapeUrl(host))) return { error: "Invalid host name" };
  host = unescapeUrl(host).toLowerCase();
  const fragment = rest.indexOf("#");
  if (fragment >= 0) rest = rest.slice(0, fragment);
  const question = rest.indexOf("?");
  const query = question < 0 ? undefined : escapeUnsafe(rest.slice(question + 1));
  const rawPath = question < 0 ? rest : rest.slice(0, question);
  const path = simplify(escapeUnsafe(rawPath.startsWith("/") ? rawPath : `/${rawPath}`));
  const slash = path.lastIndexOf("/");
  return {
    scheme, user, password, host, port, path, query, directory: unescapeUrl(path.slice(1, Math.max(1, slash))), file: unescapeUrl(path.slice(slash + 1)),
    text: `${scheme}://${user === undefined ? "" : `${user}${password === undefined ? "" : `:${password}`}@`}${authority(host, port, scheme)}${path}${query === undefined ? "" : `?${query}`}`,
  };
}

const authority = (host: string, port: number, scheme: string): string => `${host.includes(":") ? `[${host}]` : host}${port === PORTS[scheme] ? "" : `:${port}`}`;

export const hostPort = (url: WgetUrl): string => authority(url.host, url.port, url.scheme);

/** What is shown of it: no password. */
export const shownUrl = (url: WgetUrl): string => (url.user === undefined ? url.text : url.text.replace(/\/\/[^/@]*@/, `//${url.user}${url.password === undefined ? "" : ":*password*"}@`));

/** What stands behind the host in a request. */
export const requestPath = (url: WgetUrl): string => `${url.path}${url.query === undefined ? "" : `?${url.query}`}`;

/** A link seen from the page that holds it (uri_merge). */
export function mergeUrl(base: string, link: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(link)) return link;
  const match = /^([a-z]+:)\/\/([^/?#]*)([^?#]*)/i.exec(base);
  const [, scheme = "", host = "", path = ""] = match ?? [];
  if (link === "") return base;
  if (link.startsWith("//")) return scheme + link;
  if (link.startsWith("/")) return `${scheme}//${host}${link}`;
  if (link.startsWith("#")) return base.replace(/#.*/, "") + link;
  if (link.startsWith("?")) return `${scheme}//${host}${path}${link}`;
  return `${scheme}//${host}${path.replace(/[^/]*$/, "") || "/"}${link}`;
}

export interface NameRules {
  readonly prefix: string | undefined;
  readonly directories: boolean;
  readonly hostDirectories: boolean;
  readonly protocolDirectories: boolean;
  readonly cutDirectories: number;
  readonly defaultPage: string;
}

/** A part of a path as a file's name may be. */
const asName = (part: string): string => part.replace(/[/\u0000-\u001f\u007f]/g, (char) => `%${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`);

export function localName(url: WgetUrl, rules: NameRules): string {
  const parts: string[] = [];
  if (rules.prefix !== undefined && rules.prefix !== "." && rules.prefix !== "") parts.push(rules.prefix.replace(/(.)\/+$/, "$1"));
  if (rules.directories) {
    if (rules.protocolDirectories) parts.push(url.scheme);
    if (rules.hostDirectories) parts.push(hostPort(url));
    for (const part of url.directory.split("/").slice(rules.cutDirectories)) if (part !== "") parts.push(part === ".." ? "%2E%2E" : asName(part));
  }
  parts.push((url.file === "" ? rules.defaultPage : asName(url.file)) + (url.query === undefined ? "" : `?${asName(unescapeUrl(url.query))}`));
  return parts.join("/").replace(/^\/\//, "/");
}
