import { type Io, utilLinux } from "../kit/util-linux.ts";
import { changePartition } from "./_partition-call.ts";

export default utilLinux({
  name: "resizepart", path: "/usr/bin/resizepart", manSection: 8, summary: "change the size that the kernel knows of a partition", synopsis: ["<disk device> <partition number> <length>"], options: {}, operands: "files",
  *run({ operands, sys }, io: Io) {
    return yield* changePartition(sys, io, operands, 2, "resize", ([number, sectors]) => ({ number, sectors }));
  },
});
