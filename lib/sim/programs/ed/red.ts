import { edCommand } from "./_ed-command.ts";

export default edCommand("red", "line-oriented text editor, restricted to one directory");
