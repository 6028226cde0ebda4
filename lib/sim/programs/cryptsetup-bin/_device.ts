// An encrypted volume as a device: opening and closing it, for cryptsetup and for the scripts that read /etc/crypttab.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { deviceNumbers, mapDevice, mappedDevices, type MappedDevice, unmapDevice } from "../kit/device-mapper.ts";
import { attachLoop } from "../kit/loop-device.ts";
import { DATA_OFFSET, type LuksHeader, openSlot, readHeader } from "../kit/luks-header.ts";

export class CryptError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export interface Opened {
  readonly fd: number;
  readonly header: LuksHeader;
  readonly sizeBytes: number;
  readonly isDevice: boolean;
}

/** Errors: CryptError when it is no LUKS device or cannot be opened. */
export function* openLuks(sys: Sys, path: string, writable: boolean): Blocking<Opened> {
  try {
    const target = yield* openBlockTarget(sys, path, false);
    let { fd } = target;
    if (writable) {
      sys.close(fd);
      fd = yield* sys.open(path, 2);
    }
    const header = yield* readHeader(sys, fd);
    if (!header) {
      sys.close(fd);
      throw new CryptError(`Device ${path} is not a valid LUKS device.`, 1);
    }
    return { fd, header, sizeBytes: target.sizeBytes, isDevice: target.isDevice };
  } catch (error) {
    if (error instanceof SysError) throw new CryptError(`Device ${path} does not exist or access denied.`, 4);
    throw error;
  }
}

export function* mappedNamed(sys: Sys, name: string): Blocking<MappedDevice | undefined> {
  try {
    return (yield* mappedDevices(sys)).find((one) => one.name === name);
  } catch (error) {
    if (error instanceof SysError) throw new CryptError("Cannot initialize device-mapper, running as non-root user.", 1);
    throw error;
  }
}

/** Makes /dev/mapper/NAME; the number of the slot that the passphrase opened. Errors: CryptError. */
export function* activate(sys: Sys, path: string, name: string, passphrase: Uint8Array, only?: number): Blocking<number> {
  if (yield* mappedNamed(sys, name)) throw new CryptError(`Device ${name} already exists.`, 5);
  const { fd, header, sizeBytes, isDevice } = yield* openLuks(sys, path, false);
  let loopFd: number | undefined;
  try {
    const found = yield* openSlot(sys, fd, header, passphrase, only);
    if (!found) throw new CryptError("No key available with this passphrase.", 2);
    // a file gets a loop device, which goes with the mapping
    const loop = isDevice ? undefined : yield* attachLoop(sys, { file: path, autoclear: true });
    loopFd = loop?.fd;
    const numbers = deviceNumbers(sys, loop?.device ?? path);
    const holders = (yield* mappedDevices(sys)).some((one) => one.below.some((below) => `${below.major}:${below.minor}` === numbers));
    if (holders) throw new CryptError(`Cannot use device ${path} which is in use (already mapped or mounted).`, 5);
    yield* mapDevice(sys, name, `CRYPT-LUKS2-${header.uuid.replaceAll("-", "")}-${name}`, [{ startSector: 0, sectors: Math.floor((sizeBytes - DATA_OFFSET) / 512), type: "crypt", params: `aes-xts-plain64 ${hex(found.key)} 0 ${numbers} ${DATA_OFFSET / 512}` }]);
    return found.number;
  } catch (error) {
    if (error instanceof SysError) throw new CryptError(`device-mapper: reload ioctl on ${name} failed: ${error.message}`, 1);
    throw error;
  } finally {
    sys.close(fd);
    if (loopFd !== undefined) sys.close(loopFd);
  }
}

/** Errors: CryptError. */
export function* deactivate(sys: Sys, name: string): Blocking<void> {
  if (!(yield* mappedNamed(sys, name))) throw new CryptError(`Device ${name} is not active.`, 4);
  try {
    yield* unmapDevice(sys, name);
  } catch (error) {
    if (error instanceof SysError) throw new CryptError(`Device ${name} is still in use.`, 5);
    throw error;
  }
}
