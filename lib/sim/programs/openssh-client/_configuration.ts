// ssh_config(5): the first value found for a keyword counts; command line, then ~/.ssh/config, then /etc/ssh/ssh_config.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

/** Ends the program: one line on standard error, status 255. */
export class SshFailure extends Error {}

const knownKeywords = new Set([
  "addkeystoagent", "addressfamily", "batchmode", "bindaddress", "bindinterface", "canonicalizehostname", "checkhostip", "ciphers", "clearallforwardings", "compression",
  "connectionattempts", "connecttimeout", "controlmaster", "controlpath", "controlpersist", "dynamicforward", "enableescapecommandline", "enablesshkeysign", "escapechar",
  "exitonforwardfailure", "fingerprinthash", "forkafterauthentication", "forwardagent", "forwardx11", "forwardx11timeout", "forwardx11trusted", "gatewayports",
  "globalknownhostsfile", "gssapiauthentication", "gssapidelegatecredentials", "hashknownhosts", "host", "hostbasedauthentication", "hostkeyalgorithms", "hostkeyalias",
  "hostname", "identitiesonly", "identityagent", "identityfile", "include", "ipqos", "kbdinteractiveauthentication", "kexalgorithms", "localcommand", "localforward",
  "loglevel", "logverbose", "macs", "match", "nohostauthenticationforlocalhost", "numberofpasswordprompts", "passwordauthentication", "permitlocalcommand", "pkcs11provider",
  "port", "preferredauthentications", "proxycommand", "proxyjump", "proxyusefdpass", "pubkeyacceptedalgorithms", "pubkeyauthentication", "rekeylimit", "remotecommand",
  "remoteforward", "requesttty", "requiredrsasize", "revokedhostkeys", "securitykeyprovider", "sendenv", "serveralivecountmax", "serveraliveinterval", "sessiontype",
  "setenv", "stdinnull", "streamlocalbindmask", "streamlocalbindunlink", "stricthostkeychecking", "syslogfacility", "tcpkeepalive", "tunnel", "tunneldevice",
  "updatehostkeys", "user", "userknownhostsfile", "verifyhostkeydns", "visualhostkey", "xauthlocation",
]);

/** Keywords that collect instead of being set once. */
const collecting = new Set(["identityfile", "sendenv"]);

export class Configuration {
  readonly #values = new Map<string, string[]>();

  set(keyword: string, value: string): void {
    const key = keyword.toLowerCase();
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, [value]);
    else if (collecting.has(key)) values.push(value);
  }

  get(keyword: string): string | undefined {
    return this.#values.get(keyword)?.[0];
  }

  all(keyword: string): readonly string[] {
    return this.#values.get(keyword) ?? [];
  }

  flag(keyword: string, otherwise: boolean): boolean {
    const value = this.get(keyword);
    return value === undefined ? otherwise : value === "yes" || value === "true";
  }
}

/** "Keyword value", "Keyword=value", 'Keyword "a value"'. Errors: SshFailure for a keyword that does not exist. */
export function parseOption(text: string, where: string): readonly [string, string] {
  const match = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)?(.*?)\s*$/.exec(text);
  const keyword = (match?.[1] ?? "").toLowerCase();
  if (!knownKeywords.has(keyword)) throw new SshFailure(`${where}: Bad configuration option: ${keyword}`);
  const value = (match?.[2] ?? "").replace(/^"(.*)"$/, "$1");
  if (value === "") throw new SshFailure(`${where}: no argument after keyword "${keyword}"`);
  return [keyword, value];
}

function* readFile(sys: Sys, configuration: Configuration, path: string, host: string, depth: number): Blocking<boolean> {
  const text = yield* readTextFile(sys, path);
  if (text === undefined) return false;
  let applies = true;
  let bad = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    let option: readonly [string, string];
    try {
      option = parseOption(line, `${path}: line ${index + 1}`);
    } catch (error) {
      if (!(error instanceof SshFailure)) throw error;
      bad++;
      yield* sys.write(2, latin(`${error.message}\r\n`));
      continue;
    }
    const [keyword, value] = option;
    if (keyword === "host") {
      const patterns = value.split(/\s+/);
      applies = patterns.some((pattern) => !pattern.startsWith("!") && compileFnmatch(pattern)(host)) && !patterns.some((pattern) => pattern.startsWith("!") && compileFnmatch(pattern.slice(1))(host));
    } else if (keyword === "match") applies = value.trim() === "all";
    else if (keyword === "include") {
      if (applies && depth < 16) yield* includeFiles(sys, configuration, path, value, host, depth);
    } else if (applies) configuration.set(keyword, value);
  }
  if (bad > 0) throw new SshFailure(`${path}: terminating, ${bad} bad configuration options`);
  return true;
}

function latin(text: string): Uint8Array {
  return Uint8Array.from([...text].map((character) => character.charCodeAt(0)));
}

function* includeFiles(sys: Sys, configuration: Configuration, from: string, value: string, host: string, depth: number): Blocking<void> {
  for (const word of value.split(/\s+/)) {
    const expanded = word.startsWith("~/") ? `${homeOf(sys)}${word.slice(1)}` : word;
    const path = expanded.startsWith("/") ? expanded : `${from.startsWith("/etc/") ? "/etc/ssh" : `${homeOf(sys)}/.ssh`}/${expanded}`;
    const directory = path.slice(0, path.lastIndexOf("/")) || "/";
    let names: readonly string[];
    try {
      names = sys.readdir(directory).map((entry) => entry.name).filter(compileFnmatch(path.slice(path.lastIndexOf("/") + 1), { period: true }));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      continue;
    }
    for (const name of [...names].sort()) yield* readFile(sys, configuration, `${directory}/${name}`, host, depth + 1);
  }
}

export function homeOf(sys: Sys): string {
  return sys.environment.get("HOME") ?? "/";
}

/** Adds what the files say to what the command line said. `file` undefined: the user's and the system's. Errors: SshFailure. */
export function* readConfiguration(sys: Sys, configuration: Configuration, host: string, file: string | undefined): Blocking<void> {
  if (file !== undefined) {
    if (file !== "none" && !(yield* readFile(sys, configuration, file, host, 0))) throw new SshFailure(`Can't open user config file ${file}: No such file or directory`);
    return;
  }
  yield* readFile(sys, configuration, `${homeOf(sys)}/.ssh/config`, host, 0);
  yield* readFile(sys, configuration, "/etc/ssh/ssh_config", host, 0);
}
