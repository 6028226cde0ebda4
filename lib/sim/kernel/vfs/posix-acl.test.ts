import { expect, test } from "vitest";
import { ACL_TAG, formatAcl, inheritAcl, parseAcl } from "./posix-acl.ts";

const NONE = 0xffffffff;
const list = (...entries: readonly (readonly [tag: number, permissions: number, id?: number])[]): Uint8Array => formatAcl(entries.map(([tag, permissions, id = NONE]) => ({ tag, permissions, id })));

test("a default list takes the place of the umask", () => {
  const defaults = list([ACL_TAG.USER_OBJ, 7], [ACL_TAG.GROUP_OBJ, 5], [ACL_TAG.GROUP, 7, 27], [ACL_TAG.MASK, 7], [ACL_TAG.OTHER, 5]);
  const { bits, access } = inheritAcl(defaults, 0o666);
  expect(bits).toBe(0o664);
  expect(parseAcl(access ?? new Uint8Array(0))).toEqual(parseAcl(list([ACL_TAG.USER_OBJ, 6], [ACL_TAG.GROUP_OBJ, 5], [ACL_TAG.GROUP, 7, 27], [ACL_TAG.MASK, 6], [ACL_TAG.OTHER, 4])));
});

test("a list of three entries becomes the mode", () => {
  expect(inheritAcl(list([ACL_TAG.USER_OBJ, 7], [ACL_TAG.GROUP_OBJ, 5], [ACL_TAG.OTHER, 0]), 0o777)).toEqual({ bits: 0o750, access: undefined });
});
