// The checksums of cksum(1) and sum(1): the CRC of POSIX, BSD's 16-bit rotation, System V's sum.

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

export class PosixCrc {
  #crc = 0;
  #lengthBytes = 0;

  update(bytes: Uint8Array): void {
    let crc = this.#crc;
    for (let i = 0; i < bytes.length; i++) crc = (crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ (bytes[i] ?? 0)) & 255] ?? 0);
    this.#crc = crc;
    this.#lengthBytes += bytes.length;
  }

  value(): number {
    let crc = this.#crc;
    for (let length = this.#lengthBytes; length > 0; length = Math.floor(length / 256)) crc = (crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ (length & 255)) & 255] ?? 0);
    return ~crc >>> 0;
  }
}

export class BsdSum {
  #sum = 0;

  update(bytes: Uint8Array): void {
    let sum = this.#sum;
    for (let i = 0; i < bytes.length; i++) sum = ((sum >> 1) + ((sum & 1) << 15) + (bytes[i] ?? 0)) & 0xffff;
    this.#sum = sum;
  }

  value(): number {
    return this.#sum;
  }
}

export class SysvSum {
  #sum = 0;

  update(bytes: Uint8Array): void {
    let sum = this.#sum;
    for (let i = 0; i < bytes.length; i++) sum = (sum + (bytes[i] ?? 0)) >>> 0;
    this.#sum = sum;
  }

  value(): number {
    const folded = (this.#sum & 0xffff) + (this.#sum >>> 16);
    return (folded & 0xffff) + (folded >> 16);
  }
}
