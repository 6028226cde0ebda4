import { encode } from "../../kernel/sys.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { Sha1 } from "../kit/digest/sha1.ts";
import { uuidText } from "../kit/probe-device.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

/** RFC 4122, appendix C: names that uuidgen(1) knows with "@". */
const SPACES: ReadonlyMap<string, string> = new Map([["@dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"], ["@url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"], ["@oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"], ["@x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"]]);

export default utilLinux({
  name: "uuidgen", summary: "create a new UUID value", synopsis: ["[options]"],
  options: { random: flag(["-r", "--random"], "generate random-based uuid"), time: flag(["-t", "--time"], "generate time-based uuid"), namespace: text(["-n", "--namespace"], "ns", "generate hash-based uuid in this namespace"), name: text(["-N", "--name"], "name", "generate hash-based uuid from this name"), md5: flag(["-m", "--md5"], "generate md5 hash"), sha1: flag(["-s", "--sha1"], "generate sha1 hash"), hex: flag(["-x", "--hex"], "interpret name as hex string") },
  *run({ options, sys }, io: Io) {
    let bytes = sys.random(16).slice();
    let version = 4;
    if (options.md5 || options.sha1) {
      if (options.namespace === undefined || options.name === undefined) {
        yield* io.stderr(`${io.argv0}: --namespace and --name arguments required\nTry '${io.argv0} --help' for more information.\n`);
        return 1;
      }
      const space = SPACES.get(options.namespace) ?? options.namespace;
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(space)) io.die(`invalid uuid for namespace: '${options.namespace}'`);
      const digits = space.replaceAll("-", "");
      const hasher = options.md5 ? new Md5() : new Sha1();
      hasher.update(Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16)));
      hasher.update(encode(options.name));
      bytes = hasher.digest().slice(0, 16);
      version = options.md5 ? 3 : 5;
    } else if (options.time) {
      // 100 ns units since 1582-10-15
      const stamp = BigInt(Math.floor(sys.clockUs("realtime"))) * 10n + 0x01b21dd213814000n;
      for (let index = 0; index < 4; index++) bytes[index] = Number((stamp >> BigInt(8 * (3 - index))) & 255n);
      for (let index = 0; index < 2; index++) bytes[4 + index] = Number((stamp >> BigInt(32 + 8 * (1 - index))) & 255n);
      for (let index = 0; index < 2; index++) bytes[6 + index] = Number((stamp >> BigInt(48 + 8 * (1 - index))) & 255n);
      version = 1;
    }
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    io.out.put(`${uuidText(bytes)}\n`);
    return 0;
  },
});
