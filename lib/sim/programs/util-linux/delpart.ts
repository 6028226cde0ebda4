import { type Io, utilLinux } from "../kit/util-linux.ts";
import { changePartition } from "./_partition-call.ts";

export default utilLinux({
  name: "delpart", path: "/usr/bin/delpart", manSection: 8, summary: "remove a partition from those that the kernel knows", synopsis: ["<disk device> <partition number>"], options: {}, operands: "files",
  *run({ operands, sys }, io: Io) {
    return yield* changePartition(sys, io, operands, 1, "remove", ([number]) => ({ number }));
  },
});
