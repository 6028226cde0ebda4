import { hexdumpCommand } from "./_hexdump-command.ts";

export default hexdumpCommand("hexdump");
