// vim.tiny 9.0, also called vi, view and ex. As vi it is Vi-compatible, as Debian's vimrc.tiny says.

import { editor } from "./_main.ts";

export default editor("vim.tiny");
