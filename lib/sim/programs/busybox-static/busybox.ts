// The file /bin/busybox. What runs is put together by the machine (machine/busybox-programs.ts), which gives it the programs that applets
// share with other packages and the shell.
import type { Command } from "../kit/command.ts";
import { makeBusybox } from "./_make-busybox.ts";

const busybox: Command = {
  name: "busybox",
  path: "/bin/busybox",
  declaration: {
    name: "busybox", summary: "one binary with many Unix tools", synopsis: ["APPLET [ARGUMENT]...", "--list[-full]", "--install [-s] [DIR]"], options: [],
    description: ["Called by the name of an applet (through a link) or with it as first argument, it works as that tool. `busybox APPLET --help` shows its usage."],
  },
  program: makeBusybox({ shared: () => undefined, shell: undefined }),
};
export default busybox;
