// ssh_config(5): the first value found for a keyword counts; command line, then ~/.ssh/config, then /etc/ssh/ssh_config.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
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
const collecting = new Set(["identityfile", "sendenv", "localforward", "remoteforward", "dynamicforward"]);

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
  if (value === "") throw new SshFailure(`${where.replace(": line ", " line ")}: no argument after keyword "${keyword}"`);
  return [keyword, value];
}

/** What -v says of reading. */
type Debug = (line: string) => Blocking<void>;

const silent: Debug = function* () {};

const listMatches = (patterns: string, name: string): boolean => {
  const words = patterns.split(",");
  return words.some((one) => !one.startsWith("!") && compileFnmatch(one)(name)) && !words.some((one) => one.startsWith("!") && compileFnmatch(one.slice(1))(name));
};

/** Match of ssh_config(5): every criterion of the line has to fit. Errors: SshFailure. */
function* matchApplies(sys: Sys, configuration: Configuration, value: string, host: string, where: string): Blocking<boolean> {
  const words = value.split(/\s+/).filter((word) => word !== "");
  const me = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "";
  let fits = true;
  for (let at = 0; at < words.length; at++) {
    const negated = words[at]?.startsWith("!") === true;
    const [criterion = "", inline] = (words[at] ?? "").replace(/^!/, "").toLowerCase().split("=");
    let found: boolean;
    if (criterion === "all" || criterion === "canonical" || criterion === "final") found = criterion === "all";
    else {
      const argument = inline ?? words[++at];
      if (argument === undefined) throw new SshFailure(`${where}: missing argument for Match '${criterion}'`);
      if (criterion === "host") found = listMatches(argument, configuration.get("hostname")?.replaceAll("%h", host) ?? host);
      else if (criterion === "originalhost") found = listMatches(argument, host);
      else if (criterion === "user") found = listMatches(argument, configuration.get("user") ?? me);
      else if (criterion === "localuser") found = listMatches(argument, me);
      else if (criterion === "exec") {
        const command = /exec\s+"([^"]*)"/i.exec(value)?.[1] ?? argument;
        at = words.length;
        found = fits && (yield* commandSucceeds(sys, command.replaceAll("%h", host)));
      } else throw new SshFailure(`Unsupported Match attribute ${criterion}\r\n${where}: Bad Match condition`);
    }
    if (found === negated) fits = false;
  }
  return fits;
}

function* commandSucceeds(sys: Sys, command: string): Blocking<boolean> {
  const pid = sys.fork(function* child(own) {
    try {
      return yield* own.exec(own.environment.get("SHELL") ?? "/bin/sh", ["sh", "-c", command], own.environment);
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  for (;;) {
    const waited = yield* sys.waitpid(pid);
    if (waited) return waited.status.kind === "exited" && waited.status.status === 0;
  }
}

function* readFile(sys: Sys, configuration: Configuration, path: string, host: string, depth: number, debug: Debug): Blocking<boolean> {
  const text = yield* readTextFile(sys, path);
  if (text === undefined) return false;
  yield* debug(`Reading configuration data ${path}`);
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
      const [first] = patterns.filter((pattern) => compileFnmatch(pattern)(host));
      if (applies) yield* debug(`${path} line ${index + 1}: Applying options for ${first ?? ""}`);
    } else if (keyword === "match") {
      try {
        applies = yield* matchApplies(sys, configuration, value, host, `${path} line ${index + 1}`);
      } catch (error) {
        if (!(error instanceof SshFailure)) throw error;
        bad++;
        yield* sys.write(2, latin(`${error.message}\r\n`));
      }
    }
    else if (keyword === "include") {
      if (applies && depth < 16) yield* includeFiles(sys, configuration, path, value, host, depth, debug, index + 1);
    } else if (applies) configuration.set(keyword, value);
  }
  if (bad > 0) throw new SshFailure(`${path}: terminating, ${bad} bad configuration options`);
  return true;
}

function latin(text: string): Uint8Array {
  return Uint8Array.from([...text].map((character) => character.charCodeAt(0)));
}

function* includeFiles(sys: Sys, configuration: Configuration, from: string, value: string, host: string, depth: number, debug: Debug, line: number): Blocking<void> {
  for (const word of value.split(/\s+/)) {
    const expanded = word.startsWith("~/") ? `${homeOf(sys)}${word.slice(1)}` : word;
    const path = expanded.startsWith("/") ? expanded : `${from.startsWith("/etc/") ? "/etc/ssh" : `${homeOf(sys)}/.ssh`}/${expanded}`;
    const directory = path.slice(0, path.lastIndexOf("/")) || "/";
    let names: readonly string[];
    try {
      names = sys.readdir(directory).map((entry) => entry.name).filter(compileFnmatch(path.slice(path.lastIndexOf("/") + 1), { period: true }));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      names = [];
    }
    if (names.length === 0) yield* debug(`${from} line ${line}: include ${path} matched no files`);
    for (const name of [...names].sort()) {
      yield* debug(`${from} line ${line}: Including file ${directory}/${name} depth ${depth}`);
      yield* readFile(sys, configuration, `${directory}/${name}`, host, depth + 1, debug);
    }
  }
}

export function homeOf(sys: Sys): string {
  return sys.environment.get("HOME") ?? "/";
}

/** Adds what the files say to what the command line said. `file` undefined: the user's and the system's. Errors: SshFailure. */
export function* readConfiguration(sys: Sys, configuration: Configuration, host: string, file: string | undefined, debug: Debug = silent): Blocking<void> {
  if (file !== undefined) {
    if (file !== "none" && !(yield* readFile(sys, configuration, file, host, 0, debug))) throw new SshFailure(`Can't open user config file ${file}: No such file or directory`);
    return;
  }
  const own = `${homeOf(sys)}/.ssh/config`;
  try {
    const { uid, mode } = sys.stat(own);
    if ((uid !== 0 && uid !== sys.getcred().ruid) || (mode & 0o022) !== 0) throw new SshFailure(`Bad owner or permissions on ${own}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  yield* readFile(sys, configuration, own, host, 0, debug);
  yield* readFile(sys, configuration, "/etc/ssh/ssh_config", host, 0, debug);
}
