import { base64, encodingCommand } from "./_base-encoding.ts";

export default encodingCommand("base64", base64);
