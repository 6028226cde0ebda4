// What xauth 1.1.2 and programs of X11 say where there is no X server.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", packages: ["xauth", "x11-utils", "x11-xserver-utils", "x11-xkb-utils", "x11-apps", "xinit"], seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);

test("xauth", () => {
  expect(output("xauth list; xauth add :0 . 0123456789abcdef0123456789abcdef; xauth list; xauth add host:10 MIT-MAGIC-COOKIE-1 aa; xauth nlist; xauth info; xauth add 10.0.0.1:0 . ff; xauth list; od -An -tx1 .Xauthority | head -n 1; xauth extract x.a :0; xauth remove :0; xauth list :0; xauth merge x.a; xauth list :0; xauth foo; xauth -f nosuch list; xauth version; xauth generate :0; xauth add :0; xauth merge nosuch; echo $?; xauth extract x :9; xauth -x 2>&1 | head -n 3; stat -c %A .Xauthority")).toBe(
    "xauth:  file /root/.Xauthority does not exist\nxauth:  file /root/.Xauthority does not exist\ndebian/unix:0  MIT-MAGIC-COOKIE-1  0123456789abcdef0123456789abcdef\nxauth: (argv):1:  bad display name \"host:10\" in \"add\" command\n0100 0006 64656269616e 0001 30 0012 4d49542d4d414749432d434f4f4b49452d31 0010 0123456789abcdef0123456789abcdef\nAuthority file:       /root/.Xauthority\nFile new:             no\nFile locked:          no\nNumber of entries:    1\nChanges honored:      yes\nChanges made:         no\nCurrent input:        (argv):1\n" +
      "debian/unix:0  MIT-MAGIC-COOKIE-1  0123456789abcdef0123456789abcdef\n10.0.0.1:0  MIT-MAGIC-COOKIE-1  ff\n 01 00 00 06 64 65 62 69 61 6e 00 01 30 00 12 4d\ndebian/unix:0  MIT-MAGIC-COOKIE-1  0123456789abcdef0123456789abcdef\nxauth: (argv):1:  unknown command \"foo\"\nxauth:  file nosuch does not exist\n1.1.2\nxauth: (argv):1:  unable to open display \":0\".\nxauth: (argv):1:  bad \"add\" command line\nxauth: (argv):1:  merge:  unable to open file nosuch\n0\nNo matches found, authority file \"x\" not written\nusage:  xauth [-options ...] [command arg ...]\n\nwhere options include:\n-rw-------\n",
  );
});

test("no display", () => {
  expect(output("for c in xhost xset xrandr xrdb xmodmap xsetroot xdpyinfo xwininfo xprop xev xlsclients xkill xlsfonts setxkbmap xeyes xclock; do $c; done; export DISPLAY=:0; for c in xhost xrandr xrdb xdpyinfo xwininfo setxkbmap xeyes; do $c; echo $?; done; startx | head -n 2; ls /etc/X11")).toBe(
    "xhost:  unable to open display \"\"\nusage:  xset [-display host:dpy] option ...\nCan't open display \nxrdb: Can't open display ''\nxmodmap:  unable to open display ''\nxsetroot:  unable to open display ''\nxdpyinfo:  unable to open display \"\".\nxwininfo: error: unable to parse display name \"\"\nxprop:  unable to open display ''\nxev:  unable to open display ''\nxlsclients:  unable to open display \"\"\nxkill:  unable to open display \"\"\nxlsfonts:  unable to open display ''\nCannot open display \"default display\"\nError: Can't open display: \nError: Can't open display: \n" +
      "xhost:  unable to open display \":0\"\n1\nCan't open display :0\n1\nxrdb: Connection refused\nxrdb: Can't open display ':0'\n1\nxdpyinfo:  unable to open display \":0\".\n1\nxwininfo: error: unable to open display \":0\"\n1\nCannot open display \":0\"\n1\nError: Can't open display: :0\n1\nxinit: unable to run server \"X\": No such file or directory\nUse the -- option, or make sure that /usr/bin is in your path and\nthat \"X\" is a program or a link to the right type of server\nfor your display.  Possible server names include:\n\n    Xorg        Common X server for most displays\n    Xvfb        Virtual frame buffer\n    Xfake       kdrive-based virtual frame buffer\n    Xnest       nested X server\n    Xephyr      kdrive-based nested X server\n    Xvnc        X virtual network computing server\n\nxinit: giving up\nXsession\nXsession.d\nXsession.options\nrgb.txt\n",
  );
});
