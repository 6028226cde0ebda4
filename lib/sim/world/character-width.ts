// The door for lib/session: the screen must count columns as the machine's line discipline and readline do.
export { characterWidth } from "../kernel/character-width.ts";
