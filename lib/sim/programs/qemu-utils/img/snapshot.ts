import { encode } from "../../../kernel/sys.ts";
import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";
import { probedWarning } from "./resize.ts";
import { snapshotTable } from "./_snapshot-table.ts";

export const snapshot: Subcommand = {
  name: "snapshot",
  summary: "list, make, apply and delete snapshots inside an image",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "a:c:d:hlqU", ["image-opts", "force-share", "object="]);
    const actions = (["a", "c", "d", "l"] as const).filter((one) => parsed.has(one));
    if (actions.length > 1) throw new ImgFailure("Cannot mix '-l', '-a', '-c', '-d'", { usage: true });
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const [action = "l"] = actions;
    const name = parsed.get(action) ?? "";
    const opened = yield* openFor(sys, path, { writable: action !== "l", forceShare: parsed.has("U") });
    const { image } = opened;
    if (opened.probed && image.format === "raw" && action !== "l") yield* sys.write(2, encode(probedWarning(path)));
    try {
      if (!(image instanceof Qcow2Image)) {
        if (action === "l") return 0;
        const verb = action === "c" ? "create" : action === "a" ? "apply" : "delete";
        throw new ImgFailure(action === "d" ? `Could not delete snapshot '${name}': snapshot not found` : `Could not ${verb} snapshot '${name}': -95 (Operation not supported)`);
      }
      if (action === "l") {
        if (image.snapshots.length > 0) yield* out(`Snapshot list:\n${snapshotTable(image.snapshots)}`);
        return 0;
      }
      if (action === "c") {
        yield* image.createSnapshot(name, Math.floor(sys.clockUs("realtime") / 1e6));
        return 0;
      }
      const found = image.findSnapshot(name);
      if (found === undefined) throw new ImgFailure(action === "a" ? `Could not apply snapshot '${name}': -2 (No such file or directory)` : `Could not delete snapshot '${name}': snapshot not found`);
      if (action === "a") yield* image.applySnapshot(found);
      else yield* image.deleteSnapshot(found);
      return 0;
    } finally {
      opened.close();
    }
  },
};
