// The words of a rule as they are typed: "allow 22/tcp", "deny in on eth0 from 10.0.0.0/8 to any port 80 proto tcp comment 'x'" (ufw(8), "RULE SYNTAX").
import type { Profile } from "./_firewall.ts";
import { type Action, anywhere, type UfwRule } from "./_rules.ts";

/** "ERROR: …"; `isSyntax`: the usage follows. */
export class UfwError extends Error {
  readonly isSyntax: boolean;
  constructor(message: string, isSyntax = false) {
    super(message);
    this.isSyntax = isSyntax;
  }
}

export interface Known {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** ports of /etc/services: "tcp", "udp" or "any" for both */
  readonly services: ReadonlyMap<string, { readonly port: string; readonly protocol: string }>;
}

const ACTIONS: ReadonlySet<string> = new Set(["allow", "deny", "reject", "limit"]);
const PROTOCOLS: ReadonlySet<string> = new Set(["tcp", "udp", "ah", "esp", "gre", "ipv6", "igmp", "any"]);

const isAction = (word: string): word is Action => ACTIONS.has(word);

function isAddress(text: string): "v4" | "v6" | undefined {
  const [address = "", mask] = text.split("/");
  if (/^\d+(?:\.\d+){3}$/.test(address)) return address.split(".").every((part) => Number(part) < 256) && (mask === undefined || (/^\d+$/.test(mask) && Number(mask) <= 32) || /^\d+(?:\.\d+){3}$/.test(mask)) ? "v4" : undefined;
  if (/^[\da-f:]*:[\da-f:.]*$/i.test(address) && (mask === undefined || (/^\d+$/.test(mask) && Number(mask) <= 128))) return "v6";
  return undefined;
}

/** Host bits are dropped, a whole mask too. */
function network(text: string): string {
  const [address = "", mask] = text.split("/");
  if (mask === undefined || address.includes(":")) return text.replace(/\/128$/, "");
  const bits = mask.includes(".") ? mask.split(".").reduce((sum, part) => sum + Number(part).toString(2).replaceAll("0", "").length, 0) : Number(mask);
  if (bits === 32) return address;
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const kept = Math.floor(value / 2 ** (32 - bits)) * 2 ** (32 - bits);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(kept / 2 ** shift) % 256).join(".")}/${bits}`;
}

function portOf(word: string, protocol: string): string {
  const items = word.split(",");
  for (const item of items) {
    const ends = item.split(":");
    if (ends.length > 2 || ends.some((one) => !/^\d+$/.test(one) || Number(one) < 1 || Number(one) > 65_535) || Number(ends[0]) > Number(ends[1] ?? ends[0])) throw new UfwError("Bad port");
  }
  if (items.length > 15) throw new UfwError("Bad port");
  if (/[,:]/.test(word) && protocol === "any") throw new UfwError("Must specify 'tcp' or 'udp' with multiple ports");
  return items.length < 2 ? word : [...items].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join(",");
}

interface End {
  address: string;
  port: string;
  application: string;
}

/** The rules that the words make, IPv4 before IPv6; a profile of several ports makes several. `words` begin with the action. Throws UfwError. */
export function parseRule(given: readonly string[], isRoute: boolean, known: Known): readonly UfwRule[] {
  const words = [...given];
  const action = words.shift() ?? "";
  if (!isAction(action)) throw new UfwError("Invalid syntax", true);
  let comment = "";
  const commentAt = words.indexOf("comment");
  if (commentAt >= 0) {
    comment = words[commentAt + 1] ?? "";
    if (commentAt + 2 !== words.length) throw new UfwError("Option 'comment' must be specified last");
    if (comment.includes("'")) throw new UfwError("Invalid syntax", true);
    words.splice(commentAt);
  }
  let direction: "in" | "out" = "in";
  let [inInterface, outInterface] = ["", ""];
  const way = words[0];
  if (way === "in" || way === "out") {
    if (words[1] !== "on") {
      if (isRoute) throw new UfwError("Invalid interface clause for route rule");
      direction = way;
      words.shift();
    }
  }
  while ((words[0] === "in" || words[0] === "out") && words[1] === "on") {
    const name = words[2] ?? "";
    if (!/^[\w.+:@-]{1,15}$/.test(name) || name.includes(":")) throw new UfwError("Invalid interface clause");
    if (words[0] === "in") inInterface = name;
    else {
      outInterface = name;
      if (!isRoute) direction = "out";
    }
    words.splice(0, 3);
    if (!isRoute) break;
  }
  let log: UfwRule["log"] = "";
  if (words[0] === "log" || words[0] === "log-all") {
    log = words[0];
    words.shift();
  }
  let protocol = "any";
  const to: End = { address: "any", port: "any", application: "" };
  const from: End = { address: "any", port: "any", application: "" };
  if (words.length === 1 && !["to", "from", "proto", "port"].includes(words[0] ?? "")) {
    const word = words[0] ?? "";
    const [name = "", wanted] = word.split("/");
    if (wanted !== undefined && !["tcp", "udp"].includes(wanted)) throw new UfwError("Bad port");
    const service = known.services.get(name);
    if (/^\d[\d,:]*$/.test(name)) {
      protocol = wanted ?? "any";
      to.port = portOf(name, protocol);
    } else if (service !== undefined && !known.profiles.has(word)) {
      to.port = service.port;
      protocol = wanted ?? service.protocol;
    } else if (known.profiles.has(word)) to.application = word;
    else throw new UfwError(`Could not find a profile matching '${word}'`);
  } else {
    if (words.length === 0 && inInterface === "" && outInterface === "") throw new UfwError("Invalid syntax", true);
    if (words.length % 2 !== 0) throw new UfwError("Wrong number of arguments");
    let end: End | undefined;
    const ports: [End, string][] = [];
    for (let at = 0; at < words.length; at += 2) {
      const [word, value = ""] = [words[at] ?? "", words[at + 1]];
      if (word === "proto") {
        if (!PROTOCOLS.has(value)) throw new UfwError(`Unsupported protocol '${value}'`);
        protocol = value;
      } else if (word === "from" || word === "to") {
        end = word === "from" ? from : to;
        if (value !== "any" && isAddress(value) === undefined) throw new UfwError(`Bad ${word === "from" ? "source" : "destination"} address`);
        end.address = value === "any" ? value : network(value);
      } else if (word === "port" || word === "app") {
        if (end === undefined) throw new UfwError(`Need 'from' or 'to' with '${word}'`);
        if (word === "app") {
          if (!known.profiles.has(value)) throw new UfwError(`Could not find a profile matching '${value}'`);
          end.application = value;
        } else ports.push([end, value]);
      } else throw new UfwError(`Invalid token '${word}'`);
    }
    for (const [one, value] of ports) {
      const service = known.services.get(value);
      if (["ah", "esp", "gre", "ipv6", "igmp"].includes(protocol)) throw new UfwError(`Invalid port with protocol '${protocol}'`);
      if (/^\d/.test(value)) one.port = portOf(value, protocol);
      else if (service !== undefined) {
        one.port = service.port;
        if (protocol === "any") protocol = service.protocol;
      } else throw new UfwError("Bad port");
    }
  }
  const families = new Set([to.address, from.address].map((address) => (address === "any" ? undefined : isAddress(address))).filter((one) => one !== undefined));
  if (families.size > 1) throw new UfwError("Mixed IP versions for 'from' and 'to'");
  const made: UfwRule[] = [];
  const [family] = families;
  for (const isV6 of [false, true]) {
    if (family !== undefined && (family === "v6") !== isV6) continue;
    const address = (one: End): string => (one.address === "any" ? anywhere(isV6) : one.address);
    const base = { action, log, direction, inInterface, outInterface, isRoute, comment, isV6, destination: address(to), source: address(from), destinationApplication: to.application, sourceApplication: from.application };
    const application = to.application !== "" ? to.application : from.application;
    const ports = application === "" ? [""] : (known.profiles.get(application)?.ports ?? []);
    for (const port of ports) {
      const [number = "any", kind = "any"] = port.split("/");
      made.push({
        ...base, protocol: port === "" ? protocol : kind, destinationPort: to.application !== "" ? number : to.port, sourcePort: from.application !== "" ? number : from.port,
      });
    }
  }
  return made;
}
