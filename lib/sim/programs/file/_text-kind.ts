// Texts: their encoding, line ends and lengths, and what language or format they are in (the soft tests of file(1) on text).

export interface TextFacts {
  /** "ASCII", "Unicode text, UTF-8"… */
  readonly encoding: string;
  /** us-ascii, utf-8… */
  readonly charset: string;
  readonly details: string;
}

/** Undefined when it is no text. */
export function textFacts(bytes: string): TextFacts | undefined {
  let encoding = "";
  let charset = "";
  let body = bytes;
  if (bytes.startsWith("\xef\xbb\xbf") && isUtf8(bytes.slice(3))) {
    encoding = "Unicode text, UTF-8 (with BOM)";
    charset = "utf-8";
  } else if (bytes.startsWith("\xff\xfe") && bytes.length > 2) {
    encoding = "Unicode text, UTF-16, little-endian";
    charset = "utf-16le";
    body = widen(bytes.slice(2), true);
  } else if (bytes.startsWith("\xfe\xff") && bytes.length > 2) {
    encoding = "Unicode text, UTF-16, big-endian";
    charset = "utf-16be";
    body = widen(bytes.slice(2), false);
  } else {
    // Control characters that texts hold: \a \b \t \n \f \r ESC, and NEL in extended sets.
    if (/[\x00-\x06\x0b\x0e-\x1a\x1c-\x1f\x7f]/.test(bytes)) return undefined;
    if (!/[\x80-\xff]/.test(bytes)) [encoding, charset] = ["ASCII", "us-ascii"];
    else if (isUtf8(bytes)) [encoding, charset] = ["Unicode text, UTF-8", "utf-8"];
    else if (!/[\x80-\x84\x86-\x9f]/.test(bytes)) [encoding, charset] = ["ISO-8859", "iso-8859-1"];
    else [encoding, charset] = ["Non-ISO extended-ASCII", "unknown-8bit"];
  }
  const crlf = (body.match(/\r\n/g) ?? []).length;
  const lf = (body.match(/\n/g) ?? []).length - crlf;
  const cr = (body.match(/\r(?!\n)/g) ?? []).length;
  const nel = charset === "iso-8859-1" || charset === "unknown-8bit" ? (body.match(/\x85/g) ?? []).length : 0;
  const longest = Math.max(0, ...body.split(/\r\n|\n/).map((line) => line.length));
  let details = "";
  if (longest > 300) details += `, with very long lines (${longest})`;
  const kinds: string[] = [];
  if (crlf > 0) kinds.push("CRLF");
  if (cr > 0) kinds.push("CR");
  if (lf > 0) kinds.push("LF");
  if (nel > 0) kinds.push("NEL");
  if (kinds.length === 0) details += ", with no line terminators";
  else if (kinds.length > 1 || kinds[0] !== "LF") details += `, with ${kinds.join(", ")} line terminators`;
  if (body.includes("\x1b")) details += ", with escape sequences";
  if (body.includes("\b")) details += ", with overstriking";
  return { encoding, charset, details };
}

function widen(bytes: string, little: boolean): string {
  let out = "";
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const [a, b] = [bytes.charCodeAt(i), bytes.charCodeAt(i + 1)];
    const code = little ? a | (b << 8) : (a << 8) | b;
    out += code < 256 ? String.fromCharCode(code) : "?";
  }
  return out;
}

function isUtf8(bytes: string): boolean {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes.charCodeAt(i++);
    if (byte < 0x80) continue;
    const more = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    if (more === 0 || byte >= 0xf5) return false;
    for (let k = 0; k < more; k++, i++) {
      // A character cut off by the end of what was read is no fault.
      if (i >= bytes.length) return true;
      if ((bytes.charCodeAt(i) & 0xc0) !== 0x80) return false;
    }
  }
  return true;
}

export interface TextKind {
  /** Without ", ASCII text": the caller adds the encoding unless `alone`. */
  readonly text: string;
  readonly mime: string;
  readonly extensions?: string;
  readonly executable?: boolean;
  /** The name says everything ("JSON text data"). */
  readonly alone?: boolean;
}

const INTERPRETERS: readonly (readonly [pattern: RegExp, text: string, mime: string])[] = [
  [/^(\/usr)?\/bin\/sh$/, "POSIX shell script", "text/x-shellscript"], [/^(\/usr)?(\/local)?\/bin\/(env bash|bash)$/, "Bourne-Again shell script", "text/x-shellscript"],
  [/^(\/usr)?\/bin\/(env )?ksh$/, "Korn shell script", "text/x-shellscript"], [/^(\/usr)?(\/local)?\/bin\/(env )?zsh$/, "Paul Falstad's zsh script", "text/x-shellscript"],
  [/^(\/usr)?\/bin\/(env )?t?csh$/, "C shell script", "text/x-shellscript"], [/^(\/usr)?(\/local)?\/bin\/(env )?python[0-9.]*$/, "Python script", "text/x-script.python"],
  [/^(\/usr)?(\/local)?\/bin\/(env )?(g|m|n)?awk$/, "awk script", "text/x-awk"], [/^(\/usr)?(\/local)?\/bin\/(env )?node(js)?$/, "Node.js script executable", "application/javascript"],
  [/^(\/usr)?(\/local)?\/bin\/(env )?ruby[0-9.]*$/, "Ruby script", "text/x-ruby"], [/^(\/usr)?(\/local)?\/bin\/(env )?php[0-9.]*$/, "PHP script", "text/x-php"],
  [/^(\/usr)?\/bin\/(env )?lua[0-9.]*$/, "Lua script", "text/x-lua"], [/^(\/usr)?\/bin\/(env )?tclsh$/, "Tcl script", "text/x-tcl"], [/^(\/usr)?\/(s)?bin\/make$/, "makefile script", "text/x-makefile"],
];

export function textKind(bytes: string): TextKind | undefined {
  const shebang = /^#!\s*([^\n]*)/.exec(bytes);
  if (shebang) {
    const line = (shebang[1] ?? "").trim();
    const [program = "", ...args] = line.split(/\s+/);
    const called = program.endsWith("/env") ? `${program.slice(0, -4)}/env ${args.find((arg) => !arg.startsWith("-")) ?? ""}` : program;
    if (/^(\/usr)?(\/local)?\/bin\/(env )?perl$/.test(called)) return { text: "Perl script text executable", mime: "text/x-perl", alone: true };
    for (const [pattern, text, mime] of INTERPRETERS) if (pattern.test(called)) return { text, mime, executable: !text.endsWith("executable") };
    return { text: `a ${line} script`, mime: "text/plain", executable: true };
  }
  const json = jsonKind(bytes);
  if (json) return json;
  const head = bytes.slice(0, 4096);
  const trimmed = head.trimStart();
  if (/^<\?xml\s+version\s*=\s*["']([\d.]+)/i.test(trimmed)) {
    if (/<svg[\s>]/.test(head)) return { text: "SVG Scalable Vector Graphics image", mime: "image/svg+xml", alone: true, extensions: "svg" };
    return { text: `XML ${/version\s*=\s*["']([\d.]+)/.exec(trimmed)?.[1] ?? "1.0"} document`, mime: "text/xml", extensions: "xml" };
  }
  if (/^<svg[\s>]/.test(trimmed)) return { text: "SVG Scalable Vector Graphics image", mime: "image/svg+xml", alone: true, extensions: "svg" };
  if (/^<(!doctype html|html|head|title|body)[\s>]/i.test(trimmed)) return { text: "HTML document", mime: "text/html", extensions: "html/htm" };
  const armor = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(head)?.[1];
  if (armor !== undefined) {
    const known = new Map<string, TextKind>([
      ["CERTIFICATE", { text: "PEM certificate", mime: "text/plain", alone: true }], ["CERTIFICATE REQUEST", { text: "PEM certificate request", mime: "text/plain", alone: true }],
      ["RSA PRIVATE KEY", { text: "PEM RSA private key", mime: "text/plain", alone: true }], ["EC PRIVATE KEY", { text: "PEM EC private key", mime: "text/plain", alone: true }],
      ["DSA PRIVATE KEY", { text: "PEM DSA private key", mime: "text/plain", alone: true }], ["OPENSSH PRIVATE KEY", { text: "OpenSSH private key", mime: "text/plain", alone: true }],
      ["PGP PUBLIC KEY BLOCK", { text: "PGP public key block Public-Key (old)", mime: "application/pgp-keys", alone: true }], ["PGP MESSAGE", { text: "PGP message", mime: "application/pgp", alone: true }],
    ]).get(armor);
    if (known) return known;
  }
  const key = /^(ssh-rsa|ssh-ed25519|ssh-dss|ecdsa-sha2-nistp\d+) /.exec(head)?.[1];
  if (key !== undefined) return { text: `OpenSSH ${key === "ssh-rsa" ? "RSA" : key === "ssh-ed25519" ? "ED25519" : key === "ssh-dss" ? "DSA" : "ECDSA"} public key`, mime: "text/plain", alone: true };
  if (/^(diff |\*\*\* |Only in |Common subdirectories: |Index:)/.test(head) || /^--- [^\n]+\n\+\+\+ /.test(head)) return { text: /^--- /.test(head) ? "unified diff output" : "diff output", mime: "text/x-diff" };
  if (/^begin [0-7]{3} /.test(head)) return { text: `uuencoded or xxencoded text, file name "${/^begin [0-7]{3} ([^\n]*)/.exec(head)?.[1] ?? ""}"`, mime: "text/x-uuencode" };
  if (/^(From|Return-Path|Received): /.test(head)) return { text: "news or mail", mime: "message/rfc822" };
  if (/^\s*(#include\s*[<"]|#define\s|#pragma\s)/m.test(head.split("\n").slice(0, 50).join("\n"))) return { text: "C source", mime: "text/x-c" };
  if (/^[ \t]*(from\s+[\w.]+\s+import\s|import\s+[\w.]+(\s*$|,|\s+as\s)|def\s+\w+\s*\([^)]*\)\s*(->[^:]+)?:|class\s+\w+(\(.*\))?:)/m.test(head) && !/;\s*$/m.test(head)) return { text: "Python script", mime: "text/x-script.python", executable: true };
  if (/^(class|template)\s+[\w:]+[^\n;]*\{/m.test(head)) return { text: "C++ source", mime: "text/x-c++" };
  if (/^(\.PHONY|all:|CFLAGS|VPATH|LDFLAGS|AUTOMAKE_OPTIONS|SUBDIRS)/m.test(head)) return { text: "makefile script", mime: "text/x-makefile" };
  if (/^<\?php/.test(trimmed)) return { text: "PHP script", mime: "text/x-php" };
  if (/^\.(TH|SH|Dd)\s|^'\\"|^\.\\"/m.test(head.slice(0, 500))) return { text: "troff or preprocessor input", mime: "text/troff" };
  if (/^\\documentclass|^\\input texinfo/m.test(head)) return { text: "LaTeX 2e document", mime: "text/x-tex" };
  if (/^BEGIN:VCARD/i.test(head)) return { text: "vCard visiting card", mime: "text/vcard", alone: true };
  if (isCsv(bytes)) return { text: "CSV text", mime: "text/csv", alone: true };
  return undefined;
}

function jsonKind(bytes: string): TextKind | undefined {
  if (!/^\s*[[{]/.test(bytes) || bytes.length > 1_000_000) return undefined;
  try {
    JSON.parse(bytes);
    return { text: "JSON text data", mime: "application/json", alone: true, extensions: "json" };
  } catch {
    // Several documents, one a line.
    const lines = bytes.trim().split("\n");
    if (lines.length < 2) return undefined;
    try {
      for (const line of lines) JSON.parse(line);
      return { text: "New Line Delimited JSON text data", mime: "application/x-ndjson", alone: true };
    } catch {
      return undefined;
    }
  }
}

/** At least two lines with the same number of commas, at least one. */
function isCsv(bytes: string): boolean {
  const lines = bytes.split("\n").slice(0, 10);
  if (bytes.endsWith("\n") && lines.at(-1) === "") lines.pop();
  if (lines.length < 3) return false;
  const commas = (line: string): number => line.replace(/"(?:[^"]|"")*"/g, "").split(",").length - 1;
  const first = commas(lines[0] ?? "");
  return first > 0 && lines.every((line) => commas(line) === first);
}
