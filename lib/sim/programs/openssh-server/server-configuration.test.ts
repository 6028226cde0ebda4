// What sshd -t says to a wrong line and -T to a right one, recorded from OpenSSH 9.2.
import { describe, expect, test } from "vitest";
import { KEYWORD_BY_NAME } from "./_keywords.ts";
import { FatalValue, keywordValue, timeSeconds } from "./_keyword-value.ts";
import { inAddresses, inPatterns, splitPlace } from "./_server-configuration.ts";

function value(line: string): string {
  const [typed = "", ...words] = line.split(" ");
  const keyword = KEYWORD_BY_NAME.get(typed.toLowerCase());
  if (keyword === undefined) return "?";
  try {
    const made = keywordValue(keyword, words, typed, words.join(" "));
    return "bad" in made ? made.bad : made.taken < words.length ? "extra" : made.parts.join("|");
  } catch (error) {
    if (!(error instanceof FatalValue)) throw error;
    return `! ${error.message}`;
  }
}

describe("a line of sshd_config", () => {
  test.each([
    ["Port 70000", "! Badly formatted port number."], ["Port 22 23", "extra"], ["PermitRootLogin prohibit-password", "without-password"], ["PermitRootLogin maybe", '! unsupported option "maybe".'], ["MaxAuthTries 3x", "! MaxAuthTries integer value invalid."],
    ["LoginGraceTime 2m30s", "150"], ["ClientAliveInterval x", "! invalid time value."], ["LogLevel verbose", "VERBOSE"], ["LogLevel foo", "! unsupported log level 'foo'"], ["Subsystem sftp internal-sftp -l INFO", "sftp internal-sftp -l INFO"], ["Subsystem sftp", "! Missing subsystem command."],
    ["PermitListen 8080 localhost:9", "*:8080 localhost:9"], ["PermitOpen foo", "! PermitOpen bad port number"], ["MaxStartups 10:200:3", "! Invalid MaxStartups spec."], ["RekeyLimit 1G 1h", "1073741824 3600"], ["IPQoS af21", "af21 af21"], ["AllowUsers a b", "a|b"],
    ["KexAlgorithms -diffie-hellman*", "sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521"], ["PubkeyAuthOptions x", "unsupported PubkeyAuthOptions option x"], ["AuthorizedKeysCommand foo", "! AuthorizedKeysCommand must be an absolute path"],
  ])("%s", (line, expected) => {
    expect(value(line)).toBe(expected);
  });
});

test("times, places, lists", () => {
  expect(["90", "1h", "2w", "1x", ""].map(timeSeconds)).toEqual([90, 3600, 1_209_600, undefined, undefined]);
  expect([splitPlace("10.0.0.1:22"), splitPlace("[::1]:22"), splitPlace("::1")]).toEqual([{ address: "10.0.0.1", port: "22" }, { address: "::1", port: "22" }, { address: "::1", port: undefined }]);
  expect([inAddresses("10.0.0.0/8,!10.1.0.0/16", "10.2.3.4"), inAddresses("10.0.0.0/8,!10.1.0.0/16", "10.1.3.4"), inAddresses("192.168.*", "192.168.7.7")]).toEqual([true, false, true]);
  expect([inPatterns("a*,!ab", "ac", /,/), inPatterns("a*,!ab", "ab", /,/)]).toEqual([true, false]);
});
