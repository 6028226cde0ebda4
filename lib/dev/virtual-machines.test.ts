// What a beginner types at a terminal about virtual machines, where no recording exists: consoles, ^C, Tab, an editor.
import { expect, test } from "vitest";
import { createWorld } from "../sim/world/world.ts";
import { TerminalDriver } from "./terminal-driver.ts";

function driver(): TerminalDriver {
  const world = createWorld({ host: "debian-12-virt", seed: 7, epochUs: 1_795_295_310_000_000 });
  world.step(3_000_000, 1e9);
  const terminal = new TerminalDriver(world, { rows: 40, cols: 100, login: true });
  terminal.start();
  terminal.run("virsh -q net-start default; cp /var/lib/libvirt/images/guest.qcow2 /srv/g.qcow2");
  return terminal;
}

/** The last lines of a screen. */
function end(screen: readonly string[], count: number): string {
  return screen.map((row) => row.trimEnd()).join("\n").trimEnd().split("\n").slice(-count).join("\n");
}

const install = "virt-install --name web --memory 256 --import --disk /srv/g.qcow2 --osinfo debian11";

test("virt-install goes to the console, ^] comes back", () => {
  const terminal = driver();
  terminal.run("clear");
  expect(end(terminal.keys(`${install} --graphics none\r`).screen, 5)).toMatchInlineSnapshot(`
    "Starting install...
    Creating domain...                                                           |    0 B  00:00:00
    Running text console command: virsh --connect qemu:///system console web
    Connected to domain 'web'
    Escape character is ^] (Ctrl + ])"
  `);
  terminal.wait(3);
  terminal.keys("\x1d");
  expect(end(terminal.wait(3).screen, 2)).toBe("Domain creation completed.\nroot@debian:~#");
  expect(terminal.run("virsh domstate web").output).toBe("running\n\n");
});

test("virt-install with graphics and no viewer waits until ^C; the machine goes on", () => {
  const terminal = driver();
  terminal.run("clear");
  terminal.keys(`${install}\r`);
  expect(end(terminal.wait(2).screen, 8)).toMatchInlineSnapshot(`
    "-viewer' package.
    WARNING  No console to launch for the guest, defaulting to --wait -1

    Starting install...
    Creating domain...                                                           |    0 B  00:00:00

    Domain is still running. Installation may be in progress.
    Waiting for the installation to complete."
  `);
  expect(end(terminal.keys("\x03").screen, 3)).toBe("^CDomain install interrupted.\nInstallation aborted at user request\nroot@debian:~#");
  expect(terminal.run("virsh domstate web").output).toBe("running\n\n");
});

test("Tab knows domains by their state, networks and disks", () => {
  const terminal = driver();
  terminal.run(`${install} -q --graphics none --noautoconsole`);
  terminal.run("virsh -q define <(virsh dumpxml web | sed 's/>web</>db</; /uuid/d; /<mac/d')");
  const completed = (typed: string): string => end(terminal.keys(`\x15${typed}\t`).screen, 1);
  expect(["virsh start ", "virsh shutd", "virsh shutdown ", "virsh net-destroy ", "virsh detach-disk web "].map(completed)).toEqual(["root@debian:~# virsh start db", "root@debian:~# virsh shutdown", "root@debian:~# virsh shutdown web", "root@debian:~# virsh net-destroy default", "root@debian:~# virsh detach-disk web vda"]);
});

test("virsh edit asks what to do with XML that libvirt refuses", () => {
  const terminal = driver();
  terminal.run(`${install} -q --graphics none --noautoconsole; clear`);
  terminal.keys("EDITOR=nano virsh edit web\r");
  expect(end(terminal.keys("<\x0f\r\x18").screen, 4)).toBe("error: (domain_definition):1: StartTag: invalid element name\n(null)\n^\nFailed. Try again? [y,n,i,f,?]:");
  // the same file again: the letter goes, and nothing has changed
  expect(end(terminal.keys("y").screen, 40)).toContain("<<domain");
  terminal.keys("\x1b[3~\x0f\r\x18");
  expect(end(terminal.wait(1).screen, 3)).toBe("Domain 'web' XML configuration not changed.\n\nroot@debian:~#");
  expect(terminal.run("ls /tmp/virsh* 2>/dev/null").output).toBe("");
});

test("a machine larger than its host does not start, and nothing of it is left", () => {
  const terminal = driver();
  const { output, status } = terminal.run("virt-install --name huge --memory 64000 --pxe --disk size=1 --osinfo debian11 --graphics none --noautoconsole 2>&1 | sed 's/2026-[^ ]* //'; virsh -q list --all; ls /var/lib/libvirt/images");
  expect(status).toBe(0);
  expect(output).toMatchInlineSnapshot(`
    "WARNING  KVM acceleration not available, using 'qemu'

    Starting install...
    Allocating 'huge.qcow2'                                                      |    0 B  00:00:00     
    Removing disk 'huge.qcow2'                                                   |    0 B  00:00:00     
    ERROR    internal error: process exited while connecting to monitor: qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory
    Domain installation does not appear to have been successful.
    If it was, you can restart your domain by running:
      virsh --connect qemu:///system start huge
    otherwise, please restart your installation.
    guest.qcow2
    "
  `);
});

test("a full disk", () => {
  const terminal = driver();
  terminal.run("fallocate -l 5G /big; virsh -q pool-create-as p dir --target /srv/p --build");
  expect(terminal.run("qemu-img create -q -f raw -o preallocation=full /d.img 1G; stat -c %s /d.img; virsh vol-create-as p a.img 2G; ls /srv/p; virsh -q vol-create-as p s.qcow2 2G --format qcow2; ls /srv/p").output).toMatchInlineSnapshot(`
    "qemu-img: /d.img: Could not write zeros for preallocation: No space left on device
    0
    error: Failed to create vol a.img
    error: cannot allocate 2147483648 bytes in file '/srv/p/a.img': No space left on device

    s.qcow2
    "
  `);
});
