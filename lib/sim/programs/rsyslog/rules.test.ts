import fc from "fast-check";
import { expect, test } from "vitest";
import { UTC } from "../kit/zones.ts";
import { parseSyslog } from "./_message.ts";
import { parseSelector, RulesParser, SyslogConfiguration } from "./_rules.ts";

const arrival = { host: "h", address: "10.0.0.1", input: "imudp", nowUs: 1_795_385_711_670_233, zone: UTC, local: false };

function configurationOf(text: string): SyslogConfiguration {
  const configuration = new SyslogConfiguration();
  new RulesParser(text, "/c", configuration, () => undefined).read();
  return configuration;
}

test.each([
  ["auth,authpriv.*", 4, 7, true], ["*.*;auth,authpriv.none", 4, 6, false], ["*.*;auth,authpriv.none", 3, 6, true], ["cron.warning", 9, 4, true], ["cron.warning", 9, 5, false], ["mail.=info", 2, 5, false], ["mail.=info", 2, 6, true], ["*.info;mail.!err", 2, 3, false], ["local0.warn", 16, 4, true],
])("%s", (selector, facility, severity, chosen) => {
  expect(parseSelector(selector)?.({ facility, severity })).toBe(chosen);
});

test("lines and what is wrong with them", () => {
  const configuration = configurationOf('module(load="imudp")\ninput(type="imudp" port="514")\nmail.* -/var/log/mail.log\n& stop\n:msg, contains, "x" @@log.lan:6514\nbad.foo /x\n');
  expect(configuration.statements.map((statement) => (statement.kind === "if" ? statement.then : statement))).toEqual([
    [{ kind: "action", action: { kind: "file", path: "/var/log/mail.log", template: "RSYSLOG_FileFormat" } }, { kind: "stop" }],
    [{ kind: "action", action: { kind: "tcp", host: "log.lan", port: 6514, template: "RSYSLOG_TraditionalForwardFormat" } }],
    [{ kind: "action", action: { kind: "file", path: "/x", template: "RSYSLOG_FileFormat" } }],
  ]);
  expect({ inputs: configuration.inputs, problems: configuration.problems }).toEqual({ inputs: [{ protocol: "udp", port: 514, address: "0.0.0.0", ruleset: undefined }], problems: [{ text: 'unknown priority name "foo"' }] });
});

// recorded from rsyslogd 8.2302.0, fed by UDP
test.each([
  ["<14>Nov 21 21:09:00 web1 app[12]: text n 42", "2026-11-21T21:09:00+00:00|Nov 21 21:09:00|2026-11-22|web1|app[12]:|app|app|12|-|-|14|user.info|user|info|6|10.0.0.1|imudp| text n 42|text| TEXT N 42|text|42||0|<14>Nov 21 21:09:00 web1 app[12]: text n 42|1\n", "2026-11-21T21:09:00+00:00 web1 app[12]: text n 42\n"],
  ['<165>1 2026-11-21T21:09:00.003Z mymachine.example.com evntslog 77 ID47 [ex@1 a="b"] hello 5424', '2026-11-21T21:09:00.003Z|Nov 21 21:09:00|2026-11-22|mymachine.example.com|evntslog[77]|evntslog|evntslog|77|ID47|[ex@1 a="b"]|165|local4.notice|local4|notice|5|10.0.0.1|imudp|hello 5424|ello|HELLO 5424|5424|5424||1|<165>1 2026-11-21T21:09:00.003Z mymachine.example.com evntslog 77 ID47 [ex@1 a="b"] hello 5424|1\n', "2026-11-21T21:09:00.003Z mymachine.example.com evntslog[77] hello 5424\n"],
])("%s", (datagram, properties, line) => {
  const configuration = configurationOf('template(name="A" type="string" string="%timereported:::date-rfc3339%|%TIMESTAMP%|%timegenerated:1:10:date-rfc3339%|%HOSTNAME%|%syslogtag%|%programname%|%app-name%|%procid%|%msgid%|%structured-data%|%PRI%|%pri-text%|%syslogfacility-text%|%syslogseverity-text%|%syslogseverity%|%fromhost-ip%|%inputname%|%msg%|%msg:2:5%|%msg:::uppercase%|%msg:F,32:2%|%msg:R,ERE,1,DFLT:([0-9]+)--end%|%msg:R,ERE,1,BLANK:(zz)--end%|%protocol-version%|%rawmsg%|%iut%\\n")\n');
  expect(configuration.problems).toEqual([]);
  const message = parseSyslog(datagram, arrival);
  expect(configuration.templates.render("A", message, UTC)).toBe(properties);
  expect(configuration.templates.render("RSYSLOG_FileFormat", message, UTC)).toBe(line);
});

test.each([
  ["<11>Nov 21 21:09:00 app: nohost", "2026-11-21T21:09:00+00:00 h app: nohost\n"], ["<13>just text", "2026-11-22T22:15:11.670233+00:00 just text \n"], ["no pri at all", "2026-11-22T22:15:11.670233+00:00 no pri at all\n"], ["<30>tag[5]: no time", "2026-11-22T22:15:11.670233+00:00 h tag[5]: no time\n"], ["<13>1 2026-11-22T10:00:00.123456+01:00 h root - - - dash", "2026-11-22T10:00:00.123456+01:00 h root dash\n"],
])("%s in a file", (datagram, line) => {
  expect(new SyslogConfiguration().templates.render("RSYSLOG_FileFormat", parseSyslog(datagram, arrival), UTC)).toBe(line);
});

test("any datagram is a message, any text a configuration", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(typeof parseSyslog(text, arrival).host).toBe("string");
    expect(Array.isArray(configurationOf(text).problems)).toBe(true);
  }));
});
