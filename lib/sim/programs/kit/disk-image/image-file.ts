// What the formats of disk images stand on: bytes of a file, at a place. Programs give descriptors; whoever builds images beforehand gives bytes in memory.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";

export interface ImageFile {
  readonly path: string;
  sizeBytes(): number;
  allocatedBytes(): number;
  /** Exactly so many bytes; zeros behind the end. */
  read(at: number, length: number): Blocking<Uint8Array>;
  write(at: number, bytes: Uint8Array): Blocking<void>;
  truncate(sizeBytes: number): void;
  allocate(at: number, length: number): void;
  discard(at: number, length: number): void;
  /** Where data begins at or after `at`; undefined: nowhere. */
  nextData(at: number): number | undefined;
  nextHole(at: number): number;
}

export function descriptorFile(sys: Sys, fd: number, path: string): ImageFile {
  return {
    path,
    sizeBytes: () => sys.fstat(fd).sizeBytes,
    allocatedBytes: () => sys.fstat(fd).blocks * 512,
    *read(at, length) {
      const bytes = yield* sys.pread(fd, length, at);
      if (sys.charge(Math.ceil(length / 4096))) yield* sys.preempt();
      if (bytes.length === length) return bytes;
      const whole = new Uint8Array(length);
      whole.set(bytes);
      return whole;
    },
    *write(at, bytes) {
      for (let done = 0; done < bytes.length;) done += yield* sys.pwrite(fd, bytes.subarray(done), at + done);
      if (sys.charge(Math.ceil(bytes.length / 4096))) yield* sys.preempt();
    },
    truncate: (sizeBytes) => sys.ftruncate(fd, sizeBytes),
    allocate: (at, length) => sys.fallocate(fd, at, length, "allocate"),
    discard: (at, length) => sys.fallocate(fd, at, length, "punch-hole"),
    nextData: (at) => {
      try {
        return sys.lseek(fd, at, "data");
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    },
    nextHole: (at) => {
      try {
        return sys.lseek(fd, at, "hole");
      } catch (error) {
        if (error instanceof SysError) return sys.fstat(fd).sizeBytes;
        throw error;
      }
    },
  };
}
