// URLs as libcurl reads them (lib/urlapi.c, 7.88.1).

export interface Url {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly portGiven: boolean;
  /** with its first slash, without query */
  readonly path: string;
  /** with its question mark, or empty */
  readonly query: string;
  readonly fragment: string;
}

export const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21, ftps: 990, scp: 22, sftp: 22, telnet: 23, dict: 2628, ldap: 389, ldaps: 636, file: 0, tftp: 69, gopher: 70, gophers: 70, imap: 143, imaps: 993, pop3: 110, pop3s: 995, smtp: 25, smtps: 465, rtsp: 554, rtmp: 1935, mqtt: 1883, smb: 445, smbs: 445 };

/** RFC 3986, 5.2.4 */
export function withoutDots(path: string): string {
  const kept: string[] = [];
  const parts = path.slice(1).split("/");
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === ".." || part === ".") {
      if (part === "..") kept.pop();
      if (last) kept.push("");
    } else kept.push(part);
  }
  return `/${kept.join("/")}`;
}

/** The protocol of a URL that names none is guessed from the beginning of its host. */
function guessed(host: string): string {
  return ["ftp", "dict", "ldap", "imap", "smtp", "pop3"].find((name) => host.toLowerCase().startsWith(`${name}.`)) ?? "http";
}

/** Undefined: no URL. */
export function parseUrl(text: string, options: { readonly asIs?: boolean; readonly defaultScheme?: string | undefined } = {}): Url | undefined {
  if (text === "" || /[\u0000-\u0020\u007f]/.test(text)) return undefined;
  const schemed = /^([A-Za-z][A-Za-z0-9+.-]*):\/{1,3}/.exec(text);
  const scheme = schemed?.[1]?.toLowerCase();
  if (scheme === "file") {
    const rest = /^file:(?:\/\/(?:localhost|127\.0\.0\.1)?)?(\/.*)$/i.exec(text)?.[1];
    return rest === undefined ? undefined : { scheme, user: undefined, host: "", port: 0, portGiven: false, path: options.asIs ? rest : withoutDots(rest), query: "", fragment: "" };
  }
  let rest = scheme === undefined ? text : text.slice((schemed?.[0] ?? "").length);
  const hash = rest.indexOf("#");
  const fragment = hash < 0 ? "" : rest.slice(hash);
  if (hash >= 0) rest = rest.slice(0, hash);
  const mark = rest.indexOf("?");
  const query = mark < 0 ? "" : rest.slice(mark);
  if (mark >= 0) rest = rest.slice(0, mark);
  const slash = rest.indexOf("/");
  const path = slash < 0 ? "/" : rest.slice(slash);
  let authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf("@");
  const user = at < 0 ? undefined : authority.slice(0, at);
  authority = authority.slice(at + 1);
  const match = /^(\[[0-9A-Fa-f:.%a-z]+\]|[^:[\]]*)(?::(\d*))?$/.exec(authority);
  if (match === null) return undefined;
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  if (host === "" || /[\s/<>"\\^`{}|%]/.test(host)) return undefined;
  const name = scheme ?? options.defaultScheme ?? guessed(host);
  const digits = match[2] ?? "";
  if (digits !== "" && (Number(digits) > 65535 || Number(digits) === 0)) return undefined;
  return { scheme: name, user, host: host.toLowerCase(), port: digits === "" ? (DEFAULT_PORTS[name] ?? 0) : Number(digits), portGiven: digits !== "", path: options.asIs ? path : withoutDots(path), query, fragment };
}

export const hostText = (url: Url): string => (url.host.includes(":") ? `[${url.host}]` : url.host);

export const isDefaultPort = (url: Url): boolean => url.port === (DEFAULT_PORTS[url.scheme] ?? 0);

export function urlText(url: Url): string {
  if (url.scheme === "file") return `file://${url.path}`;
  return `${url.scheme}://${url.user === undefined ? "" : `${url.user}@`}${hostText(url)}${url.portGiven ? `:${url.port}` : ""}${url.path}${url.query}${url.fragment}`;
}

/** What a Location means where it was said (RFC 3986, 5.2). */
export function redirectUrl(base: Url, location: string, asIs: boolean): Url | undefined {
  const text = location.trim().replace(/ /g, (_space, offset: number) => (location.lastIndexOf("?", offset) >= 0 ? "+" : "%20"));
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return parseUrl(text, { asIs });
  if (text.startsWith("//")) return parseUrl(`${base.scheme}:${text}`, { asIs });
  const head = `${base.scheme}://${hostText(base)}${base.portGiven ? `:${base.port}` : ""}`;
  if (text.startsWith("/")) return parseUrl(`${head}${text}`, { asIs });
  if (text.startsWith("?")) return parseUrl(`${head}${base.path}${text}`, { asIs });
  return parseUrl(`${head}${base.path.replace(/[^/]*$/, "")}${text}`, { asIs });
}

/** %XX become bytes; the text is read as Latin-1 bytes by who needs them. */
export const unescapeUrl = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
