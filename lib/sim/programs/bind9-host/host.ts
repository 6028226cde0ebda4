import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { TYPES, isAddress, query, resolvers, reverseName } from "./_query.ts";

export default gnu({
  name: "host", versionText: "host 9.18.49-1~deb12u3-Debian\n", tryLine: () => "", summary: "DNS lookup utility", synopsis: ["[-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time] [-R number] [-m flag] [-p port] {name} [server]"],
  options: { all: flag(["-a"], "as -v -t ANY"), type: text(["-t"], "type", "the query type"), verbose: flag(["-v"], "verbose output"), wait: flag(["-w"], "wait for the answer without a limit"), ipv4: flag(["-4"], "IPv4 only"), ipv6: flag(["-6"], "IPv6 only"), timeout: text(["-W"], "time", "seconds until an answer counts as lost"), retries: text(["-R"], "number", "number of retries"), version: flag(["-V"], "show the number of the version") },
  operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      yield* io.stderr("host 9.18.49-1~deb12u3-Debian\n");
      return 0;
    }
    const [name, server] = operands;
    if (name === undefined) {
      yield* io.stderr("Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n");
      return 1;
    }
    const { servers, search } = yield* resolvers(sys);
    const asked = server === undefined ? servers : [server];
    const wanted = options.type?.toUpperCase();
    if (wanted !== undefined && !TYPES.has(wanted)) {
      yield* io.stderr(`host: invalid type: ${options.type ?? ""}\n`);
      return 2;
    }
    if (server !== undefined) io.out.put(`Using domain server:\nName: ${server}\nAddress: ${server}#53\nAliases: \n\n`);
    if (isAddress(name)) {
      const reverse = reverseName(name);
      const reply = yield* query(sys, asked, reverse, 12);
      if (reply === undefined) {
        io.out.put(";; connection timed out; no servers could be reached\n\n");
        return 1;
      }
      if (!reply.answer.known || reply.answer.records.length === 0) {
        io.out.put(`Host ${reverse}. not found: 3(NXDOMAIN)\n`);
        return 1;
      }
      for (const record of reply.answer.records) io.out.put(`${reverse} domain name pointer ${record.data}.\n`);
      return 0;
    }
    const candidates = name.includes(".") ? [name, ...search.map((domain) => `${name}.${domain}`)] : [...search.map((domain) => `${name}.${domain}`), name];
    const types = wanted === undefined ? ["A", "AAAA", "MX"] : [wanted];
    for (const candidate of candidates) {
      let known = false;
      let shown = 0;
      for (const type of types) {
        const reply = yield* query(sys, asked, candidate, TYPES.get(type) ?? 1);
        if (reply === undefined) {
          io.out.put(";; connection timed out; no servers could be reached\n\n");
          return 1;
        }
        if (!reply.answer.known) break;
        known = true;
        for (const record of reply.answer.records) {
          shown++;
          if (record.type === 1) io.out.put(`${record.name} has address ${record.data}\n`);
          else if (record.type === 28) io.out.put(`${record.name} has IPv6 address ${record.data}\n`);
          else if (record.type === 5) io.out.put(`${record.name} is an alias for ${record.data}.\n`);
          else if (record.type === 12) io.out.put(`${record.name} domain name pointer ${record.data}.\n`);
          else if (record.type === 15) io.out.put(`${record.name} mail is handled by ${record.data}.\n`);
        }
      }
      if (!known) continue;
      if (shown === 0 && wanted !== undefined) io.out.put(`${candidate} has no ${wanted} record\n`);
      return shown === 0 && wanted === undefined ? 1 : 0;
    }
    io.out.put(`Host ${name} not found: 3(NXDOMAIN)\n`);
    return 1;
  },
});
