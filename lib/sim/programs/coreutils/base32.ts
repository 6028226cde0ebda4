import { base32, encodingCommand } from "./_base-encoding.ts";

export default encodingCommand("base32", base32);
