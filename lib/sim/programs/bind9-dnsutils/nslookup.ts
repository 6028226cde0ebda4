import type { Blocking } from "../../kernel/sys.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { TYPES, isAddress, query, resolvers, reverseName, typeName } from "../bind9-host/_query.ts";

export default program({ name: "nslookup", summary: "ask name servers of the Internet, one question after another", synopsis: ["[-option] [name | -] [server]"], options: [flag(["-type=TYPE"], "the query type"), flag(["-version"], "version")], operands: "hosts" }, function* (sys, argv, io: Io) {
  let type = "A";
  const operands: string[] = [];
  for (const word of argv.slice(1)) {
    const set = /^-(?:type|query|querytype|q)=(\w+)$/i.exec(word)?.[1];
    if (set !== undefined) type = set.toUpperCase();
    else if (word === "-version") {
      io.out.put("nslookup 9.18.49-1~deb12u3-Debian\n");
      return 0;
    } else if (!word.startsWith("-") || word === "-") operands.push(word);
  }
  const { servers, search } = yield* resolvers(sys);
  let asked: readonly string[] = operands[1] === undefined ? servers : [operands[1]];
  const lookUp = function* (name: string): Blocking<number> {
    const reverse = isAddress(name);
    const number = reverse ? 12 : (TYPES.get(type) ?? 1);
    const candidates = reverse ? [reverseName(name)] : name.includes(".") ? [name, ...search.map((domain) => `${name}.${domain}`)] : [...search.map((domain) => `${name}.${domain}`), name];
    for (const candidate of candidates) {
      const reply = yield* query(sys, asked, candidate, number);
      if (reply === undefined) {
        for (let attempt = 0; attempt < 3; attempt++) io.out.put(`;; communications error to ${asked[0] ?? ""}#53: timed out\n`);
        io.out.put(";; no servers could be reached\n\n");
        return 1;
      }
      if (!reply.answer.known && candidate !== candidates.at(-1)) continue;
      if (!reverse) io.out.put(`Server:\t\t${reply.server}\nAddress:\t${reply.server}#53\n\n`);
      if (!reply.answer.known) {
        io.out.put(`** server can't find ${reverse ? candidate : name}: NXDOMAIN\n\n`);
        return 1;
      }
      if (reply.answer.records.length === 0) {
        io.out.put(`*** Can't find ${name}: No answer\n\n`);
        return 0;
      }
      if (!reverse) io.out.put("Non-authoritative answer:\n");
      for (const record of reply.answer.records) {
        if (record.type === 1 || record.type === 28) io.out.put(`Name:\t${record.name}\nAddress: ${record.data}\n`);
        else if (record.type === 12) io.out.put(`${candidate}\tname = ${record.data}.\n`);
        else io.out.put(`${record.name}\t${typeName(record.type).toLowerCase()} = ${record.data}.\n`);
      }
      io.out.put(reverse ? "\nAuthoritative answers can be found from:\n\n" : "\n");
      return 0;
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
    if (word === "server") {
      asked = [rest[0] ?? servers[0] ?? "127.0.0.1"];
      io.out.put(`Default server: ${asked[0] ?? ""}\nAddress: ${asked[0] ?? ""}#53\n`);
    } else if (word === "set") {
      const wanted = /^(?:type|q|querytype)=(\w+)$/i.exec(rest[0] ?? "")?.[1];
      if (wanted === undefined) io.out.put(`*** Invalid option: ${rest[0] ?? ""}\n`);
      else type = wanted.toUpperCase();
    } else status = yield* lookUp(word);
  }
});
