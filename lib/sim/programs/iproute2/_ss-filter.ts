// Filters of ss(8): "state established", "sport = :ssh", "dst 10.0.0.0/8", with and, or, not and parentheses.

import type { SocketInfo } from "../../kernel/sys.ts";

export interface SocketFacts {
  readonly info: SocketInfo;
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

export type SocketTest = (socket: SocketFacts) => boolean;

/** What ss says of a filter that it cannot read, and how it ends. */
export class FilterError extends Error {
  readonly text: string;
  readonly usage: boolean;
  readonly status: number;
  constructor(text: string, usage: boolean, status: number) {
    super(text);
    this.text = text;
    this.usage = usage;
    this.status = status;
  }
}

const syntaxError = (): FilterError => new FilterError('ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n', true, 255);
const cannotParse = (text: string): FilterError => new FilterError(`${text}Cannot parse dst/src address.\n`, false, 1);
const noPort = (word: string): FilterError => cannotParse(`Error: "${word}" does not look like a port.\n`);
const noPrefix = (word: string): FilterError => cannotParse(`Error: an inet prefix is expected rather than "${word}".\n`);

const STATES: ReadonlyMap<string, readonly string[]> = new Map([
  ["established", ["ESTAB"]], ["syn-sent", ["SYN-SENT"]], ["syn-recv", ["SYN-RECV"]], ["fin-wait-1", ["FIN-WAIT-1"]], ["fin-wait-2", ["FIN-WAIT-2"]], ["time-wait", ["TIME-WAIT"]], ["closed", ["UNCONN"]], ["unconnected", ["UNCONN"]], ["close-wait", ["CLOSE-WAIT"]], ["last-ack", ["LAST-ACK"]], ["listening", ["LISTEN"]], ["listen", ["LISTEN"]], ["closing", ["CLOSING"]],
  ["all", ["ESTAB", "SYN-SENT", "TIME-WAIT", "UNCONN", "CLOSE-WAIT", "LISTEN"]], ["connected", ["ESTAB", "SYN-SENT", "TIME-WAIT", "CLOSE-WAIT"]], ["synchronized", ["ESTAB", "TIME-WAIT", "CLOSE-WAIT"]], ["bucket", ["TIME-WAIT"]], ["big", ["ESTAB", "SYN-SENT", "CLOSE-WAIT", "LISTEN", "UNCONN"]],
]);

const COMPARISONS: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
  ["=", (a, b) => a === b], ["==", (a, b) => a === b], ["eq", (a, b) => a === b], ["!=", (a, b) => a !== b], ["neq", (a, b) => a !== b], ["ne", (a, b) => a !== b], [">=", (a, b) => a >= b], ["ge", (a, b) => a >= b], ["geq", (a, b) => a >= b], ["<=", (a, b) => a <= b], ["le", (a, b) => a <= b], ["leq", (a, b) => a <= b], [">", (a, b) => a > b], ["gt", (a, b) => a > b], ["<", (a, b) => a < b], ["lt", (a, b) => a < b],
]);

const ipv4 = (text: string): number | undefined => {
  const parts = text.split(".").map(Number);
  return parts.length === 4 && parts.every((part) => part >= 0 && part <= 255) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
};

function addressTest(spec: string, portOf: (name: string) => number | undefined): (address: string, port: number) => boolean {
  const bracket = /^\[([^\]]*)\](?::(.*))?$/.exec(spec);
  const colon = spec.lastIndexOf(":");
  const [host, port] = bracket !== null ? [bracket[1] ?? "", bracket[2]] : colon >= 0 && spec.indexOf(":") === colon ? [spec.slice(0, colon), spec.slice(colon + 1)] : [spec, undefined];
  const number = port === undefined || port === "" || port === "*" ? undefined : portOf(port);
  if (port !== undefined && port !== "" && port !== "*" && number === undefined) throw noPort(port);
  const [network = "", prefix] = host.split("/");
  const base = ipv4(network);
  if (host !== "" && host !== "*" && base === undefined && !network.includes(":")) throw noPrefix(host);
  const bits = prefix === undefined ? 32 : Number(prefix);
  if (base !== undefined && !(bits >= 0 && bits <= 32)) throw noPrefix(host);
  return (address, socketPort) => {
    if (number !== undefined && socketPort !== number) return false;
    if (host === "" || host === "*") return true;
    if (base === undefined) return address === network;
    const value = ipv4(address);
    return value !== undefined && Math.floor(value / 2 ** (32 - bits)) === Math.floor(base / 2 ** (32 - bits));
  };
}

export interface ParsedFilter {
  readonly test: SocketTest;
  /** states that were named: others than the usual ones are shown then */
  readonly states: ReadonlySet<string> | undefined;
}

/** `portOf`: a number or a name of /etc/services. Throws FilterError. */
export function parseFilter(words: readonly string[], portOf: (name: string) => number | undefined): ParsedFilter {
  const tokens = words.flatMap((word) => word.replace(/([()!])/g, " $1 ").replace(/! =/g, "!=").replace(/(^|\s)([sd]port)\s*(>=|<=|==|!=|=|<|>)/g, "$1$2 $3 ").split(/\s+/)).filter((one) => one !== "");
  let at = 0;
  const states = new Set<string>();
  let named = false;
  while (tokens[at] === "state" || tokens[at] === "exclude") {
    const found = STATES.get(tokens[at + 1] ?? "");
    if (tokens[at + 1] === undefined) throw new FilterError('Command line is not complete. Try option "help"\n', false, 255);
    if (found === undefined) throw new FilterError(`ss: wrong state name: ${tokens[at + 1]}\n`, false, 255);
    if (tokens[at] === "state") {
      for (const one of found) states.add(one);
    } else {
      if (!named) for (const one of STATES.get("all") ?? []) states.add(one);
      for (const one of found) states.delete(one);
    }
    named = true;
    at += 2;
  }
  const primary = (): SocketTest => {
    const word = tokens[at++];
    if (word === undefined) throw syntaxError();
    if (word === "(") {
      const inner = either();
      if (tokens[at++] !== ")") throw syntaxError();
      return inner;
    }
    if (word === "not" || word === "!") {
      const inner = primary();
      return (socket) => !inner(socket);
    }
    if (word === "sport" || word === "dport") {
      const compare = COMPARISONS.get(tokens[at] ?? "");
      if (compare !== undefined) at++;
      const spec = tokens[at++];
      if (spec === undefined) throw syntaxError();
      const port = portOf(spec.slice(spec.lastIndexOf(":") + 1));
      if (port === undefined) throw noPort(spec.slice(spec.lastIndexOf(":") + 1));
      return (socket) => (compare ?? ((a: number, b: number) => a === b))(word === "sport" ? socket.localPort : socket.remotePort, port);
    }
    if (word === "src" || word === "dst") {
      const operator = tokens[at] === "=" || tokens[at] === "==" || tokens[at] === "!=" ? tokens[at++] : "=";
      const spec = tokens[at++];
      if (spec === undefined) throw syntaxError();
      const matches = addressTest(spec, portOf);
      const test: SocketTest = (socket) => (word === "src" ? matches(socket.localAddress, socket.localPort) : matches(socket.remoteAddress, socket.remotePort));
      return operator === "!=" ? (socket) => !test(socket) : test;
    }
    if (word === "or" || word === "and" || word === "|" || word === "&" || word === ")") throw syntaxError();
    // an address alone is where the socket goes to
    const goal = addressTest(word, portOf);
    return (socket) => goal(socket.remoteAddress, socket.remotePort);
  };
  const both = (): SocketTest => {
    let left = primary();
    while (at < tokens.length && tokens[at] !== "or" && tokens[at] !== "||" && tokens[at] !== "|" && tokens[at] !== ")") {
      if (tokens[at] === "and" || tokens[at] === "&&" || tokens[at] === "&") at++;
      const before = left;
      const right = primary();
      left = (socket) => before(socket) && right(socket);
    }
    return left;
  };
  function either(): SocketTest {
    let left = both();
    while (tokens[at] === "or" || tokens[at] === "||" || tokens[at] === "|") {
      at++;
      const before = left;
      const right = both();
      left = (socket) => before(socket) || right(socket);
    }
    return left;
  }
  const test = at < tokens.length ? either() : () => true;
  if (at < tokens.length) throw syntaxError();
  return { test, states: named ? states : undefined };
}
