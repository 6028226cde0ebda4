// What pvcreate does to one device; vgcreate and vgextend do it too.
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { fail } from "./_error.ts";
import { type Lvm, newId } from "./_lvm.ts";
import { labelBytes, SECTOR } from "./_metadata.ts";

/** Makes a device a physical volume; asks before it wipes what is there. Errors: LvmError. */
export function* createPv(lvm: Lvm, device: string, yes: boolean, force: number): Blocking<{ readonly id: string; readonly sectors: number }> {
  const { sys } = lvm;
  if (!lvm.isBlockDevice(device)) fail(`No device found for ${device}.`);
  const known = (yield* lvm.pvs()).find((one) => one.device === device);
  if (known?.group && force < 2) fail(`Can't initialize physical volume "${device}" of volume group "${known.group.name}" without -ff\n${device}: physical volume not initialized.`);
  let fd: number;
  try {
    fd = yield* sys.open(device, O.RDWR | O.EXCL);
  } catch (error) {
    if (error instanceof SysError) return fail(`Can't open ${device} exclusively.  Mounted filesystem?\nCan't open ${device} exclusively.  Mounted filesystem?`);
    throw error;
  }
  const sectors = Math.floor(Number(sys.ioctl(fd, "BLKGETSIZE64")) / SECTOR);
  sys.close(fd);
  if (sectors < 4096) fail(`Device ${device} is too small: ${sectors} sectors (minimum 4096).`.replace(/ \(min.*/, "."));
  const found = yield* probeQuietly(sys, device);
  const signature = found.type ?? found.tableType;
  if (signature !== undefined && signature !== "LVM2_member") {
    const offset = signature.startsWith("ext") ? 1080 : signature === "swap" ? 4086 : signature === "gpt" ? 512 : signature === "dos" ? 510 : 0;
    if (!(yield* lvm.ask(`WARNING: ${signature} signature detected on ${device} at offset ${offset}. Wipe it? [y/n]: `, yes || force > 0))) fail(`Aborted wiping of ${signature}.\n1 existing signature left on the device.`);
    lvm.say(`Wiping ${signature} signature on ${device}.`);
    yield* lvm.write(device, new Uint8Array(4096));
  }
  const id = newId(sys);
  yield* lvm.write(device, labelBytes(id, sectors, undefined));
  lvm.say(`Physical volume "${device}" successfully created.`);
  return { id, sectors };
}
