// nginx.conf: directives with words and blocks, `include`, and what a web server of files needs of them.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

export class ConfigurationError extends Error {}

export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

function tokens(text: string, file: string): readonly Token[] {
  const found: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? "";
    if (char === "\n") line++;
    if (/\s/.test(char)) at++;
    else if (char === "#") while (at < text.length && text[at] !== "\n") at++;
    else if ("{};".includes(char)) {
      found.push({ text: char, quoted: false, line });
      at++;
    } else if (char === '"' || char === "'") {
      let word = "";
      const start = line;
      for (at++; text[at] !== char; at++) {
        if (at >= text.length) throw new ConfigurationError(`unexpected end of file, expecting ";" or "}" in ${file}:${start}`);
        if (text[at] === "\n") line++;
        // before other letters than these a backslash stays (ngx_conf_read_token)
        const escape = text[at] === "\\" ? { '"': '"', "'": "'", "\\": "\\", t: "\t", r: "\r", n: "\n" }[text[at + 1] ?? ""] : undefined;
        if (escape !== undefined) at++;
        word += escape ?? text[at] ?? "";
      }
      at++;
      found.push({ text: word, quoted: true, line: start });
    } else {
      let word = "";
      while (at < text.length && !/[\s;{}]/.test(text[at] ?? "")) word += text[at++] ?? "";
      // ${name} inside a word
      found.push({ text: word, quoted: false, line });
    }
  }
  return found;
}

export function parseDirectives(text: string, file: string): readonly Directive[] {
  const list = tokens(text, file);
  let at = 0;
  const block = (inside: boolean): readonly Directive[] => {
    const directives: Directive[] = [];
    for (;;) {
      const token = list[at];
      if (!token) {
        if (inside) throw new ConfigurationError(`unexpected end of file, expecting "}" in ${file}:${list.at(-1)?.line ?? 1}`);
        return directives;
      }
      if (token.text === "}" && !token.quoted) {
        if (!inside) throw new ConfigurationError(`unexpected "}" in ${file}:${token.line}`);
        at++;
        return directives;
      }
      const words: string[] = [];
      for (;;) {
        const word = list[at++];
        if (!word) throw new ConfigurationError(`unexpected end of file, expecting ";" or "}" in ${file}:${list.at(-1)?.line ?? 1}`);
        if (!word.quoted && word.text === ";") {
          directives.push({ name: words[0] ?? "", words: words.slice(1), block: undefined, file, line: token.line });
          break;
        }
        if (!word.quoted && word.text === "{") {
          directives.push({ name: words[0] ?? "", words: words.slice(1), block: block(true), file, line: token.line });
          break;
        }
        if (!word.quoted && word.text === "}") throw new ConfigurationError(`unexpected "}" in ${file}:${word.line}`);
        words.push(word.text);
      }
    }
  };
  return block(false);
}

function* included(sys: Sys, pattern: string): Blocking<readonly string[]> {
  const path = pattern.startsWith("/") ? pattern : `/etc/nginx/${pattern}`;
  if (!/[*?[]/.test(path)) return [path];
  const directory = path.slice(0, path.lastIndexOf("/"));
  const matches = compileFnmatch(path.slice(directory.length + 1));
  try {
    return sys.readdir(directory).map((entry) => entry.name).filter((name) => !name.startsWith(".") && matches(name)).sort().map((name) => `${directory}/${name}`);
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** With every include in its place. Throws ConfigurationError. */
export function* readDirectives(sys: Sys, file: string, depth = 0): Blocking<readonly Directive[]> {
  const text = yield* readTextFile(sys, file);
  if (text === undefined) throw new ConfigurationError(`open() "${file}" failed (2: No such file or directory)`);
  const expand = function* (directives: readonly Directive[]): Blocking<Directive[]> {
    const out: Directive[] = [];
    for (const directive of directives) {
      if (directive.name === "include" && depth < 10) {
        for (const path of yield* included(sys, directive.words[0] ?? "")) {
          try {
            out.push(...(yield* readDirectives(sys, path, depth + 1)));
          } catch (error) {
            if (error instanceof ConfigurationError && error.message.startsWith(`open() "${path}"`)) throw new ConfigurationError(`${error.message} in ${directive.file}:${directive.line}`);
            throw error;
          }
        }
      } else out.push(directive.block ? { ...directive, block: yield* expand(directive.block) } : directive);
    }
    return out;
  };
  return yield* expand(parseDirectives(text, file));
}

export interface Location {
  readonly kind: "prefix" | "exact" | "regex" | "strong";
  readonly pattern: string;
  readonly directives: readonly Directive[];
}

export interface Server {
  readonly listens: readonly { readonly address: string; readonly port: number; readonly isDefault: boolean }[];
  readonly names: readonly string[];
  readonly directives: readonly Directive[];
  readonly locations: readonly Location[];
}

export interface Configuration {
  readonly main: readonly Directive[];
  readonly http: readonly Directive[];
  readonly servers: readonly Server[];
  readonly types: ReadonlyMap<string, string>;
  readonly workers: number;
}

const KNOWN = new Set(("user worker_processes pid error_log events http include worker_connections sendfile tcp_nopush tcp_nodelay types types_hash_max_size default_type access_log log_format gzip gzip_types server listen server_name root index location try_files return proxy_pass proxy_set_header error_page " +
  "keepalive_timeout client_max_body_size autoindex alias add_header expires rewrite upstream daemon master_process multi_accept ssl_protocols ssl_prefer_server_ciphers ssl_certificate ssl_certificate_key server_tokens allow deny proxy_http_version proxy_read_timeout set if map charset stub_status worker_rlimit_nofile " +
  "server_names_hash_bucket_size gzip_vary gzip_proxied gzip_comp_level gzip_buffers gzip_http_version use resolver internal fastcgi_pass auth_basic auth_basic_user_file absolute_redirect port_in_redirect load_module env weight client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path client_body_timeout client_header_timeout send_timeout reset_timedout_connection satisfy etag if_modified_since").split(" "));

/** Throws ConfigurationError for what nginx itself refuses. */
export function interpret(directives: readonly Directive[], cpus: number): Configuration {
  const check = (list: readonly Directive[], parent: string): void => {
    if (parent === "types" || parent === "map") return;
    for (const one of list) {
      if (!KNOWN.has(one.name) && parent !== "upstream") throw new ConfigurationError(`unknown directive "${one.name}" in ${one.file}:${one.line}`);
      if (one.name === "server" && one.block !== undefined && parent !== "http") throw new ConfigurationError(`"server" directive is not allowed here in ${one.file}:${one.line}`);
      if (["listen", "root", "index", "return", "proxy_pass"].includes(one.name) && one.words.length === 0) throw new ConfigurationError(`invalid number of arguments in "${one.name}" directive in ${one.file}:${one.line}`);
      if (one.block) check(one.block, one.name);
    }
  };
  check(directives, "main");
  if (!directives.some((one) => one.name === "events")) throw new ConfigurationError(`no "events" section in configuration`);
  const http = directives.find((one) => one.name === "http")?.block ?? [];
  const types = new Map<string, string>();
  for (const one of http) if (one.name === "types") for (const type of one.block ?? []) for (const extension of type.words) types.set(extension, type.name);
  const servers = http.filter((one) => one.name === "server").map((one): Server => {
    const block = one.block ?? [];
    const listens = block.filter((item) => item.name === "listen").map((item) => {
      const word = item.words[0] ?? "80";
      const match = /^(?:(\[[^\]]*\]|[^:]*):)?(\d+)$/.exec(word);
      const port = match ? Number(match[2]) : 80;
      const address = match ? (match[1] ?? "0.0.0.0") : word;
      return { address: address === "" || address === "*" ? "0.0.0.0" : address.replace(/^\[|\]$/g, ""), port, isDefault: item.words.includes("default_server") };
    });
    return {
      listens: listens.length > 0 ? listens : [{ address: "0.0.0.0", port: 80, isDefault: false }],
      names: block.filter((item) => item.name === "server_name").flatMap((item) => item.words),
      directives: block,
      locations: block.filter((item) => item.name === "location").map((item): Location => {
        const [first = "/", second] = item.words;
        if (second === undefined) return { kind: "prefix", pattern: first, directives: item.block ?? [] };
        return { kind: first === "=" ? "exact" : first === "^~" ? "strong" : "regex", pattern: second, directives: item.block ?? [] };
      }),
    };
  });
  const workers = directives.find((one) => one.name === "worker_processes")?.words[0];
  return { main: directives, http, servers, types, workers: workers === undefined ? 1 : workers === "auto" ? cpus : Number(workers) || 1 };
}

export const find = (lists: readonly (readonly Directive[])[], name: string): readonly string[] | undefined => {
  for (const list of lists) {
    const found = list.findLast((one) => one.name === name);
    if (found) return found.words;
  }
  return undefined;
};
