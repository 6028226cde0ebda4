import type { DebianPackage } from "../kit/package.ts";
import { HELP_TEXT } from "./_help.ts";

const vimrcTiny = `" Settings of Vim when it is called vi or ex: as the editor that POSIX describes.
" The manual's page "compatible-default" tells what that changes.
set compatible
`;

const alternatives = ["editor", "ex", "rview", "vi", "view"].map((name) => ({ alternative: name, link: `/usr/bin/${name}`, path: "/usr/bin/vim.tiny", priority: 15 }));

const vimTiny: DebianPackage = {
  name: "vim-tiny",
  summary: "Vi IMproved, the small version that gives every system a vi",
  files: [
    { path: "/etc/vim/vimrc.tiny", text: vimrcTiny, conffile: true },
    { path: "/usr/share/vim/vim90/doc/help.txt", text: HELP_TEXT },
  ],
  postInstall: alternatives,
};

export default vimTiny;
