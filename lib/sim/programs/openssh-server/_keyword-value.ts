// The value of a keyword as sshd keeps and prints it, or the message with which it refuses it (servconf.c of OpenSSH 9.2).
import { compileFnmatch } from "../kit/fnmatch.ts";
import { FACILITIES, type Keyword, KNOWN_ALGORITHMS, LOG_LEVELS } from "./_keywords.ts";

/** Ends the reading at once. */
export class FatalValue extends Error {}

const fatal = (message: string): never => {
  throw new FatalValue(message);
};

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** "1h30m"; undefined when it is none (TIME FORMATS). */
export function timeSeconds(text: string): number | undefined {
  if (!/^(?:\d{1,9}[smhdw]?)+$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [, count = "0", unit = "s"] of text.matchAll(/(\d+)([smhdw]?)/gi)) seconds += Number(count) * (UNITS[unit.toLowerCase() || "s"] ?? 1);
  return seconds;
}

function size(text: string): number | undefined {
  const match = /^(\d{1,12})([KMG]?)$/i.exec(text);
  return match === null ? undefined : Number(match[1]) * 1024 ** ["", "K", "M", "G"].indexOf((match[2] ?? "").toUpperCase());
}

/** "+a", "-a*", "^a" change the default list. */
function algorithmList(keyword: Keyword, spec: string): string {
  const known = KNOWN_ALGORITHMS[keyword.kind.kind === "words" ? "keys" : (keyword.kind.of ?? "keys")];
  const otherwise = (keyword.otherwise ?? "").split(",");
  const names = spec.replace(/^[+^-]/, "").split(",");
  const bad = (name: string): string => {
    if (keyword.name === "ciphers") return `Bad SSH2 cipher spec '${spec}'.`;
    if (keyword.name === "macs") return `Bad SSH2 mac spec '${spec}'.`;
    if (keyword.name === "kexalgorithms") return `\0Unsupported KEX algorithm "${name}"\r\n\0Bad SSH2 KexAlgorithms '${spec}'.`;
    return `Bad key types '${spec}'.`;
  };
  const wild = (name: string): readonly string[] => (/[*?]/.test(name) ? known.filter(compileFnmatch(name)) : [name]);
  if (!spec.startsWith("-")) for (const name of names) if (!/[*?]/.test(name) && !known.includes(name)) fatal(bad(name));
  if (spec.startsWith("-")) return otherwise.filter((one) => !names.some((name) => compileFnmatch(name)(one))).join(",");
  const chosen = names.flatMap(wild);
  if (spec.startsWith("+")) return [...otherwise, ...chosen.filter((name) => !otherwise.includes(name))].join(",");
  if (spec.startsWith("^")) return [...chosen, ...otherwise.filter((name) => !chosen.includes(name))].join(",");
  return spec;
}

/** "host:port" lists of PermitOpen, "[host:]port" of PermitListen. */
function openPlace(name: string, place: string): string {
  if (place === "any" || place === "none") return place;
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d+|\*)$/.exec(name === "permitlisten" && /^(?:\d+|\*)$/.test(place) ? `*:${place}` : place);
  const label = name === "permitlisten" ? "PermitListen" : "PermitOpen";
  if (match === null || Number(match[3]) > 65_535) return fatal(place.includes(":") && /^(?:\[[^\]]*\]|[^:]*):?$/.test(place) ? `missing host in ${label}` : `${label} bad port number`);
  return `${match[1] ?? match[2] ?? ""}:${match[3] ?? ""}`;
}

const QUALITIES = new Set("af11 af12 af13 af21 af22 af23 af31 af32 af33 af41 af42 af43 cs0 cs1 cs2 cs3 cs4 cs5 cs6 cs7 ef le lowdelay throughput reliability none".split(" "));
const METHODS = new Set(["none", "publickey", "password", "keyboard-interactive", "hostbased", "gssapi-with-mic", "gssapi-keyex"]);

/**
 * The parts to keep: one, but for lists. `taken`: how many of the words belong to it; the others are too many. `shown`: the keyword as it was typed.
 * Throws FatalValue; a text in `bad` is counted and the reading goes on.
 */
export function keywordValue(keyword: Keyword, words: readonly string[], shown: string, rest: string): { readonly parts: readonly string[]; readonly taken: number } | { readonly bad: string } {
  const [word = "", second] = words;
  const lower = word.toLowerCase();
  const one = (text: string): { readonly parts: readonly string[]; readonly taken: number } => ({ parts: [text], taken: 1 });
  const all = (parts: readonly string[]): { readonly parts: readonly string[]; readonly taken: number } => ({ parts, taken: words.length });
  const { kind } = keyword;
  if (kind.kind === "words") return kind.words.includes(lower) ? one(kind.shown?.[lower] ?? lower) : fatal(`unsupported option "${word}".`);
  switch (kind.kind) {
    case "integer": {
      if (keyword.name === "persourcemaxstartups" && word === "none") return one("none");
      return /^-?\d{1,9}$/.test(word) ? one(String(Number(word))) : fatal(`${shown} integer value invalid.`);
    }
    case "time": {
      if (word === "none") return one(keyword.name === "unusedconnectiontimeout" ? "none" : "-1");
      const seconds = timeSeconds(word);
      return seconds === undefined ? fatal("invalid time value.") : one(String(seconds));
    }
    case "octal": return /^[0-7]{1,4}$/.test(word) ? one(`0${Number.parseInt(word, 8).toString(8).padStart(3, "0")}`) : fatal("Invalid StreamLocalBindMask.");
    case "port": return /^\d+$/.test(word) && Number(word) > 0 && Number(word) < 65_536 ? one(String(Number(word))) : fatal("Badly formatted port number.");
    case "listen": {
      const port = /^(?:\[[^\]]*\]|[^:]*):(.*)$/.exec(word)?.[1];
      return port !== undefined && !/:/.test(port) && !(Number(port) > 0 && Number(port) < 65_536) ? fatal("bad port number") : one(word);
    }
    case "level": return LOG_LEVELS.some((level) => level === lower) ? one(lower === "debug1" ? "DEBUG" : lower.toUpperCase()) : fatal(`unsupported log level '${word}'`);
    case "facility": return FACILITIES.some((facility) => facility === lower) ? one(lower.toUpperCase()) : fatal(`unsupported log facility '${word}'`);
    case "algorithms": return one(algorithmList(keyword, word));
    case "quality": {
      for (const name of words.slice(0, 2)) if (!QUALITIES.has(name.toLowerCase()) && !/^(?:0x[0-9a-f]+|\d+)$/i.test(name)) fatal(`Bad IPQoS value: ${name}`);
      return { parts: [`${lower} ${(second ?? word).toLowerCase()}`], taken: Math.min(2, words.length) };
    }
    case "rekey": {
      const bytes = word === "default" ? 0 : size(word);
      if (bytes === undefined) return fatal(`Bad RekeyLimit number '${word}': Invalid argument`);
      if (bytes !== 0 && bytes < 16) return fatal("RekeyLimit too small");
      const seconds = second === undefined || second === "none" ? 0 : timeSeconds(second);
      return seconds === undefined ? fatal("invalid rekey interval.") : { parts: [`${bytes} ${seconds}`], taken: Math.min(2, words.length) };
    }
    case "startups": {
      const match = /^(\d+)(?::(\d+):(\d+))?$/.exec(word);
      const [begin, rate, full] = [match?.[1], match?.[2] ?? "100", match?.[3] ?? match?.[1]].map(Number);
      if (match === null || begin === undefined || rate === undefined || full === undefined || begin < 1 || rate < 1 || rate > 100 || full < begin) return fatal("Invalid MaxStartups spec.");
      return one(`${begin}:${rate}:${full}`);
    }
    case "open": return { parts: [words.map((place) => openPlace(keyword.name, place)).join(" ")], taken: words.length };
    case "environment-names": return words.some((name) => name.includes("=")) ? fatal("Invalid environment name.") : all(words);
    case "environment": return words.every((name) => name.includes("=")) ? all(words) : fatal("Invalid environment.");
    case "subsystem": {
      const match = /^(\S+)\s+(.+)$/.exec(rest);
      return match === null ? fatal("Missing subsystem command.") : all([`${word} ${match[2] ?? ""}`]);
    }
    case "methods": {
      for (const list of words) for (const name of list.split(",")) if (list !== "any" && !METHODS.has(name.replace(/:.*$/, ""))) fatal(`\0Unknown authentication method "${name}" in list\r\n\0invalid AuthenticationMethods method list.`);
      return { parts: [words.join(" ")], taken: words.length };
    }
    case "hash": return lower === "md5" || lower === "sha256" ? one(lower.toUpperCase()) : fatal(`Invalid FingerprintHash algorithm "${word}".`);
    case "tunnel": return ["yes", "no", "point-to-point", "ethernet"].includes(word) ? one(word) : fatal(`bad PermitTunnel argument ${word}`);
    case "command": return word === "none" || word.startsWith("/") ? all([rest]) : fatal(`${shown} must be an absolute path`);
    case "key-options": {
      const wrong = words.find((name) => !["none", "touch-required", "verify-required"].includes(name));
      return wrong === undefined ? { parts: [words.join(" ")], taken: words.length } : { bad: `unsupported ${shown} option ${wrong}` };
    }
    case "netblock": return /^\d{1,2}(?::\d{1,3})?$/.test(word) ? one(word.includes(":") ? word : `${word}:128`) : fatal("Invalid PerSourceNetBlockSize spec.");
    case "channel-timeout": {
      const wrong = words.find((place) => place !== "none" && timeSeconds(place.split("=")[1] ?? "x") === undefined);
      return wrong === undefined ? { parts: [words.join(" ")], taken: words.length } : fatal(`invalid channel timeout ${wrong}`);
    }
    case "rest": return all([rest]);
    case "list": return { parts: [words.join(" ")], taken: words.length };
    case "lines": return keyword.name.startsWith("host") ? one(word) : all(words);
    default: return one(word);
  }
}
