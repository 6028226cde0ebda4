import { Sha256 } from "../kit/digest/sha256.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("sha256sum", { tag: "SHA256", hexDigits: 64, make: () => new Sha256() });
