import type { DebianPackage } from "../kit/package.ts";

const ncursesBin: DebianPackage = { name: "ncurses-bin", summary: "programs that ask the terminal database: clear, tput, reset" };

export default ncursesBin;
