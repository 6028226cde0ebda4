import type { DebianPackage } from "../kit/package.ts";

const alternatives = ["editor", "ex", "rview", "rvim", "vi", "view", "vim", "vimdiff"].map((name) => ({ alternative: name, link: `/usr/bin/${name}`, path: "/usr/bin/vim.basic", priority: name === "editor" ? 50 : 30 }));

const vim: DebianPackage = {
  name: "vim",
  summary: "Vi IMproved, the enhanced editor",
  files: [],
  postInstall: alternatives,
};

export default vim;
