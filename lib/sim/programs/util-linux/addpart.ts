import { type Io, utilLinux } from "../kit/util-linux.ts";
import { changePartition } from "./_partition-call.ts";

export default utilLinux({
  name: "addpart", path: "/usr/bin/addpart", manSection: 8, summary: "add a partition to those that the kernel knows", synopsis: ["<disk device> <partition number> <start> <length>"], options: {}, operands: "files",
  *run({ operands, sys }, io: Io) {
    return yield* changePartition(sys, io, operands, 3, "add", ([number, startSector, sectors]) => ({ number, startSector, sectors }));
  },
});
