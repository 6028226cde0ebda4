import { Sha1 } from "../kit/digest/sha1.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("sha1sum", { tag: "SHA1", hexDigits: 40, make: () => new Sha1() });
