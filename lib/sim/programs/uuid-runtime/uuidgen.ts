import { uuidText } from "../kit/uuid-text.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";
import { nameUuid, randomUuid, timeUuid, UUID_PATTERN } from "./_uuid.ts";

/** RFC 4122, appendix C: names that uuidgen(1) knows with "@". */
const SPACES: ReadonlyMap<string, string> = new Map([["@dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"], ["@url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"], ["@oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"], ["@x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"]]);

export default utilLinux({
  name: "uuidgen", summary: "make a new UUID", synopsis: ["[options]"],
  options: { random: flag(["-r", "--random"], "a random UUID"), time: flag(["-t", "--time"], "a UUID made of the time"), namespace: text(["-n", "--namespace"], "ns", "a UUID made of a hash, in namespace @dns, @url, @oid, @x500 or a UUID"), name: text(["-N", "--name"], "name", "the name that is hashed"), md5: flag(["-m", "--md5"], "hash by MD5"), sha1: flag(["-s", "--sha1"], "hash by SHA-1"), hex: flag(["-x", "--hex"], "the name is a string of hexadecimal digits") },
  *run({ options, sys }, io: Io) {
    const wrong = (message: string): never => io.usage(message);
    if (options.namespace !== undefined) {
      if (options.name === undefined) wrong("--namespace requires --name argument");
      if (!options.md5 && !options.sha1) wrong("--namespace requires --md5 or --sha1");
    } else {
      if (options.name !== undefined) wrong("--name requires --namespace argument");
      if (options.md5 || options.sha1) wrong("--md5 or --sha1 requires --namespace argument");
    }
    if (options.namespace === undefined || options.name === undefined) {
      io.out.put(`${uuidText(options.time && !options.random ? timeUuid(sys) : randomUuid(sys))}\n`);
      return 0;
    }
    const space = SPACES.get(options.namespace) ?? options.namespace;
    if (space.startsWith("@")) wrong(`unknown namespace alias: '${space}'`);
    if (!UUID_PATTERN.test(space)) wrong(`invalid uuid for namespace: '${space}'`);
    let name: Uint8Array | string = options.name;
    if (options.hex) {
      if (!/^(?:[0-9a-f]{2})*$/i.test(name)) wrong(`not a valid hex string`);
      name = Uint8Array.from(name.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    }
    io.out.put(`${uuidText(nameUuid(options.md5 ? "md5" : "sha1", space, name))}\n`);
    return 0;
  },
});
