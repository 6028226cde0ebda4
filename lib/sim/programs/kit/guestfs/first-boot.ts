// Scripts that a guest runs once, at its next boot (virt-customize(1), --firstboot): a unit, a runner that moves each script away before it runs it, the scripts in order.
import { type Blocking, encode, type Sys } from "../../../kernel/sys.ts";
import { kindOf, makeDirectories, removeIfThere, writeBytes } from "./tree.ts";

const directory = "/usr/lib/virt-sysprep";
const unit = "/usr/lib/systemd/system/guestfs-firstboot.service";
const wanted = "/etc/systemd/system/multi-user.target.wants";

const runner = `#!/bin/sh -

# Runs each script once and forgets it; what they print is in root's home.

todo=${directory}/scripts
done=${directory}/scripts-done
logfile=~root/virt-sysprep-firstboot.log

echo "$0" "$@" 2>&1 | tee -a $logfile
echo "Scripts dir: $todo" 2>&1 | tee -a $logfile

if test "$1" = "start"
then
  mkdir -p $done
  for f in $todo/* ; do
    if test -x "$f"
    then
      mv $f $done
      echo '=== Running' $f '===' 2>&1 | tee -a $logfile
      $done/$(basename $f) 2>&1 | tee -a $logfile
    fi
  done
  rm -f $done/*
fi
`;

const service = `[Unit]
Description=libguestfs firstboot service
After=network.target
Before=prefdm.service

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
