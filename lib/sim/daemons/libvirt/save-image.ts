// Save images (src/qemu/qemu_saveimage.h): a header of 92 bytes in the host's byte order, the domain's XML, QEMU's stream. What save, managedsave and restore share.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { VirError } from "./error.ts";

const magic = "LibvirtQemudSave";
const partialMagic = "LibvirtQemudPart";
const headerBytes = 92;
const blockBytes = 4096;
const longestXml = 1 << 20;
/** A guest's memory is mostly pages that nobody wrote to: the file has holes for what a real one's would be. */
const memoryHoleBytes = 8_000_000;

export interface SaveImage {
  readonly xml: string;
  readonly running: boolean;
  /** where QEMU's stream begins */
  readonly streamAt: number;
}

function header(xml: Uint8Array, running: boolean): Uint8Array {
  const dataBytes = Math.ceil((headerBytes + xml.length + 1) / blockBytes) * blockBytes - headerBytes;
  const bytes = new Uint8Array(headerBytes + dataBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(encode(magic));
  view.setUint32(16, 2, true);
  view.setUint32(20, dataBytes, true);
  view.setUint32(24, running ? 1 : 0, true);
  bytes.set(xml, headerBytes);
  return bytes;
}

/** `stream`: a file of QEMU's. Errors: VirError. */
export function* writeSaveImage(sys: Sys, path: string, xml: string, running: boolean, stream: string): Blocking<void> {
  try {
    const to = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    sys.fchmod(to, 0o600);
    yield* writeAll(sys, to, header(encode(xml), running));
    const from = yield* sys.open(stream, O.RDONLY);
    yield* copyRest(sys, from, to);
    sys.close(from);
    sys.ftruncate(to, sys.fstat(to).sizeBytes + memoryHoleBytes);
    sys.close(to);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VirError("plain", `Failed to create file '${path}': ${error.message}`);
  }
}

function* writeAll(sys: Sys, fd: number, bytes: Uint8Array): Blocking<void> {
  for (let done = 0; done < bytes.length;) done += yield* sys.write(fd, bytes.subarray(done));
}

function* copyRest(sys: Sys, from: number, to: number): Blocking<void> {
  for (;;) {
    const bytes = yield* sys.read(from, 1 << 16);
    if (bytes.length === 0) return;
    yield* writeAll(sys, to, bytes);
  }
}

/** Errors: VirError with the words of libvirt for what is no image of its own. */
export function* readSaveImage(sys: Sys, path: string): Blocking<SaveImage> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VirError("plain", `Failed to open file '${path}': ${error.message}`);
  }
  try {
    const head = yield* sys.pread(fd, headerBytes, 0);
    if (head.length < headerBytes) throw new VirError("operation-failed", "failed to read qemu header");
    const said = decode(head.subarray(0, magic.length));
    if (said === partialMagic) throw new VirError("operation-failed", "save image is incomplete");
    if (said !== magic) throw new VirError("operation-failed", "image magic is incorrect");
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const version = view.getUint32(16, true);
    if (version > 2) throw new VirError("operation-failed", `image version is not supported (${version} > 2)`);
    const dataBytes = view.getUint32(20, true);
    if (dataBytes === 0 || dataBytes > longestXml) throw new VirError("operation-failed", `invalid header data length: ${dataBytes}`);
    const data = yield* sys.pread(fd, dataBytes, headerBytes);
    const end = data.indexOf(0);
    return { xml: decode(end < 0 ? data : data.subarray(0, end)), running: view.getUint32(24, true) === 1, streamAt: headerBytes + dataBytes };
  } finally {
    sys.close(fd);
  }
}

/** Another XML, or another state after the restore, at the head of an image that stays as it is behind it. Errors: VirError. */
export function* changeSaveImage(sys: Sys, path: string, xml: string, running: boolean): Blocking<void> {
  const before = yield* readSaveImage(sys, path);
  const bytes = header(encode(xml), running);
  const fd = yield* sys.open(path, O.RDWR);
  try {
    if (bytes.length !== before.streamAt) {
      // the stream moves
      const { sizeBytes } = sys.fstat(fd);
      const length = Math.max(0, sizeBytes - memoryHoleBytes - before.streamAt);
      const stream = new Uint8Array(length);
      for (let at = 0; at < length;) {
        const part = yield* sys.pread(fd, Math.min(1 << 16, length - at), before.streamAt + at);
        if (part.length === 0) break;
        stream.set(part, at);
        at += part.length;
      }
      sys.ftruncate(fd, 0);
      for (let done = 0; done < length;) done += yield* sys.pwrite(fd, stream.subarray(done), bytes.length + done);
      sys.ftruncate(fd, bytes.length + length + memoryHoleBytes);
    }
    for (let done = 0; done < bytes.length;) done += yield* sys.pwrite(fd, bytes.subarray(done), done);
  } finally {
    sys.close(fd);
  }
}
