// pvck: what stands in a physical volume's label and metadata (pvck(8)); --dump as lvm2 2.03.16 writes it.
import { decode, O, SysError } from "../../kernel/sys.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { badValue, fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

const MDA_OFFSET = 4096;

export default gnu({
  name: "pvck", path: "/sbin/pvck", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "check the label and the metadata of physical volumes", synopsis: ["PV...", "--dump headers|metadata PV"], operands: "files",
  options: { dump: text(["--dump"], "String", "headers or metadata: print them"), file: text(["-f", "--file"], "FILE", "write metadata to a file"), verbose: flag(["-v", "--verbose"], "say more") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("pvck");
      let status = 0;
      for (const device of operands) {
        let head: Uint8Array;
        let body: Uint8Array;
        try {
          const fd = yield* sys.open(device, O.RDONLY);
          head = (yield* sys.pread(fd, 4096 + 512, 0)).slice();
          const view = new DataView(head.buffer);
          const size = head.length < 4608 ? 0 : Number(view.getBigUint64(MDA_OFFSET + 48, true));
          body = size > 0 && size < 2 ** 20 ? yield* sys.pread(fd, size - 1, MDA_OFFSET + Number(view.getBigUint64(MDA_OFFSET + 40, true))) : new Uint8Array(0);
          sys.close(fd);
        } catch (error) {
          if (error instanceof SysError) fail(`Failed to find device for ${device}.`);
          throw error;
        }
        if (decode(head.subarray(512, 520)) !== "LABELONE") {
          yield* lvm.warn(`Could not find LVM label on ${device}`);
          status = 5;
          continue;
        }
        if (options.dump === undefined) continue;
        if (options.dump === "metadata" || options.dump === "metadata_all" || options.dump === "metadata_search") {
          if (options.file !== undefined) {
            const fd = yield* sys.open(options.file, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
            yield* sys.write(fd, body);
            sys.close(fd);
          } else yield* io.out.print(decode(body));
          continue;
        }
        if (options.dump !== "headers") badValue("--dump", options.dump);
        const view = new DataView(head.buffer);
        const u64 = (at: number): string => String(view.getBigUint64(at, true));
        const hex = (at: number): string => `0x${view.getUint32(at, true).toString(16)}`;
        const rows: (readonly [string, string])[] = [
          ["label_header at 512", ""], ["label_header.id", decode(head.subarray(512, 520))], ["label_header.sector", u64(520)], ["label_header.crc", hex(528)], ["label_header.offset", String(view.getUint32(532, true))], ["label_header.type", decode(head.subarray(536, 544))],
          ["pv_header at 544", ""], ["pv_header.pv_uuid", decode(head.subarray(544, 576))], ["pv_header.device_size", u64(576)], ["pv_header.disk_locn[0] at 584 # location of data area", ""], ["pv_header.disk_locn[0].offset", u64(584)], ["pv_header.disk_locn[0].size", u64(592)], ["pv_header.disk_locn[1] at 600 # location list end", ""], ["pv_header.disk_locn[1].offset", u64(600)], ["pv_header.disk_locn[1].size", u64(608)], ["pv_header.disk_locn[2] at 616 # location of metadata area", ""], ["pv_header.disk_locn[2].offset", u64(616)], ["pv_header.disk_locn[2].size", u64(624)],
          ["mda_header_1 at 4096 # metadata area", ""], ["mda_header_1.checksum", hex(4096)], ["mda_header_1.magic", [...head.subarray(4100, 4116)].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(" ").replace(/ 0x/g, "").replace(/^0x/, "0x")], ["mda_header_1.version", String(view.getUint32(4116, true))], ["mda_header_1.start", u64(4120)], ["mda_header_1.size", u64(4128)], ["mda_header_1.raw_locn[0] at 4136 # commit", ""], ["mda_header_1.raw_locn[0].offset", u64(4136)], ["mda_header_1.raw_locn[0].size", u64(4144)], ["mda_header_1.raw_locn[0].checksum", hex(4152)],
        ];
        for (const [name, value] of rows) lvm.say(`${name}${value === "" ? "" : ` ${value}`}`);
      }
      return status;
    });
  },
});
