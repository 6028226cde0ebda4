import { deviceOfTag } from "../kit/probe-device.ts";
import { type Io, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "findfs", path: "/sbin/findfs", manSection: 8, summary: "name the device that has a filesystem's label or UUID", synopsis: ["[options] {LABEL,UUID,PARTUUID,PARTLABEL}=<value>"], options: {},
  *run({ operands, sys }, io: Io) {
    const [spec] = operands;
    if (spec === undefined || operands.length > 1) {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 2;
    }
    const device = yield* deviceOfTag(sys, spec);
    if (device === undefined) io.die(`unable to resolve '${spec}'`);
    io.out.put(`${device}\n`);
    return 0;
  },
});
