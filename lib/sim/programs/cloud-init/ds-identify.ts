// ds-identify: which data source this machine has; writes /run/cloud-init/cloud.cfg and its log.
import { identify } from "../../daemons/cloud-init/api.ts";
import { flag, program } from "../kit/program.ts";

export default program(
  { name: "ds-identify", path: "/usr/lib/cloud-init/ds-identify", summary: "tell which data source of cloud-init is there", synopsis: ["[--force]"], options: [flag(["--force"], "look again")], manSection: 8 },
  function* (sys, argv) {
    return yield* identify(sys, argv.includes("--force"));
  },
);
