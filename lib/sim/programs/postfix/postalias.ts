import { type Io, program } from "../kit/program.ts";
import { makeAliases } from "./sendmail.ts";

export default program({ name: "postalias", path: "/usr/sbin/postalias", summary: "make and read the tables of mail aliases", synopsis: ["[file_type:]file_name ..."], options: [], operands: "files", seeAlso: ["newaliases(1)", "aliases(5)"] }, function* (sys, argv, io: Io) {
  const wrong = argv.slice(1).find((word) => word.startsWith("-") && !/^-[cdfimnNopqrsuvw]+$/.test(word));
  if (wrong !== undefined || argv.length < 2) {
    yield* io.stderr(`postalias: fatal: usage: postalias [-NfinoprsuUvw] [-c config_dir] [-d key] [-q key] [map_type:]file...\n`);
    return 1;
  }
  let status = 0;
  for (const word of argv.slice(1)) if (!word.startsWith("-")) status ||= yield* makeAliases(sys, io, word.replace(/^[a-z]+:/, ""));
  return status;
});
