import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRules, parseSelector, parseSyslog, type SyslogConfiguration } from "./_rules.ts";

const message = (facility: number, severity: number) => ({ facility, severity, program: "p", tag: "p", host: "h", text: "t" });

test.each([
  ["auth,authpriv.*", 4, 7, true], ["*.*;auth,authpriv.none", 4, 6, false], ["*.*;auth,authpriv.none", 3, 6, true], ["cron.warning", 9, 4, true], ["cron.warning", 9, 5, false], ["mail.=info", 2, 5, false], ["mail.=info", 2, 6, true], ["*.info;mail.!err", 2, 3, false], ["local0.warn", 16, 4, true],
])("%s", (selector, facility, severity, chosen) => {
  expect(parseSelector(selector)?.(message(facility, severity))).toBe(chosen);
});

test("lines and what is wrong with them", () => {
  const configuration: SyslogConfiguration = { rules: [], includes: [], udpPorts: [], problems: [] };
  parseRules('module(load="imudp")\ninput(type="imudp" port="514")\n$IncludeConfig /etc/rsyslog.d/*.conf\nmail.* -/var/log/mail.log\n& stop\n:msg, contains, "x" @@log.lan:6514\nbad.foo /x\n', configuration);
  expect({ ...configuration, rules: configuration.rules.map((rule) => rule.actions) }).toEqual({
    rules: [[{ kind: "file", path: "/var/log/mail.log" }, { kind: "stop" }], [{ kind: "tcp", host: "log.lan", port: 6514 }]], includes: ["/etc/rsyslog.d/*.conf"], udpPorts: [514], problems: [{ line: 7, text: 'unknown priority name "foo"' }],
  });
});

test("any datagram is a message", () => {
  expect(parseSyslog("<38>Nov 21 21:09:00 sshd[12]: a b", "h")).toEqual({ facility: 4, severity: 6, program: "sshd", tag: "sshd[12]", host: "h", text: "a b" });
  fc.assert(fc.property(fc.string(), (text) => {
    expect(typeof parseSyslog(text, "h").host).toBe("string");
  }));
});
