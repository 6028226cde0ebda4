import { ImgFailure, parseImg, sizeBytes, sizeHint, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

/** So many requests are really made; the others take as long as these would. */
const sampled = 256;
const requestNs = 9_000;
const bytesPerNs = 2;

export const bench: Subcommand = {
  name: "bench",
  summary: "measure how fast an image answers",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hc:d:f:ni:o:qs:S:t:wU", ["pattern=", "flush-interval=", "no-drain", "image-opts", "force-share"]);
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const whole = (option: string, usual: number, name: string): number => {
      const text = parsed.get(option);
      if (text === undefined) return usual;
      if (!/^\d+$/.test(text) || Number(text) > 2 ** 31 - 1) throw new ImgFailure(`Invalid ${name} specified`);
      return Number(text);
    };
    const size = (option: string, usual: number, name: string): number => {
      const text = parsed.get(option);
      const value = text === undefined ? usual : sizeBytes(text);
      if (value === undefined) throw new ImgFailure(`Invalid ${name} specified. ${sizeHint}`);
      return value;
    };
    const count = whole("c", 75_000, "request count");
    const depth = whole("d", 64, "queue depth");
    const offset = size("o", 0, "offset");
    const bytes = size("s", 4096, "buffer size");
    const step = size("S", bytes, "step size") || bytes;
    const writes = parsed.has("w");
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), writable: writes, forceShare: parsed.has("U") });
    if (!parsed.has("q")) yield* out(`Sending ${count} ${writes ? "write" : "read"} requests, ${bytes} bytes each, ${depth} in parallel (starting at offset ${offset}, step size ${step})\n`);
    const startUs = sys.clockUs("monotonic");
    const { virtualBytes } = opened.image;
    for (let index = 0; index < Math.min(count, sampled); index++) {
      const at = (offset + index * step) % Math.max(1, virtualBytes - bytes + 1);
      if (writes) yield* opened.image.write(at, new Uint8Array(Math.min(bytes, virtualBytes - at)).fill(Number(parsed.get("pattern") ?? 0)));
      else yield* opened.image.read(at, Math.min(bytes, virtualBytes - at));
      if (sys.charge(1)) yield* sys.preempt();
    }
    yield* sys.sleep(Math.ceil((count * (requestNs + bytes / bytesPerNs)) / 1000));
    opened.close();
    if (!parsed.has("q")) yield* out(`Run completed in ${((sys.clockUs("monotonic") - startUs) / 1e6).toFixed(3)} seconds.\n`);
    return 0;
  },
};
