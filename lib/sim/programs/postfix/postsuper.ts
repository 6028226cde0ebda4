import { text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { dropMessage, queued, storeMessage } from "./_queue.ts";

export default program({ name: "postsuper", path: "/usr/sbin/postsuper", summary: "Postfix superintendent", synopsis: ["[-d queue_id|ALL] [-h queue_id|ALL] [-H queue_id|ALL] [-r queue_id|ALL]"], options: [text(["-d"], "queue_id", "delete the message, or ALL"), text(["-h"], "queue_id", "hold it"), text(["-H"], "queue_id", "let it go on"), text(["-r"], "queue_id", "queue it again")], operands: "none", seeAlso: ["postqueue(1)", "mailq(1)"] }, function* (sys, argv, io: Io) {
  const [, option = "", id = ""] = argv;
  if (sys.getcred().euid !== 0) {
    yield* io.stderr("postsuper: fatal: use of this command is reserved for the superuser\n");
    return 1;
  }
  if (!/^-[dhHr]$/.test(option) || id === "") {
    yield* io.stderr("postsuper: fatal: usage: postsuper [-c config_dir] [-d queue_id (delete)] [-h queue_id (hold)] [-H queue_id (un-hold)] [-p (purge temporary files)] [-r queue_id (requeue)] [-s (structure fix)] [-S (redundant structure fix)] [-v (verbose)] [queue...]\n");
    return 1;
  }
  let count = 0;
  for (const folder of option === "-h" ? (["maildrop", "deferred"] as const) : option === "-H" ? (["hold"] as const) : (["maildrop", "deferred", "hold"] as const)) {
    for (const message of yield* queued(sys, folder)) {
      if (id !== "ALL" && message.id !== id) continue;
      count++;
      dropMessage(sys, folder, message.id);
      if (option === "-h") yield* storeMessage(sys, "hold", message);
      else if (option !== "-d") yield* storeMessage(sys, "deferred", message);
      if (id !== "ALL") yield* io.stderr(`postsuper: ${message.id}: ${{ "-d": "removed", "-h": "placed on hold", "-H": "released from hold", "-r": "requeued" }[option] ?? ""}\n`);
    }
  }
  if (count > 0) yield* io.stderr(`postsuper: ${{ "-d": "Deleted", "-h": "Placed on hold", "-H": "Released from hold", "-r": "Requeued" }[option] ?? ""}: ${count} message${count === 1 ? "" : "s"}\n`);
  return 0;
});
