// Node's own reading and writing of UTF-8 for the simulation, which knows nothing of Node. Importing this file is enough.
import { Buffer } from "node:buffer";
import { type NativeText, useNativeText } from "../sim/world/text.ts";

/** With the u flag a pair is one character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

export const nodeText: NativeText = {
  decode(bytes) {
    const text = Buffer.prototype.utf8Slice.call(bytes, 0, bytes.length);
    return text.includes("\ufffd") ? undefined : text;
  },
  encode(text) {
    if (LONE_SURROGATE.test(text)) return undefined;
    const bytes = new Uint8Array(Buffer.byteLength(text));
    Buffer.prototype.utf8Write.call(bytes, text, 0, bytes.length);
    return bytes;
  },
};

useNativeText(nodeText);
