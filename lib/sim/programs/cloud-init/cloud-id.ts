// cloud-id: the name of the cloud that the instance runs on.
import { readTextFile } from "../kit/accounts.ts";
import { flag, program, text } from "../kit/program.ts";
import { fromJson, isMap, jsonText } from "./_json.ts";
import { readStatus } from "./_status.ts";

export default program(
  { name: "cloud-id", showsHelp: true, summary: "report the cloud of this instance", synopsis: ["[-j] [-l] [-i INSTANCE_DATA]"], options: [flag(["-j", "--json"], "all of the standard data as JSON"), flag(["-l", "--long"], "name and region"), text(["-i", "--instance-data"], "FILE", "file of the instance's data")] },
  function* (sys, argv, io) {
    const { status } = yield* readStatus(sys);
    if (status === "disabled" || status === "not run") {
      io.out.put(`${status}\n`);
      return status === "disabled" ? 2 : 3;
    }
    const at = argv.findIndex((word) => word === "-i" || word === "--instance-data");
    const path = at < 0 ? "/run/cloud-init/instance-data.json" : (argv[at + 1] ?? "");
    const text = yield* readTextFile(sys, path);
    if (text === undefined) {
      yield* io.stderr(`ERROR: File not found '${path}'. Provide a path to instance data json file using --instance-data\n`);
      return 1;
    }
    const data = fromJson(text);
    const v1 = isMap(data) ? data.get("v1") : undefined;
    if (!isMap(v1)) {
      yield* io.stderr(`ERROR: File '${path}' is not valid json.\n`);
      return 1;
    }
    if (argv.includes("-j") || argv.includes("--json")) io.out.put(`${jsonText(v1)}\n`);
    else io.out.put(`${String(v1.get("cloud_id"))}${argv.includes("-l") || argv.includes("--long") ? `\t${String(v1.get("region") ?? "n/a")}` : ""}\n`);
    return 0;
  },
);
