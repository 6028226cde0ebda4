// lp: prints files, or changes jobs that wait (lp(1) of CUPS).
import { CONNECTION, cups, tell } from "./_client.ts";
import { submit } from "./_submit.ts";

export default cups({
  name: "lp", summary: "print files", usage: ["[options] [--] [file(s)]", "[options] -i id"],
  options: [["-c", "Keep a copy of the files (always done)"], ["-d destination", "The queue to print on"], ...CONNECTION, ["-H when", "hold, immediate, resume, restart, or a time"], ["-i id", "The job to change"], ["-m", "Tell by mail when it is printed"], ["-n num-copies", "How many copies"], ["-o option[=value]", "An option of the printer (sides=, media=, number-up=...)"], ["-P page-list", "The pages to print"], ["-q priority", "Priority from 1 to 100 (50)"], ["-s", "Say nothing"], ["-t title", "A name for the job"]],
  description: ["Without files, standard input is printed. The queue is that of -d, of the variables LPDEST or PRINTER, of lpoptions -d, or the server's default (lpadmin -d)."],
  *run({ sys, operands, has, value }, io) {
    const copies = Number(value("n") ?? 1);
    if (!Number.isInteger(copies) || copies < 1) {
      yield* io.stderr(`lp: Error - copies must be 1 or more.\n`);
      return 1;
    }
    const priority = Number(value("q") ?? 50);
    if (!Number.isInteger(priority) || priority < 1 || priority > 100) {
      yield* io.stderr("lp: Error - priority must be between 1 and 100.\n");
      return 1;
    }
    const when = value("H");
    const id = value("i");
    if (id !== undefined) {
      const job = Number(id.slice(id.lastIndexOf("-") + 1));
      if (!Number.isInteger(job) || job < 1) {
        yield* io.stderr(`lp: Error - bad job ID.\n`);
        return 1;
      }
      if (operands.length > 0) {
        yield* io.stderr("lp: Error - cannot print files and alter jobs simultaneously.\n");
        return 1;
      }
      const reply = yield* tell(sys, { op: "change", job, ...(has("q") && { priority }), ...(has("n") && { copies }), ...(has("t") && { title: value("t") ?? "" }), ...(when !== undefined && { hold: when === "restart" ? "restart" as const : when === "resume" || when === "immediate" ? "resume" as const : "hold" as const }) });
      if (reply.error === undefined) return 0;
      yield* io.stderr(`lp: ${has("H") && when === "restart" ? "job-restart" : "set-job-attributes"} failed: ${reply.error}\n`);
      return 1;
    }
    const sent = yield* submit(io, { destination: value("d"), files: operands, title: value("t"), copies, priority, hold: when !== undefined && when !== "immediate" && when !== "resume" });
    if (sent === undefined) return 1;
    if (!has("s")) io.out.put(`request id is ${sent.printer}-${sent.id} (${operands.filter((file) => file !== "-").length} file(s))\n`);
    return 0;
  },
});
