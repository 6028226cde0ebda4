import { Sha512 } from "../kit/digest/sha512.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("sha384sum", { tag: "SHA384", hexDigits: 96, make: () => new Sha512(384) });
