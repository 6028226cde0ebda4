import { encode, O, SysError } from "../../kernel/sys.ts";
import { uuidBytes } from "../kit/block-target.ts";
import { probeDevice } from "../kit/probe-device.ts";
import { type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "swaplabel", path: "/sbin/swaplabel", manSection: 8, summary: "show or set a swap area's label and UUID", synopsis: ["[options] <device>"],
  options: { label: text(["-L", "--label"], "label", "the label that the area gets"), uuid: text(["-U", "--uuid"], "uuid", "the UUID that the area gets") }, operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined) io.usage("no device specified");
    let probing = true;
    try {
      const probed = yield* probeDevice(sys, path);
      probing = false;
      if (probed.type !== "swap") io.die(`${path}: not a valid swap partition`);
      if (options.label === undefined && options.uuid === undefined) {
        if (probed.label !== undefined) io.out.put(`LABEL: ${probed.label}\n`);
        if (probed.uuid !== undefined) io.out.put(`UUID:  ${probed.uuid}\n`);
        return 0;
      }
      if (options.uuid !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(options.uuid)) io.die("failed to parse UUID: " + options.uuid);
      const fd = yield* sys.open(path, O.RDWR);
      if (options.uuid !== undefined) yield* sys.pwrite(fd, uuidBytes(options.uuid), 1036);
      if (options.label !== undefined) {
        const bytes = new Uint8Array(16);
        bytes.set(encode(options.label).subarray(0, 16));
        if (encode(options.label).length > 16) yield* io.warn("label is too long. Truncating it to '" + options.label.slice(0, 16) + "'");
        yield* sys.pwrite(fd, bytes, 1052);
      }
      sys.close(fd);
      return 0;
    } catch (error) {
      if (error instanceof SysError) io.die(probing ? `${path}: unable to probe device: ${error.message}` : `cannot open ${path}: ${error.message}`);
      throw error;
    }
  },
});
