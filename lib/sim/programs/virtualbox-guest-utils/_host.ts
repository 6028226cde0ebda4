// Whether this is a machine of VirtualBox: its guest device's driver only has a device there.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

export const version = "7.0.20_Debianr163906";

export function* guestDevice(sys: Sys): Blocking<boolean> {
  try {
    sys.close(yield* sys.open("/dev/vboxguest", 2));
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
