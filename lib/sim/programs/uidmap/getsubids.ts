// getsubids of shadow 4.13: the subordinate ranges of a user.
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { subordinateRanges } from "./_map.ts";

export default program(
  { name: "getsubids", showsHelp: true, summary: "list the subordinate ID ranges of a user", synopsis: ["[-g] USER"], options: [flag(["-g"], "those of group IDs")], operands: "users", exitStatuses: [["0", "he has some"], ["1", "he has none, or the call is wrong"]], seeAlso: ["subuid(5)", "subgid(5)"] },
  function* (sys, argv, io: Io) {
    const [, first, second] = argv;
    const isGroup = first === "-g";
    const name = isGroup ? second : first;
    if (name === undefined || (isGroup ? argv.length !== 3 : argv.length !== 2)) {
      yield* io.stderr("Usage: getsubids [-g] user\n    list subuid ranges for user\n    pass -g to list subgid ranges\n");
      return 1;
    }
    const user = (yield* Accounts.read(sys)).userByName(name);
    const ranges = yield* subordinateRanges(sys, isGroup ? "/etc/subgid" : "/etc/subuid", name, user?.uid ?? -1);
    if (ranges.length === 0) {
      yield* io.stderr("Error fetching ranges\n");
      return 1;
    }
    for (const [index, range] of ranges.entries()) io.out.put(`${index}: ${name} ${range.start} ${range.count}\n`);
    return 0;
  },
);
