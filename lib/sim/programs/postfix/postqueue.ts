import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { listQueue } from "./_list-queue.ts";
import { wakeMaster } from "./_submit.ts";

export default program({ name: "postqueue", path: "/usr/sbin/postqueue", summary: "Postfix queue control", synopsis: ["-f", "-p", "-i queue_id"], options: [flag(["-f"], "try the whole queue again"), flag(["-p"], "list the queue"), text(["-i"], "queue_id", "try this message again")], operands: "none", seeAlso: ["mailq(1)", "postsuper(1)"] }, function* (sys, argv, io: Io) {
  if (argv[1] === "-p") return yield* listQueue(io);
  if (argv[1] === "-f" || argv[1] === "-i") {
    if (yield* wakeMaster(sys, "flush")) return 0;
    yield* io.stderr("postqueue: warning: Mail system is down -- access queue directly\n");
    return 1;
  }
  yield* io.stderr("postqueue: fatal: usage: postqueue -f | postqueue -i queueid | postqueue -j | postqueue -p | postqueue -s site\n");
  return 1;
});
