import { Sha512 } from "../kit/digest/sha512.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("sha512sum", { tag: "SHA512", hexDigits: 128, make: () => new Sha512() });
