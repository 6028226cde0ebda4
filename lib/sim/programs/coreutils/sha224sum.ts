import { Sha256 } from "../kit/digest/sha256.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("sha224sum", { tag: "SHA224", hexDigits: 56, make: () => new Sha256(224) });
