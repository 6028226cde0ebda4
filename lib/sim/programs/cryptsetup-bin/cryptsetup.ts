// cryptsetup: LUKS2 volumes on the crypt target of the device mapper (cryptsetup(8), 2.6.1).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { newUuid, openBlockTarget, sizeOfWord } from "../kit/block-target.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { addSlot, DATA_OFFSET, digestOf, type KeySlot, KEYSLOTS_BYTES, type LuksHeader, MOST_SLOTS, openSlot, readHeader, removeSlot, writeHeader } from "../kit/luks-header.ts";
import { mountSource, probeQuietly } from "../kit/probe-device.ts";
import { readMounts } from "../kit/mounts.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { benchmark, resize, resume, suspend } from "./_active.ts";
import { activate, CryptError, deactivate, mappedNamed, openLuks } from "./_device.ts";

const OPTIONS = {
  keyFile: text(["-d", "--key-file"], "FILE", "read the passphrase from a file, - is standard input"), name: text(["--label"], "LABEL", "label of the new volume"), uuid: text(["--uuid"], "UUID", "UUID of the new volume"), batch: flag(["-q", "--batch-mode"], "do not ask"), verbose: flag(["-v", "--verbose"], "say more"), verify: flag(["-y", "--verify-passphrase"], "ask twice"), slot: text(["-S", "--key-slot"], "NUMBER", "this key slot"),
  type: text(["-M", "--type"], "luks|luks2", "kind of the volume"), cipher: text(["-c", "--cipher"], "CIPHER", "taken: aes-xts-plain64"), keySize: text(["-s", "--key-size"], "BITS", "taken: 512"), hash: text(["-h", "--hash"], "HASH", "taken: sha256"), iterTime: text(["-i", "--iter-time"], "MSECS", "taken"), pbkdf: text(["--pbkdf"], "NAME", "taken: argon2id"), pbkdfMemory: text(["--pbkdf-memory"], "KIB", "taken"), sector: text(["--sector-size"], "BYTES", "taken: 512"), random: flag(["--use-random", "--use-urandom"], "taken"),
  sectors: text(["-b", "--size"], "SECTORS", "how many sectors the volume is to have (resize)"), deviceSize: text(["--device-size"], "BYTES", "the same in bytes, or with a unit"), subsystem: text(["--subsystem"], "NAME", "taken"),
  test: flag(["--test-passphrase"], "only try the passphrase"), tries: text(["-T", "--tries"], "NUMBER", "how often a passphrase is asked for, 3"), readOnly: flag(["-r", "--readonly"], "taken"), discards: flag(["--allow-discards"], "taken"), persistent: flag(["--persistent"], "taken"), backup: text(["--header-backup-file"], "FILE", "the file of luksHeaderBackup and luksHeaderRestore"), deferred: flag(["--deferred"], "taken"), newKeyFile: text(["--new-keyfile"], "FILE", "the new passphrase's file"),
  header: unsimulated(["--header"], "a header apart from the data", "the header is on the device"), integrity: unsimulated(["-I", "--integrity"], "with sums of the data", "dm-integrity is not simulated"), master: unsimulated(["--dump-volume-key", "--dump-master-key"], "print the volume key", "it is shown to nobody here"),
} as const;

interface Call {
  readonly keyFile: string | undefined;
  readonly batch: boolean;
  readonly verbose: boolean;
  readonly verify: boolean;
  readonly tries: string | undefined;
}

function* keyFile(sys: Sys, path: string): Blocking<Uint8Array> {
  if (path === "-") {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  }
  try {
    const fd = yield* sys.open(path, O.RDONLY);
    const parts: Uint8Array[] = [];
    for (let total = 0; total < 8192 * 1024; ) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes.slice());
      total += bytes.length;
    }
    sys.close(fd);
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  } catch (error) {
    if (error instanceof SysError) throw new CryptError("Failed to open key file.", 1);
    throw error;
  }
}

/** A line of standard input, or what is typed at the terminal without echo. Errors: CryptError. */
function* ask(sys: Sys, io: Io, prompt: string, twice: boolean): Blocking<Uint8Array> {
  if (!sys.isatty(0)) {
    const line = yield* io.stdin.line();
    if (line === undefined || line === "") throw new CryptError("Nothing to read on input.", 1);
    return encode(line);
  }
  yield* io.out.flush();
  const answer = yield* askPassword(sys, prompt);
  if (answer.kind !== "text") throw new CryptError("Error reading passphrase from terminal.", 1);
  if (twice) {
    const again = yield* askPassword(sys, "Verify passphrase: ");
    if (again.kind !== "text" || again.text !== answer.text) throw new CryptError("Passphrases do not match.", 2);
  }
  return encode(answer.text);
}

function* passphrase(sys: Sys, io: Io, call: Call, prompt: string, twice = false): Blocking<Uint8Array> {
  return call.keyFile === undefined ? yield* ask(sys, io, prompt, twice || call.verify) : yield* keyFile(sys, call.keyFile);
}

function* confirm(io: Io, sys: Sys, warning: string): Blocking<boolean> {
  yield* io.out.flush();
  if (!sys.isatty(0)) return true;
  yield* io.stderr(`\nWARNING!\n========\n${warning}\n\nAre you sure? (Type 'yes' in capital letters): `);
  return ((yield* io.stdin.line()) ?? "").trim() === "YES";
}

function dumpText(header: LuksHeader): string {
  const hexLines = (bytes: Uint8Array): string => [0, 16].map((from) => [...bytes.subarray(from, from + 16)].map((byte) => `${byte.toString(16).padStart(2, "0")} `).join("")).join("\n\t            ");
  let dump = `LUKS header information\nVersion:       \t2\nEpoch:         \t${header.epoch}\nMetadata area: \t16384 [bytes]\nKeyslots area: \t${KEYSLOTS_BYTES} [bytes]\nUUID:          \t${header.uuid}\nLabel:         \t${header.label === "" ? "(no label)" : header.label}\nSubsystem:     \t(no subsystem)\nFlags:       \t(no flags)\n\nData segments:\n  0: crypt\n\toffset: ${DATA_OFFSET} [bytes]\n\tlength: (whole device)\n\tcipher: aes-xts-plain64\n\tsector: 512 [bytes]\n\nKeyslots:\n`;
  const slotText = (slot: KeySlot): string => `  ${slot.number}: luks2\n\tKey:        512 bits\n\tPriority:   normal\n\tCipher:     aes-xts-plain64\n\tCipher key: 512 bits\n\tPBKDF:      argon2id\n\tTime cost:  ${slot.timeCost}\n\tMemory:     ${slot.memoryKib}\n\tThreads:    ${slot.threads}\n\tSalt:       ${hexLines(slot.salt)}\n\tAF stripes: 4000\n\tAF hash:    sha256\n\tArea offset:${slot.offset} [bytes]\n\tArea length:258048 [bytes]\n\tDigest ID:  0\n`;
  for (const slot of header.slots) dump += slotText(slot);
  return `${dump}Tokens:\nDigests:\n  0: pbkdf2\n\tHash:       sha256\n\tIterations: 158875\n\tSalt:       ${hexLines(header.digestSalt)}\n\tDigest:     ${hexLines(header.digest)}\n`;
}

function* format(sys: Sys, io: Io, path: string, second: string | undefined, call: Call & { readonly uuid: string | undefined; readonly label: string | undefined; readonly slot: number | undefined }): Blocking<void> {
  let sizeBytes: number;
  try {
    const source = yield* mountSource(sys, path);
    if ((yield* readMounts(sys)).some((mount) => mount.source === source)) throw new CryptError(`Cannot use device ${path} which is in use (already mapped or mounted).`, 5);
    const target = yield* openBlockTarget(sys, path, true);
    ({ sizeBytes } = target);
    sys.close(target.fd);
  } catch (error) {
    if (error instanceof SysError) throw new CryptError(error.errno === "EBUSY" ? `Cannot use device ${path} which is in use (already mapped or mounted).` : `Device ${path} does not exist or access denied.`, error.errno === "EBUSY" ? 5 : 4);
    throw error;
  }
  if (sizeBytes <= DATA_OFFSET) throw new CryptError(`Requested offset is beyond real size of device ${path}.`, 1);
  const probed = yield* probeQuietly(sys, path);
  if (probed.type !== undefined || probed.tableType !== undefined) yield* io.stderr(`WARNING: Device ${path} already contains a '${probed.type ?? probed.tableType}' ${probed.type === undefined ? "partition" : "superblock"} signature.\n`);
  if (!call.batch && !(yield* confirm(io, sys, `This will overwrite data on ${path} irrevocably.`))) throw new CryptError("Operation aborted.\n", 1);
  const words = yield* passphrase(sys, io, second === undefined ? call : { ...call, keyFile: second }, `Enter passphrase for ${path}: `, true);
  const fd = yield* sys.open(path, O.RDWR);
  yield* sys.pwrite(fd, new Uint8Array(72 * 1024), 0);
  const key = sys.random(64).slice();
  const digestSalt = sys.random(32).slice();
  const header: LuksHeader = { epoch: 2, uuid: call.uuid ?? newUuid(sys), label: call.label ?? "", slots: [], digestSalt, digest: digestOf(key, digestSalt) };
  // argon2id is to cost two seconds
  yield* io.out.flush();
  yield* sys.sleep(2_000_000);
  const number = yield* addSlot(sys, fd, header, key, words, call.slot);
  yield* writeHeader(sys, fd, header);
  sys.close(fd);
  if (call.verbose) io.say(`Key slot ${number ?? 0} created.\n`);
}

function* open(sys: Sys, io: Io, path: string, name: string | undefined, call: Call & { readonly test: boolean; readonly slot: number | undefined }): Blocking<void> {
  const { fd, header } = yield* openLuks(sys, path, false);
  sys.close(fd);
  if (name !== undefined && (yield* mappedNamed(sys, name))) throw new CryptError(`Device ${name} already exists.`, 5);
  if (call.verbose) io.say("No usable token is available.\n");
  const tries = call.keyFile === undefined && sys.isatty(0) ? Number(call.tries ?? 3) : 1;
  for (let attempt = 1; ; attempt++) {
    const words = yield* passphrase(sys, io, call, `Enter passphrase for ${path}: `);
    yield* sys.sleep(1_500_000);
    try {
      let number: number;
      if (call.test || name === undefined) {
        const again = yield* openLuks(sys, path, false);
        const found = yield* openSlot(sys, again.fd, header, words, call.slot);
        sys.close(again.fd);
        if (!found) throw new CryptError("No key available with this passphrase.", 2);
        ({ number } = found);
      } else number = yield* activate(sys, path, name, words, call.slot);
      if (call.verbose) io.say(`Key slot ${number} unlocked.\n`);
      return;
    } catch (error) {
      if (!(error instanceof CryptError) || error.status !== 2 || attempt >= tries) throw error;
      yield* io.stderr(`${error.message}\n`);
    }
  }
}

function* status(sys: Sys, io: Io, word: string): Blocking<number> {
  const name = word.replace(/^\/dev\/mapper\//, "");
  const device = yield* mappedNamed(sys, name);
  if (!device) {
    io.out.put(`/dev/mapper/${name} is inactive.\n`);
    return 4;
  }
  const [target] = device.targets;
  const [, , , numbers = "", offset = "0"] = target?.params.split(" ") ?? [];
  const below = (yield* readTextFile(sys, `/sys/dev/block/${numbers}/uevent`))?.match(/^DEVNAME=(.*)$/m)?.[1] ?? numbers;
  const mappedBelow = (yield* readTextFile(sys, `/sys/class/block/${below}/dm/name`))?.trim();
  const file = below.startsWith("loop") ? (yield* readTextFile(sys, `/sys/class/block/${below}/loop/backing_file`))?.trim() : undefined;
  io.out.put(`/dev/mapper/${name} is active${device.openCount > 0 ? " and is in use" : ""}.\n`);
  if (target?.type !== "crypt") {
    io.out.put("  type:    n/a\n");
    return 0;
  }
  io.out.put(`  type:    LUKS2\n  cipher:  aes-xts-plain64\n  keysize: 512 bits\n  key location: keyring\n  device:  ${mappedBelow === undefined ? `/dev/${below}` : `/dev/mapper/${mappedBelow}`}\n${file === undefined || file === "" ? "" : `  loop:    ${file}\n`}  sector size:  512\n  offset:  ${offset} sectors\n  size:    ${target.sectors} sectors\n  mode:    read/write\n`);
  return 0;
}

function* addKey(sys: Sys, io: Io, path: string, newFile: string | undefined, call: Call, slot: number | undefined): Blocking<void> {
  const { fd, header } = yield* openLuks(sys, path, true);
  const existing = yield* openSlot(sys, fd, header, yield* passphrase(sys, io, call, "Enter any existing passphrase: "));
  if (!existing) throw new CryptError("No key available with this passphrase.", 2);
  const words = newFile === undefined ? yield* ask(sys, io, "Enter new passphrase for key slot: ", true) : yield* keyFile(sys, newFile);
  yield* sys.sleep(2_000_000);
  if (slot !== undefined && header.slots.some((one) => one.number === slot)) throw new CryptError(`Key slot ${slot} is full, please select another one.`, 1);
  const number = yield* addSlot(sys, fd, header, existing.key, words, slot);
  if (number === undefined) throw new CryptError("All key slots full.", 1);
  yield* writeHeader(sys, fd, header);
  sys.close(fd);
  if (call.verbose) io.out.put(`Key slot ${number} created.\n`);
}

function* removeKey(sys: Sys, io: Io, path: string, file: string | undefined, call: Call): Blocking<void> {
  const { fd, header } = yield* openLuks(sys, path, true);
  const words = file === undefined ? yield* passphrase(sys, io, call, "Enter passphrase to be deleted: ") : yield* keyFile(sys, file);
  const found = yield* openSlot(sys, fd, header, words);
  if (!found) throw new CryptError("No key available with this passphrase.", 2);
  if (header.slots.length === 1 && !call.batch && !(yield* confirm(io, sys, "This is the last keyslot. Device will become unusable after purging this key."))) throw new CryptError("Operation aborted.\n", 1);
  yield* removeSlot(sys, fd, header, found.number);
  yield* writeHeader(sys, fd, header);
  sys.close(fd);
  if (call.verbose) io.say(`Keyslot ${found.number} is selected for deletion.\nKey slot ${found.number} removed.\n`);
}

function* killSlot(sys: Sys, io: Io, path: string, word: string, call: Call): Blocking<void> {
  const { fd, header } = yield* openLuks(sys, path, true);
  const number = Number(word);
  if (!Number.isInteger(number) || number < 0 || number >= MOST_SLOTS) throw new CryptError("Key slot is invalid.", 1);
  if (!header.slots.some((slot) => slot.number === number)) throw new CryptError(`Keyslot ${number} is not active.`, 1);
  if (!call.batch) {
    const others: LuksHeader = { ...header, slots: header.slots.filter((slot) => slot.number !== number) };
    if (others.slots.length === 0) {
      if (!(yield* confirm(io, sys, "This is the last keyslot. Device will become unusable after purging this key."))) throw new CryptError("Operation aborted.\n", 1);
    } else if (!(yield* openSlot(sys, fd, others, yield* passphrase(sys, io, call, "Enter any remaining passphrase: ")))) throw new CryptError("No key available with this passphrase.", 2);
  }
  yield* removeSlot(sys, fd, header, number);
  yield* writeHeader(sys, fd, header);
  sys.close(fd);
}

function* changeKey(sys: Sys, io: Io, path: string, newFile: string | undefined, call: Call): Blocking<void> {
  const { fd, header } = yield* openLuks(sys, path, true);
  const found = yield* openSlot(sys, fd, header, yield* passphrase(sys, io, call, "Enter passphrase to be changed: "));
  if (!found) throw new CryptError("No key available with this passphrase.", 2);
  const words = newFile === undefined ? yield* ask(sys, io, "Enter new passphrase: ", true) : yield* keyFile(sys, newFile);
  yield* removeSlot(sys, fd, header, found.number);
  yield* addSlot(sys, fd, header, found.key, words, found.number);
  yield* writeHeader(sys, fd, header);
  sys.close(fd);
}

function* copyHeader(sys: Sys, path: string, file: string, restore: boolean): Blocking<void> {
  const fd = yield* sys.open(restore ? file : path, O.RDONLY);
  let out: number;
  try {
    out = yield* sys.open(restore ? path : file, restore ? O.WRONLY : O.WRONLY | O.CREAT | O.EXCL, 0o600);
  } catch (error) {
    if (error instanceof SysError) throw new CryptError(error.errno === "EEXIST" ? `Requested header backup file ${file} already exists.` : `Cannot create header backup file ${file}.`, 1);
    throw error;
  }
  if (restore && !(yield* readHeader(sys, fd))) throw new CryptError("Backup file does not contain valid LUKS header.", 1);
  for (let at = 0; at < DATA_OFFSET; at += 1 << 20) yield* sys.pwrite(out, yield* sys.pread(fd, 1 << 20, at), at);
  sys.close(fd);
  sys.close(out);
}

export default gnu({
  name: "cryptsetup", path: "/sbin/cryptsetup", manSection: 8, project: "cryptsetup", version: "2.6.1", versionText: "cryptsetup 2.6.1 flags: UDEV BLKID KEYRING KERNEL_CAPI \n", tryLine: () => "", summary: "manage encrypted volumes", operands: "files",
  synopsis: ["luksFormat DEVICE [KEYFILE]", "open DEVICE NAME", "close NAME", "status NAME", "luksDump DEVICE", "luksAddKey DEVICE [KEYFILE]", "luksRemoveKey DEVICE [KEYFILE]", "luksChangeKey DEVICE [KEYFILE]", "luksKillSlot DEVICE SLOT", "luksUUID DEVICE", "isLuks DEVICE", "luksErase DEVICE", "resize NAME", "luksSuspend NAME", "luksResume NAME", "config DEVICE --label LABEL", "benchmark", "luksHeaderBackup|luksHeaderRestore DEVICE --header-backup-file FILE"],
  description: ["Volumes of LUKS2 are simulated, with its header as cryptsetup reads it. Key slots and cipher are simpler than argon2id and AES: nothing real is protected by them."],
  options: OPTIONS,
  *run({ options, operands, sys }, io: Io) {
    const [given, first, second] = operands;
    if (given === undefined) {
      yield* io.stderr("Usage: cryptsetup [OPTION...] <action> <action-specific>\ncryptsetup: Argument <action> missing.\n");
      return 1;
    }
    const action = given === "luksOpen" ? "open" : given === "luksClose" || given === "remove" ? "close" : given === "erase" ? "luksErase" : given;
    const slot = options.slot === undefined ? undefined : Number(options.slot);
    const call: Call = options;
    const needs = (count: number, words: string): void => {
      if (operands.length <= count) throw new CryptError(`Usage: cryptsetup [OPTION...] <action> <action-specific>\ncryptsetup: ${given}: requires ${words} as arguments`, 1);
    };
    const verbose = function* (result: number): Blocking<number> {
      if (options.verbose) io.say(result === 0 ? "Command successful.\n" : "");
      yield* io.out.flush();
      return result;
    };
    try {
      if (sys.getcred().euid !== 0 && !["luksDump", "isLuks", "luksUUID"].includes(action)) yield* mappedNamed(sys, "");
      if (options.type !== undefined && !/^luks2?$/i.test(options.type)) throw new CryptError(`volumes of the type ${options.type} are not simulated here: LUKS2 is.`, 1);
      const path = first ?? "";
      switch (action) {
        case "luksFormat":
          needs(1, "<device> [<new key file>]");
          yield* format(sys, io, path, second, { ...call, uuid: options.uuid, label: options.name, slot });
          return yield* verbose(0);
        case "open":
          needs(1, "<device> [--type <type>] [<name>]");
          if (second === undefined && !options.test) throw new CryptError("Command requires device and mapped name as arguments.", 1);
          yield* open(sys, io, path, options.test ? undefined : second, { ...call, test: options.test, slot });
          return yield* verbose(0);
        case "close":
          needs(1, "<name>");
          yield* deactivate(sys, path.replace(/^\/dev\/mapper\//, ""));
          return yield* verbose(0);
        case "resize": {
          needs(1, "<name>");
          const bytes = options.deviceSize === undefined ? undefined : sizeOfWord(options.deviceSize);
          yield* resize(sys, path.replace(/^\/dev\/mapper\//, ""), options.sectors !== undefined ? Number(options.sectors) : bytes === undefined ? undefined : Math.floor(bytes / 512));
          return yield* verbose(0);
        }
        case "luksSuspend":
          needs(1, "<device>");
          yield* suspend(sys, path.replace(/^\/dev\/mapper\//, ""));
          return yield* verbose(0);
        case "luksResume": {
          needs(1, "<device>");
          yield* resume(sys, path.replace(/^\/dev\/mapper\//, ""));
          return yield* verbose(0);
        }
        case "benchmark":
          yield* benchmark(sys, io);
          return 0;
        case "config": {
          needs(1, "<device>");
          if (options.name === undefined && options.subsystem === undefined) throw new CryptError("Option --priority, --label or --subsystem is missing.", 1);
          const { fd, header } = yield* openLuks(sys, path, true);
          if (options.name !== undefined) header.label = options.name;
          yield* writeHeader(sys, fd, header);
          sys.close(fd);
          return yield* verbose(0);
        }
        case "status":
          needs(1, "<name>");
          return yield* verbose(yield* status(sys, io, path));
        case "luksDump": {
          needs(1, "<device>");
          const { fd, header } = yield* openLuks(sys, path, false);
          sys.close(fd);
          io.out.put(dumpText(header));
          return 0;
        }
        case "luksUUID": {
          needs(1, "<device>");
          const { fd, header } = yield* openLuks(sys, path, options.uuid !== undefined);
          if (options.uuid !== undefined) {
            header.uuid = options.uuid;
            yield* writeHeader(sys, fd, header);
          } else io.out.put(`${header.uuid}\n`);
          sys.close(fd);
          return 0;
        }
        case "isLuks":
          needs(1, "<device>");
          try {
            sys.close((yield* openLuks(sys, path, false)).fd);
            return yield* verbose(0);
          } catch (error) {
            if (!(error instanceof CryptError) || error.status !== 1) throw error;
            if (options.verbose) yield* io.stderr(`${error.message}\n`);
            return 1;
          }
        case "luksAddKey":
          needs(1, "<device> [<new key file>]");
          yield* addKey(sys, io, path, second ?? options.newKeyFile, call, slot);
          return yield* verbose(0);
        case "luksRemoveKey":
          needs(1, "<device> [<key file>]");
          yield* removeKey(sys, io, path, second, call);
          return yield* verbose(0);
        case "luksChangeKey":
          needs(1, "<device> [<key file>]");
          yield* changeKey(sys, io, path, second, call);
          return yield* verbose(0);
        case "luksKillSlot":
          needs(2, "<device> <key slot>");
          yield* killSlot(sys, io, path, second ?? "", call);
          return yield* verbose(0);
        case "luksErase": {
          needs(1, "<device>");
          const { fd, header } = yield* openLuks(sys, path, true);
          if (!options.batch && !(yield* confirm(io, sys, `This operation will erase all keyslots on device ${path}.\nDevice will become unusable after this operation.`))) throw new CryptError("Operation aborted, keyslots were NOT wiped.\n", 1);
          for (const one of [...header.slots]) yield* removeSlot(sys, fd, header, one.number);
          yield* writeHeader(sys, fd, header);
          sys.close(fd);
          return yield* verbose(0);
        }
        case "luksHeaderBackup": case "luksHeaderRestore":
          needs(1, "<device>");
          if (options.backup === undefined) throw new CryptError("Option --header-backup-file is required.", 1);
          if (action === "luksHeaderBackup") sys.close((yield* openLuks(sys, path, false)).fd);
          yield* copyHeader(sys, path, options.backup, action === "luksHeaderRestore");
          return yield* verbose(0);
        default:
          yield* io.stderr(`Usage: cryptsetup [OPTION...] <action> <action-specific>\ncryptsetup: Unknown action.\n`);
          return 1;
      }
    } catch (error) {
      if (!(error instanceof CryptError)) throw error;
      yield* io.out.flush();
      yield* io.stderr(`${error.message}\n`);
      if (options.verbose) yield* io.stderr(`Command failed with code ${-error.status} (${error.status === 1 ? "wrong or missing parameters" : error.status === 2 ? "no permission or bad passphrase" : error.status === 4 ? "wrong device or file specified" : "device already exists or device is busy"}).\n`);
      return error.status;
    }
  },
});
