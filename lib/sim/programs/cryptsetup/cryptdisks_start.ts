import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { activate, CryptError, mappedNamed } from "../cryptsetup-bin/_device.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { crypttab, type CrypttabLine, sourceOf } from "./_crypttab.ts";

function* keyOf(sys: Sys, line: CrypttabLine, source: string): Blocking<Uint8Array | undefined> {
  if (line.key === "none" || line.key === "-") {
    if (!sys.isatty(0)) return undefined;
    const answer = yield* askPassword(sys, `Please unlock disk ${source} (${line.name}): `);
    return answer.kind === "text" ? encode(answer.text) : undefined;
  }
  try {
    const fd = yield* sys.open(line.key, O.RDONLY);
    const bytes = (yield* sys.read(fd, 65_536)).slice();
    sys.close(fd);
    return bytes;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export default program({
  name: "cryptdisks_start", path: "/sbin/cryptdisks_start", manSection: 8, summary: "open and close encrypted devices as /etc/crypttab says", synopsis: ["[-r] NAME..."], options: [flag(["-r", "--readonly"], "taken"), flag(["--boot"], "every line but those with noauto")], operands: "none", showsHelp: true,
}, function* (sys, argv, io: Io) {
  const boot = argv.includes("--boot");
  const wanted = argv.slice(1).filter((word) => !word.startsWith("-"));
  const unknown = argv.slice(1).find((word) => word.startsWith("-") && !["-r", "--readonly", "--boot"].includes(word));
  if ((wanted.length === 0 && !boot) || unknown !== undefined) {
    yield* io.stderr("Usage: cryptdisks_start [-r|--readonly] <name> [<name> ..]\n\nreads /etc/crypttab and starts the mapping corresponding to <name>\n");
    return 1;
  }
  const lines = yield* crypttab(sys);
  let status = 0;
  for (const name of boot ? lines.filter((line) => !line.options.includes("noauto")).map((line) => line.name) : wanted) {
    const line = lines.find((one) => one.name === name);
    io.out.put(`Starting crypto disk...${name} (starting)...`);
    const fail = (why: string): void => {
      io.out.put(`${name} (failed)...failed.\n`);
      if (why !== "") io.out.put(`${why}\n`);
      status = 1;
    };
    if (!line) {
      fail(`target '${name}' not found in /etc/crypttab`);
      continue;
    }
    if (yield* mappedNamed(sys, name)) {
      io.out.put(`${name} (running)...done.\n`);
      continue;
    }
    const source = yield* sourceOf(sys, line);
    if (source === undefined) {
      fail(`cryptsetup: WARNING: ${name}: skipped, device ${line.source} does not exist`);
      continue;
    }
    yield* io.out.flush();
    const key = yield* keyOf(sys, line, source);
    try {
      if (key === undefined) throw new CryptError("Nothing to read on input.", 1);
      yield* activate(sys, source, name, key);
      io.out.put(`${name} (started)...done.\n`);
    } catch (error) {
      if (!(error instanceof CryptError)) throw error;
      fail(error.message);
    }
  }
  return status;
});
