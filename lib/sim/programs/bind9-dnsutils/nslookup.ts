import type { Blocking } from "../../kernel/sys.ts";
import { dotted, undotted } from "../kit/dns/names.ts";
import { type ResourceRecord, TYPE, dataText } from "../kit/dns/records.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { ORDINARY, isAddress, query, resolvers, reverseName, serverAddresses, typeNumber, typeText } from "../bind9-host/_query.ts";

function recordLines(record: ResourceRecord): string {
  const name = undotted(record.name);
  const [first = "", second = ""] = record.data;
  switch (record.type) {
    case TYPE.A:
    case TYPE.AAAA: return `Name:\t${name}\nAddress: ${first}\n`;
    case TYPE.SOA: return `${name}\n\torigin = ${undotted(first)}\n\tmail addr = ${undotted(second)}\n${["serial", "refresh", "retry", "expire", "minimum"].map((field, at) => `\t${field} = ${record.data[at + 2] ?? ""}\n`).join("")}`;
    case TYPE.CNAME: return `${name}\tcanonical name = ${first}\n`;
    case TYPE.PTR: return `${name}\tname = ${first}\n`;
    case TYPE.NS: return `${name}\tnameserver = ${first}\n`;
    case TYPE.MX: return `${name}\tmail exchanger = ${dataText(record)}\n`;
    case TYPE.TXT: return `${name}\ttext = ${dataText(record)}\n`;
    case TYPE.SRV: return `${name}\tservice = ${dataText(record)}\n`;
    default: return `${name}\trdata_${record.type} = ${dataText(record)}\n`;
  }
}

export default program({ name: "nslookup", summary: "ask name servers of the Internet, one question after another", synopsis: ["[-option] [name | -] [server]"], options: [flag(["-type=TYPE"], "the query type"), flag(["-port=PORT"], "the port of the server"), flag(["-version"], "version")], operands: "hosts" }, function* (sys, argv, io: Io) {
  let type: string | undefined;
  let port = 53;
  const operands: string[] = [];
  for (const word of argv.slice(1)) {
    const set = /^-(?:type|query|querytype|q|ty)=(\S+)$/i.exec(word)?.[1];
    const given = /^-port=(\d+)$/i.exec(word)?.[1];
    if (set !== undefined) type = set.toUpperCase();
    else if (given !== undefined) port = Number(given);
    else if (word === "-version") {
      io.out.put("nslookup 9.18.49-1~deb12u3-Debian\n");
      return 0;
    } else if (!word.startsWith("-") || word === "-") operands.push(word);
  }
  const { servers, search } = yield* resolvers(sys);
  let asked: readonly string[] = servers;
  if (operands[1] !== undefined) {
    const found = yield* serverAddresses(sys, operands[1]);
    if (found === undefined) {
      yield* io.stderr(`nslookup: couldn't get address for '${operands[1]}': not found\n`);
      return 1;
    }
    asked = found;
  }
  const lookUp = function* (name: string): Blocking<number> {
    const reverse = isAddress(name);
    const types = reverse ? [TYPE.PTR] : type === undefined ? [TYPE.A, TYPE.AAAA] : [typeNumber(type) ?? TYPE.A];
    if (type !== undefined && typeNumber(type) === undefined) io.out.put(`unknown query type: ${type}\n`);
    const candidates = reverse ? [reverseName(name)] : name.endsWith(".") ? [name] : name.includes(".") ? [name, ...search.map((domain) => `${name}.${domain}`)] : [...search.map((domain) => `${name}.${domain}`), name];
    for (const candidate of candidates) {
      let shown = false;
      let followed = candidate;
      for (const number of types) {
        const reply = yield* query(sys, asked, followed, number, { ...ORDINARY, port });
        if ("failures" in reply) {
          for (const { server, failure } of reply.failures) io.out.put(`;; communications error to ${server}#${port}: ${failure}\n`);
          io.out.put(";; no servers could be reached\n\n");
          return 1;
        }
        const { rcode, answer } = reply.message;
        if (rcode === "NXDOMAIN" && candidate !== candidates.at(-1)) break;
        if (rcode === "SERVFAIL") io.out.put(`;; Got SERVFAIL reply from ${reply.server}\n`);
        if (!reverse && !shown) io.out.put(`Server:\t\t${reply.server}\nAddress:\t${reply.server}#${port}\n\n`);
        if (rcode !== "NOERROR") {
          io.out.put(`** server can't find ${undotted(dotted(candidate))}: ${rcode}\n\n`);
          return 1;
        }
        if (answer.length === 0 && !shown && number === types.at(-1)) {
          io.out.put(`*** Can't find ${name}: No answer\n\n`);
          return 0;
        }
        if (answer.length > 0 && !reverse && !shown && !reply.message.flags.has("aa")) io.out.put("Non-authoritative answer:\n");
        for (const record of answer) io.out.put(recordLines(record));
        // the second question goes to where an alias led
        followed = answer.at(-1)?.name ?? followed;
        shown = answer.length > 0 || shown;
        if (number !== types.at(-1)) continue;
        io.out.put(reverse && !reply.message.flags.has("aa") ? "\nAuthoritative answers can be found from:\n\n" : "\n");
        return 0;
      }
    }
    return 1;
  };
  const [name] = operands;
  if (name !== undefined && name !== "-") return yield* lookUp(name);
  let status = 0;
  const pending: string[] = [];
  for (;;) {
    if (sys.isatty(0)) io.out.put("> ");
    yield* io.out.flush();
    if (pending.length === 0) pending.push(...(yield* io.stdin.lines()));
    const line = pending.shift();
    if (line === undefined || /^\s*exit\s*$/.test(line)) {
      if (line === undefined) io.out.put("\n");
      return status;
    }
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === undefined || word === "") continue;
    if (word === "server" || word === "lserver") {
      const found = yield* serverAddresses(sys, rest[0] ?? servers[0] ?? "127.0.0.1");
      if (found === undefined) io.out.put(`nslookup: couldn't get address for '${rest[0] ?? ""}': not found\n`);
      else {
        asked = found;
        io.out.put(`Default server: ${rest[0] ?? found[0] ?? ""}\nAddress: ${asked[0] ?? ""}#${port}\n`);
      }
    } else if (word === "set") {
      const wanted = /^(?:type|q|querytype)=(\w+)$/i.exec(rest[0] ?? "")?.[1];
      const wantedPort = /^port=(\d+)$/i.exec(rest[0] ?? "")?.[1];
      if (wanted !== undefined && typeNumber(wanted) !== undefined) type = typeText(typeNumber(wanted) ?? TYPE.A);
      else if (wanted !== undefined) io.out.put(`unknown query type: ${wanted}\n`);
      else if (wantedPort !== undefined) port = Number(wantedPort);
      else io.out.put(`*** Invalid option: ${rest[0] ?? ""}\n`);
    } else status = yield* lookUp(word);
  }
});
