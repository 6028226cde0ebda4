// What cryptsetup does with a volume that is open: resize, luksSuspend, luksResume; and benchmark, whose speeds are those of a usual processor with AES instructions.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { mapperRequest } from "../kit/device-mapper.ts";
import type { Io } from "../kit/program.ts";
import { CryptError, mappedNamed } from "./_device.ts";

function* active(sys: Sys, name: string) {
  const device = yield* mappedNamed(sys, name);
  if (!device) throw new CryptError(`Device ${name} is not active.`, 4);
  return device;
}

/** `sectors`: undefined is all that the device below has. Errors: CryptError. */
export function* resize(sys: Sys, name: string, sectors: number | undefined): Blocking<void> {
  const device = yield* active(sys, name);
  const [target] = device.targets;
  if (target?.type !== "crypt") throw new CryptError(`Device ${name} is not active.`, 4);
  const [, , , numbers = "", offset = "0"] = target.params.split(" ");
  const below = Number(yield* readTextFile(sys, `/sys/dev/block/${numbers}/size`)) - Number(offset);
  const wanted = sectors ?? below;
  if (wanted > below || wanted <= 0) throw new CryptError(`Device ${name} is too small.`, 1);
  try {
    yield* mapperRequest(sys, "DM_TABLE_LOAD", { name, targets: [{ ...target, sectors: wanted }] });
  } catch (error) {
    if (error instanceof SysError) throw new CryptError(`device-mapper: reload ioctl on ${name} failed: ${error.message}`, 1);
    throw error;
  }
}

/** Errors: CryptError. */
export function* suspend(sys: Sys, name: string): Blocking<void> {
  const device = yield* active(sys, name);
  if (device.suspended) throw new CryptError(`Volume ${name} is already suspended.`, 1);
  yield* mapperRequest(sys, "DM_DEV_SUSPEND", { name, suspended: true });
}

/** Errors: CryptError. */
export function* resume(sys: Sys, name: string): Blocking<void> {
  const device = yield* active(sys, name);
  if (!device.suspended) throw new CryptError(`Volume ${name} is not suspended.`, 1);
  yield* mapperRequest(sys, "DM_DEV_SUSPEND", { name, suspended: false });
}

const HASHES: readonly (readonly [string, number])[] = [["sha1", 1_685_813], ["sha256", 3_266_591], ["sha512", 1_497_965], ["ripemd160", 748_982], ["whirlpool", 696_265]];
const CIPHERS: readonly (readonly [cipher: string, bits: number, encryption: string, decryption: string])[] = [
  ["aes-cbc", 128, "1103.6", "3421.8"], ["serpent-cbc", 128, "98.4", "702.5"], ["twofish-cbc", 128, "211.9", "392.3"], ["aes-cbc", 256, "842.1", "2764.0"], ["serpent-cbc", 256, "99.8", "703.1"], ["twofish-cbc", 256, "214.4", "392.6"],
  ["aes-xts", 256, "3318.2", "3297.6"], ["serpent-xts", 256, "608.7", "617.4"], ["twofish-xts", 256, "364.2", "371.9"], ["aes-xts", 512, "2722.5", "2716.3"], ["serpent-xts", 512, "612.8", "616.1"], ["twofish-xts", 512, "367.0", "371.2"],
];

export function* benchmark(sys: Sys, io: Io): Blocking<void> {
  io.say("# Tests are approximate using memory only (no storage IO).\n");
  for (const [name, speed] of HASHES) {
    yield* io.out.flush();
    yield* sys.sleep(500_000);
    io.out.put(`${`PBKDF2-${name}`.padEnd(16)} ${String(speed).padStart(7)} iterations per second for 256-bit key\n`);
  }
  for (const name of ["argon2i", "argon2id"]) {
    yield* io.out.flush();
    yield* sys.sleep(2_000_000);
    io.say(`${name.padEnd(10)} ${String(4).padStart(4)} iterations, 311461 memory, 4 parallel threads (CPUs) for 256-bit key (requested 2000 ms time)\n`);
  }
  io.out.put("#     Algorithm |       Key |      Encryption |      Decryption\n");
  for (const [cipher, bits, encryption, decryption] of CIPHERS) {
    yield* io.out.flush();
    yield* sys.sleep(200_000);
    io.out.put(`${cipher.padStart(15)}   ${`${bits}b`.padStart(9)}   ${`${encryption} MiB/s`.padStart(15)}   ${`${decryption} MiB/s`.padStart(15)}\n`);
  }
}
