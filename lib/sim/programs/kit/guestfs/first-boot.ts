// Scripts that a guest runs once, at its next boot (virt-customize(1), --firstboot): a unit, a runner that moves each script away before it runs it, the scripts in order.
import { type Blocking, encode, type Sys } from "../../../kernel/sys.ts";
import { kindOf, makeDirectories, removeIfThere, writeBytes } from "./tree.ts";

const directory = "/usr/lib/virt-sysprep";
const unit = "/usr/lib/systemd/system/guestfs-firstboot.service";
const wanted = "/etc/systemd/system/multi-user.target.wants";

const runner = `#!/bin/sh
# Runs what waits here, in the order of its names, each script once. A script is moved away before it begins: one that restarts the machine is not met again.
[ "$1" = start ] || exit 0
cd ${directory} || exit 1
mkdir -p scripts-done
for script in scripts/*; do
  [ -x "$script" ] || continue
  own=scripts-done/\${script#scripts/}
  mv "$script" "$own"
  echo "=== Running \${script#scripts/} ==="
  "$own"
  rm -f "$own"
done 2>&1 | tee -a ~root/virt-sysprep-firstboot.log
`;

const service = `[Unit]
Description=libguestfs firstboot service
After=network.target

[Service]
Type=oneshot
ExecStart=${directory}/firstboot.sh start
RemainAfterExit=yes
StandardOutput=journal+console
StandardError=inherit

[Install]
WantedBy=multi-user.target
`;

export function* addFirstBoot(guest: Sys, name: string, script: string): Blocking<void> {
  makeDirectories(guest, `${directory}/scripts`);
  yield* writeBytes(guest, `${directory}/firstboot.sh`, encode(runner));
  guest.chmod(`${directory}/firstboot.sh`, 0o755);
  if (kindOf(guest, "/etc/systemd/system", true) === "directory") {
    makeDirectories(guest, "/usr/lib/systemd/system");
    yield* writeBytes(guest, unit, encode(service));
    makeDirectories(guest, wanted);
    removeIfThere(guest, `${wanted}/guestfs-firstboot.service`);
    guest.symlink(unit, `${wanted}/guestfs-firstboot.service`);
  }
  const number = guest.readdir(`${directory}/scripts`).length + 1;
  const path = `${directory}/scripts/5000-${String(number).padStart(4, "0")}-${name.replace(/[^a-z0-9_]/gi, "-").slice(0, 60)}`;
  yield* writeBytes(guest, path, encode(script));
  guest.chmod(path, 0o755);
}
