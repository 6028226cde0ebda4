import type { Blocking } from "../../kernel/sys.ts";
import { bytesOfBase64 } from "../kit/base64.ts";
import { ByteSource } from "../kit/compression/byte-source.ts";
import { inflate } from "../kit/compression/inflate.ts";
import type { DebianPackage } from "../kit/package.ts";
import { FONTS } from "./_fonts.ts";

/** Inflated at once: the bytes are all there, so nothing can block. */
function inflated(deflated: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  let given = false;
  const source = new ByteSource(function* (): Blocking<Uint8Array> {
    const chunk = given ? new Uint8Array(0) : deflated;
    given = true;
    return chunk;
  });
  const run = inflate(source, function* (bytes): Blocking<void> {
    out.set(bytes, at);
    at += bytes.length;
  });
  while (run.next().done !== true);
  return out;
}

/** One of figlet's control files: the input is UTF-8. */
const UTF8 = "flc2a\n# the input is UTF-8\nu\n";
const UPPER = "flc2a\n# small letters become capitals\nt a-z A-Z\nt \\224-\\246 \\192-\\214\nt \\248-\\254 \\216-\\222\n";

export default {
  name: "figlet", summary: "writes words in large letters made of ordinary ones",
  files: [
    ...FONTS.map(([name, bytes, deflated]) => ({ path: `/usr/share/figlet/${name}.flf`, content: () => inflated(bytesOfBase64(deflated) ?? new Uint8Array(0), bytes), contentBytes: bytes })),
    { path: "/usr/share/figlet/utf8.flc", text: UTF8 }, { path: "/usr/share/figlet/upper.flc", text: UPPER },
  ],
  postInstall: [{ alternative: "figlet", link: "/usr/bin/figlet", path: "/usr/bin/figlet-figlet", priority: 30, slaves: [{ link: "/usr/share/man/man6/figlet.6.gz", name: "figlet.6.gz", path: "/usr/share/man/man6/figlet-figlet.6.gz" }] }],
} satisfies DebianPackage;
