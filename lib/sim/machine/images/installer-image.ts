// The installer's disc that a host has: a small ISO 9660 volume, as long as the real one with holes.
import { encode } from "../../kernel/sys.ts";
import { Contents } from "../../kernel/vfs/contents.ts";
import { isoImage } from "../../programs/kit/iso9660-image.ts";
import { installerLabel } from "../guest/installer.ts";

const discBytes = 698_351_616;
const readme = `Debian GNU/Linux 12 for x86-64: a disc to install from.

The installer speaks on the first serial line (virsh console). It asks for a host
name, passwords and a user, or takes the answers from a file preseed.cfg on a
second disc.
`;

export function installerImage(): Contents {
  const bytes = isoImage(installerLabel, [{ name: "README.txt", content: encode(readme) }, { name: "md5sum.txt", content: encode("") }], 1788613887);
  const contents = new Contents();
  contents.write(0, bytes);
  contents.truncate(discBytes);
  return contents;
}
