// vim.basic 9.0: the version of the package vim, with comparisons of files and with questions where vim.tiny has none. The rest is in vim-tiny.

import { editor } from "../vim-tiny/_main.ts";
import { languages } from "./syntax/languages.ts";

export default editor("vim.basic", languages);
