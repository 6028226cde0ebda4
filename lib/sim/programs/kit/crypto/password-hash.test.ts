import { expect, test } from "vitest";
import { md5Crypt, shaCrypt } from "./password-hash.ts";
const sys = { charge: () => false, *preempt() {} };
function fin<T>(body: Generator<unknown, T, void>): T {
  for (;;) {
    const step = body.next();
    if (step.done === true) return step.value;
  }
}

test("as OpenSSL 3.0 makes them", () => {
  expect(fin(md5Crypt(sys, "secret", "abcdefgh", "1"))).toBe("$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1");
  expect(fin(md5Crypt(sys, "secret", "abcdefgh", "apr1"))).toBe("$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/");
  expect(fin(shaCrypt(sys, "secret", "abcdefgh", "5"))).toBe("$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.");
  expect(fin(shaCrypt(sys, "secret", "abcdefgh", "6"))).toBe("$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.");
  expect(fin(shaCrypt(sys, "secret", "rounds=5000$abc", "6"))).toBe("$6$rounds=5000$abc$IdWKNKTJEb8LxY7CGg8YBXlvtfZzFw7Mp/r6niK9YB2mdvgY..TKjv1T..8RadRt2qvUHYRLr/TsVArtr91iR1");
});
