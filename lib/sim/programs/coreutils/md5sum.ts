import { Md5 } from "../kit/digest/md5.ts";
import { checksumCommand } from "./_checksum-command.ts";

export default checksumCommand("md5sum", { tag: "MD5", hexDigits: 32, make: () => new Md5() });
