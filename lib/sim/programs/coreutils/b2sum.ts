import { Blake2b } from "../kit/digest/blake2b.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("b2sum", { tag: "BLAKE2b", hexDigits: 128, make: (digestBytes) => new Blake2b(digestBytes) }, { withLength: true });
