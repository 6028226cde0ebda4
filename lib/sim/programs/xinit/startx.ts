// startx and xinit of X.Org, where no X server is installed (package xserver-xorg).
import { exists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";

export default program(
  { name: "xinit", path: "/usr/bin/xinit", links: ["/usr/bin/startx"], summary: "X Window System initializer", synopsis: ["[[client] options] [-- [server] [display] options]"], operands: "none", options: [], description: ["startx starts the X server and the person's session (~/.xinitrc, else /etc/X11/Xsession). This machine has no screen, and no server is simulated."] },
  function* (sys, _, io: Io) {
    if (!exists(sys, "/usr/bin/X")) yield* io.stderr(`${io.argv0.replace(/startx$/, "xinit")}: unable to run server "X": No such file or directory\nUse the -- option, or make sure that /usr/bin is in your path and\nthat "X" is a program or a link to the right type of server\nfor your display.  Possible server names include:\n\n    Xorg        Common X server for most displays\n    Xvfb        Virtual frame buffer\n    Xfake       kdrive-based virtual frame buffer\n    Xnest       nested X server\n    Xephyr      kdrive-based nested X server\n    Xvnc        X virtual network computing server\n\n${io.argv0.replace(/startx$/, "xinit")}: giving up\n`);
    return 1;
  },
);
