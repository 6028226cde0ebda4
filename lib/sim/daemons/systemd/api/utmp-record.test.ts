import { expect, test } from "vitest";
import { concatBytes } from "../../../kernel/sys.ts";
import { encodeUtmp, replacedBy, UT, type UtmpRecord } from "./utmp-record.ts";

const record = (type: number, line: string, id: string): UtmpRecord => ({ type, pid: 1, line, id, user: "", host: "", timeUs: 0 });
const file = concatBytes([
  record(UT.BOOT_TIME, "~", "~~"), record(UT.LOGIN_PROCESS, "tty1", "tty1"), record(UT.USER_PROCESS, "pts/1", "ts/1"), record(UT.DEAD_PROCESS, "pts/10", "s/10"), record(UT.USER_PROCESS, "pts/2", ""),
].map(encodeUtmp));

test.each([
  ["the boot", record(UT.BOOT_TIME, "~", "~~"), 0],
  ["a terminal's login", record(UT.USER_PROCESS, "tty1", "tty1"), 1],
  ["pts/1, not pts/10", record(UT.USER_PROCESS, "pts/1", "ts/1"), 2],
  ["pts/10, whose session ended", record(UT.USER_PROCESS, "pts/10", "s/10"), 3],
  ["a record without an id, by its line", record(UT.DEAD_PROCESS, "pts/2", "ts/2"), 4],
  ["a terminal that is new", record(UT.USER_PROCESS, "pts/3", "ts/3"), -1],
])("%s", (_what, one, place) => {
  expect(replacedBy(one, file)).toBe(place);
});
