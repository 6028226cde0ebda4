import { CryptError, deactivate } from "../cryptsetup-bin/_device.ts";
import { type Io, program } from "../kit/program.ts";
import { crypttab } from "./_crypttab.ts";

export default program({
  name: "cryptdisks_stop", path: "/sbin/cryptdisks_stop", manSection: 8, summary: "open and close encrypted devices as /etc/crypttab says", synopsis: ["NAME..."], options: [], operands: "none", showsHelp: true,
}, function* (sys, argv, io: Io) {
  const wanted = argv.slice(1);
  if (wanted.length === 0 || wanted.some((word) => word.startsWith("-"))) {
    yield* io.stderr("Usage: cryptdisks_stop <name> [<name> ..]\n\nreads /etc/crypttab and stops the mapping corresponding to <name>\n");
    return 1;
  }
  const lines = yield* crypttab(sys);
  let status = 0;
  for (const name of wanted) {
    io.out.put(`Stopping crypto disk...${name} (stopping)...`);
    try {
      if (!lines.some((line) => line.name === name)) throw new CryptError(`target '${name}' not found in /etc/crypttab`, 1);
      yield* deactivate(sys, name);
      io.out.put("done.\n");
    } catch (error) {
      if (!(error instanceof CryptError)) throw error;
      io.out.put(`failed.\n${error.message}\n`);
      status = 1;
    }
  }
  return status;
});
