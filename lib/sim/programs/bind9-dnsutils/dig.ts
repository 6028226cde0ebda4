// dig: a question to a name server, and its answer in full (dig(1), BIND 9.18).
import { type Io, flag, program, text } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { TYPES, isAddress, query, resolvers, reverseName, typeName } from "../bind9-host/_query.ts";

const VERSION = "9.18.49-1~deb12u3-Debian";

export default program(
  { name: "dig", summary: "DNS lookup utility", synopsis: ["[@server] [-t type] [-x addr] [-p port] [-4 | -6] [name] [type] [class] [queryopt...]"], options: [text(["-t"], "type", "the query type"), text(["-x"], "addr", "simplified reverse lookups"), text(["-q"], "name", "the query name"), text(["-p"], "port", "the port of the server"), flag(["-4"], "IPv4 only"), flag(["-6"], "IPv6 only"), flag(["-v"], "version"), flag(["+short"], "a terse answer"), flag(["+noall"], "nothing but what is asked for"), flag(["+answer"], "the answer section")], operands: "hosts", exitStatuses: [["0", "a response was received"], ["1", "usage error"], ["9", "no reply from a server"]] },
  function* (sys, argv, io: Io) {
    let server: string | undefined;
    let name: string | undefined;
    let type = "A";
    let typeGiven = false;
    const shown = new Map<string, boolean>([["cmd", true], ["comments", true], ["question", true], ["answer", true], ["authority", true], ["additional", true], ["stats", true]]);
    let short = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word.startsWith("@")) server = word.slice(1);
      else if (word === "-v" || word === "-V") {
        yield* io.stderr(`DiG ${VERSION}\n`);
        return 0;
      } else if (word === "-h") {
        io.out.put("Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n");
        return 0;
      } else if (word === "-t") {
        type = (argv[++at] ?? "A").toUpperCase();
        typeGiven = true;
      } else if (word === "-q") name = argv[++at];
      else if (word === "-x") {
        name = reverseName(argv[++at] ?? "");
        type = "PTR";
        typeGiven = true;
      } else if (word === "-p" || word === "-b" || word === "-c" || word === "-k" || word === "-y" || word === "-f") at++;
      else if (word === "-4" || word === "-6" || word === "-u" || word === "-m" || word === "-i" || word === "-r") continue;
      else if (word.startsWith("+")) {
        const option = word.slice(1).replace(/^no/, "");
        const on = !word.startsWith("+no");
        if (option === "short") short = on;
        else if (option === "all") for (const key of shown.keys()) shown.set(key, on);
        else if (shown.has(option)) shown.set(option, on);
        else if (!/^(?:tcp|vc|recurse|rec|edns|trace|nssearch|multiline|identify|dnssec|cookie|ttlid|class|search|defname|retry=\d+|tries=\d+|time=\d+|timeout=\d+|bufsize=\d+|ndots=\d+)$/.test(option)) {
          yield* io.stderr(`Invalid option: ${word}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n\nUse "dig -h" (or "dig -h | more") for complete list of options\n`);
          return 1;
        }
      } else if (word.startsWith("-")) {
        yield* io.stderr(`Invalid option: ${word}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n\nUse "dig -h" (or "dig -h | more") for complete list of options\n`);
        return 1;
      } else if (TYPES.has(word.toUpperCase()) && !typeGiven && (name !== undefined || argv.length > 2)) {
        type = word.toUpperCase();
        typeGiven = true;
      } else if (word.toUpperCase() === "IN" && name !== undefined) continue;
      else name = word;
    }
    if (name === undefined) {
      name = ".";
      if (!typeGiven) type = "NS";
    }
    if (!TYPES.has(type)) {
      yield* io.stderr(`;; Warning, ignoring invalid type ${type}\n`);
      type = "A";
    }
    const { servers } = yield* resolvers(sys);
    const asked = server === undefined ? servers : [server];
    const fullName = name.endsWith(".") ? name : `${name}.`;
    const started = sys.clockUs("monotonic");
    const reply = isAddress(asked[0] ?? "") ? yield* query(sys, asked, name, TYPES.get(type) ?? 1) : undefined;
    if (!short && shown.get("cmd")) io.out.put(`\n; <<>> DiG ${VERSION} <<>> ${argv.slice(1).join(" ")}\n;; global options: +cmd\n`);
    if (reply === undefined) {
      if (server !== undefined && !isAddress(server)) {
        yield* io.stderr(`dig: couldn't get address for '${server}': not found\n`);
        return 10;
      }
      for (let attempt = 0; attempt < 3; attempt++) io.out.put(`;; communications error to ${asked[0] ?? ""}#53: timed out\n`);
      io.out.put(";; no servers could be reached\n");
      if (!short) io.out.put("\n");
      return 9;
    }
    const { answer } = reply;
    if (short) {
      for (const record of answer.records) io.out.put(`${record.data}${record.type === 1 || record.type === 28 ? "" : "."}\n`);
      return 0;
    }
    const row = (owner: string, ttl: string, kind: string, data: string): string => {
      // columns at tab stops: the owner takes three, as far as it fits
      const tabs = Math.max(1, 3 - Math.floor(owner.length / 8));
      return `${owner}${"\t".repeat(tabs)}${ttl}${ttl === "" ? "" : "\t"}IN\t${kind}${data === "" ? "" : `\t${data}`}\n`;
    };
    if (shown.get("comments")) io.out.put(`;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${answer.known ? "NOERROR" : "NXDOMAIN"}, id: ${answer.id}\n;; flags: qr rd ra; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n`);
    if (shown.get("question")) io.out.put(`${shown.get("comments") ? ";; QUESTION SECTION:\n" : ""}${row(`;${fullName}`, "", type, "").replace(/\t+IN/, "\t".repeat(Math.max(1, 4 - Math.floor((fullName.length + 1) / 8))) + "IN")}\n`);
    if (shown.get("answer") && answer.records.length > 0) {
      if (shown.get("comments")) io.out.put(";; ANSWER SECTION:\n");
      for (const record of answer.records) io.out.put(row(`${record.name}.`, String(record.ttlSeconds), typeName(record.type), record.type === 1 || record.type === 28 ? record.data : `${record.data}.`));
      if (shown.get("comments") || shown.get("stats")) io.out.put("\n");
    }
    if (shown.get("stats")) {
      const size = 12 + fullName.length + 1 + 4 + 11 + answer.records.reduce((sum, record) => sum + 12 + (record.type === 1 ? 4 : record.data.length + 2), 0);
      io.out.put(`;; Query time: ${Math.floor((sys.clockUs("monotonic") - started) / 1000)} msec\n;; SERVER: ${reply.server}#53(${reply.server}) (UDP)\n;; WHEN: ${strftime("%a %b %d %H:%M:%S %Z %Y", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")))}\n;; MSG SIZE  rcvd: ${size}\n\n`);
    }
    return 0;
  },
);
