// arpaname: the name below which the DNS keeps an address's name (BIND 9.18).
import { program } from "../kit/program.ts";
import { reverseNameOf, undotted } from "../kit/dns/names.ts";

export default program({ name: "arpaname", summary: "tell the reverse name of addresses", synopsis: ["ADDRESS..."], options: [], operands: "hosts", showsHelp: true }, function* (_sys, argv, io) {
  for (const word of argv.slice(1)) {
    const name = reverseNameOf(word);
    if (name === undefined) {
      yield* io.stderr(`unrecognized IPv4 / IPv6 address: ${word}\n`);
      return 1;
    }
    io.out.put(`${undotted(name).toUpperCase()}\n`);
  }
  return 0;
});
