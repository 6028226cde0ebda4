// The door for what lies outside the simulation: its bytes as text and back (invalid bytes survive as lone surrogates).
export { type NativeText, useNativeText } from "../kernel/bytes.ts";
export { decode, encode } from "../kernel/sys.ts";
