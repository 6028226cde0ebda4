import { edCommand } from "./_ed-command.ts";

export default edCommand("ed", "line-oriented text editor");
