// grub-file: which kernels GRUB could start, by the heads that their formats have (Documentation/arch/x86/boot.rst, the Multiboot specifications, the PE format).
import { flag, gnu, type Io, reason } from "../kit/gnu.ts";
import { grubProgram } from "./_grub-program.ts";

const HEAD_BYTES = 32_768;

class Head {
  readonly bytes: Uint8Array;
  readonly size: number;
  constructor(bytes: Uint8Array, size: number) {
    this.bytes = bytes;
    this.size = size;
  }
  u16(at: number): number {
    return (this.bytes[at] ?? 0) | ((this.bytes[at + 1] ?? 0) << 8);
  }
  u32(at: number): number {
    return (this.u16(at) | (this.u16(at + 2) << 16)) >>> 0;
  }
  word(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }
}

function isLinux(head: Head, needs32: boolean): boolean {
  return head.u16(0x1fe) === 0xaa55 && head.word(0x202, 4) === "HdrS" && (!needs32 || (head.u16(0x206) >= 0x200 && (head.u16(0x211) & 1) === 1));
}

/** Checksum and magic, in the first bytes as the specification says. */
function isMultiboot(head: Head, magic: number, mostBytes: number, step: number): boolean {
  for (let at = 0; at + 16 <= Math.min(mostBytes, head.bytes.length); at += step) {
    if (head.u32(at) !== magic) continue;
    const sum = step === 4 ? head.u32(at) + head.u32(at + 4) + head.u32(at + 8) : head.u32(at) + head.u32(at + 4) + head.u32(at + 8) + head.u32(at + 12);
    if (sum % 0x1_0000_0000 === 0) return true;
  }
  return false;
}

function isEfi(head: Head, machine: number): boolean {
  const pe = head.u32(0x3c);
  return head.word(0, 2) === "MZ" && head.word(pe, 4) === "PE\0\0" && head.u16(pe + 4) === machine && [0x10b, 0x20b].includes(head.u16(pe + 24)) && head.u16(pe + 24 + 68) === 10;
}

function isElf(head: Head, bits: 1 | 2, machine: number): boolean {
  const isBig = head.bytes[5] === 2;
  const found = isBig ? ((head.bytes[18] ?? 0) << 8) | (head.bytes[19] ?? 0) : head.u16(18);
  return head.word(0, 4) === "\x7fELF" && head.bytes[4] === bits && found === machine;
}

const KINDS: ReadonlyMap<string, readonly [help: string, judge: (head: Head) => boolean]> = new Map([
  ["x86-linux", ["a kernel of Linux for x86", (head: Head) => isLinux(head, false)]],
  ["x86-linux32", ["the same, that can be started in 32-bit mode", (head: Head) => isLinux(head, true)]],
  ["x86-multiboot", ["a Multiboot kernel for x86", (head: Head) => isMultiboot(head, 0x1badb002, 8192, 4)]],
  ["x86-multiboot2", ["a Multiboot2 kernel for x86", (head: Head) => isMultiboot(head, 0xe85250d6, 32_768, 8)]],
  ["x86-bios-bootsector", ["a boot sector for a BIOS", (head: Head) => head.size === 512 && head.u16(510) === 0xaa55]],
  ["arm-linux", ["a kernel of Linux for ARM", (head: Head) => head.u32(0x24) === 0x016f2818]],
  ["arm64-linux", ["a kernel of Linux for ARM64", (head: Head) => head.u32(0x38) === 0x644d5241]],
  ["mips-linux", ["a kernel of Linux for MIPS", (head: Head) => isElf(head, 1, 8) && head.bytes[5] === 2]],
  ["mipsel-linux", ["a kernel of Linux for MIPS, little endian", (head: Head) => isElf(head, 1, 8) && head.bytes[5] === 1]],
  ["sparc64-linux", ["a kernel of Linux for SPARC64", (head: Head) => isElf(head, 2, 43)]],
  ["powerpc-linux", ["a kernel of Linux for PowerPC", (head: Head) => isElf(head, 1, 20) || isElf(head, 2, 21)]],
  ["ia64-linux", ["a kernel of Linux for IA64", (head: Head) => isElf(head, 2, 50)]],
  ["i386-efi", ["a program for i386 EFI", (head: Head) => isEfi(head, 0x14c)]],
  ["x86_64-efi", ["a program for x86_64 EFI", (head: Head) => isEfi(head, 0x8664)]],
  ["ia64-efi", ["a program for IA64 EFI", (head: Head) => isEfi(head, 0x200)]],
  ["arm-efi", ["a program for ARM EFI", (head: Head) => isEfi(head, 0x1c2)]],
  ["arm64-efi", ["a program for ARM64 EFI", (head: Head) => isEfi(head, 0xaa64)]],
  ["riscv32-efi", ["a program for RISC-V EFI of 32 bits", (head: Head) => isEfi(head, 0x5032)]],
  ["riscv64-efi", ["a program for RISC-V EFI of 64 bits", (head: Head) => isEfi(head, 0x5064)]],
]);

export default gnu({
  ...grubProgram("grub-file", "/usr/bin/grub-file", 1),
  summary: "tell whether GRUB could start a file, and how", synopsis: ["OPTION FILE"], operands: "files",
  exitStatuses: [["0", "the file is of that type"], ["1", "it is not, or it cannot be read"]],
  usageStatus: 18,
  options: Object.fromEntries([...KINDS].map(([name, [help]]) => [name, flag([`--is-${name}`], help)])),
  // its own reading of words: what begins with - and is no type is told without argp
  parsing: { stopAtOperand: true },
  rewrite: (args) => (args.some((one) => one === "--help" || one === "-h" || one === "--version" || one === "-V") ? args : ["--", ...args]),
  *run({ operands, sys }, io: Io) {
    let kind: string | undefined;
    let head: Head | undefined;
    const refuse = function* (why: string, status: number, isOwn = false) {
      yield* io.stderr(`${isOwn ? "grub-file: " : ""}error: ${why}.\n`);
      return status;
    };
    for (const word of operands) {
      if (!word.startsWith("--")) {
        if (head !== undefined) return yield* refuse("one argument expected", 1, true);
        try {
          const input = yield* io.open(word);
          head = new Head(yield* input.chunk(HEAD_BYTES), sys.stat(word).sizeBytes);
          io.close(input);
        } catch (error) {
          return yield* refuse(`cannot open \`${word}': ${reason(error)}`, 1, true);
        }
      } else if (!KINDS.has(word.slice(5)) || !word.startsWith("--is-")) return yield* refuse(`unknown argument \`${word}'`, 18);
      else if (kind !== undefined && kind !== word.slice(5)) return yield* refuse("multiple types specified", 18);
      else kind = word.slice(5);
    }
    if (head === undefined) return yield* refuse("filename expected", 18);
    if (kind === undefined) return yield* refuse("no type specified", 18);
    return KINDS.get(kind)?.[1](head) === true ? 0 : 1;
  },
});
