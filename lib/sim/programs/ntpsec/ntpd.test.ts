// ntpd and ntpq of NTPsec 1.2.2: the tables are laid out as python3-ntp of Debian 12 lays them out (2026-11-22).
import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { controlAnswer, controlRequest, parseControl, parseVariables, variablesText } from "./_control.ts";

test("an answer comes whole out of its packets, and nothing else is taken for one", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(65_535), (data, status) => {
    const request = parseControl(controlRequest(2, 7, 20_001));
    if (request === undefined) return false;
    const pieces = controlAnswer(request, status, data).map(parseControl);
    const whole = pieces.flatMap((piece) => [...(piece?.data ?? [])]);
    return pieces.every((piece, place) => piece?.response === true && piece.status === status && piece.more === place < pieces.length - 1) && whole.join() === [...data].join();
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => (parseControl(bytes)?.data.length ?? 0) <= bytes.length));
  expect([...parseVariables(variablesText([["version", "ntpd ntpsec-1.2.2"], ["leap", "0"]]))]).toEqual([["version", "ntpd ntpsec-1.2.2"], ["leap", "0"]]);
  expect(parseControl(encode("GET / HTTP/1.1"))).toBe(undefined);
});

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 600_000_000, maxSteps: 400_000_000 }).stdout);
output("apt-get -qq -y install ntpsec ntpsec-ntpdate > /dev/null 2>&1");

test.each([
  ["peers", "sleep 20; ntpq -p; ntpq -c as | head -5; ntpq -c rv | head -2; timedatectl | grep -i -e synchronized -e NTP; ps -o user,comm -C ntpd; printf 'pe\\nquit\\n' | ntpq | wc -l", "     remote           refid      st t when poll reach   delay   offset   jitter\n===============================================================================\n 0.debian.pool.n .POOL.          16 p    -  256    0   0.0000   0.0000   0.0001\n 1.debian.pool.n .POOL.          16 p    -  256    0   0.0000   0.0000   0.0001\n 2.debian.pool.n .POOL.          16 p    -  256    0   0.0000   0.0000   0.0001\n 3.debian.pool.n .POOL.          16 p    -  256    0   0.0000   0.0000   0.0001\n*203.0.113.121   .GPS.            1 u   13   64   17   0.5000   0.0000   0.0001\n+203.0.113.122   203.0.113.121    2 u   13   64   17   0.5000   0.1840   0.0026\n+203.0.113.123   203.0.113.121    2 u   13   64   17   0.5000  -0.3270   0.0001\n+203.0.113.124   203.0.113.122    3 u   13   64   17   0.5000   0.5410   0.0001\n\nind assid status  conf reach auth condition  last_event cnt\n===========================================================\n  1 20001  8011   yes   no   none reject       mobilize  1\n  2 20002  8011   yes   no   none reject       mobilize  1\nassocid=0 status=0615 leap_none, sync_ntp, 1 event, clock_sync,\nversion=\"ntpd ntpsec-1.2.2\", processor=\"x86_64\",\nSystem clock synchronized: yes\n              NTP service: active\nUSER     COMMAND\nntpsec   ntpd\n10\n"],
  ["a step", "date -s '2026-11-21 20:00' > /dev/null; systemctl restart ntpsec; sleep 20; date +%H:%M; journalctl -u ntpsec --no-pager | grep -o 'CLOCK: time stepped by 41[0-9]*'; ntpq -pn | grep '^[*]' | cut -c1-40; ntpdate -q localhost | grep -o 's2.*'", "21:10\nCLOCK: time stepped by 4190\n*203.0.113.121   .GPS.            1 u   \ns2 no-leap\n"],
  ["no server", "systemctl stop ntpsec; ntpq -p; ntpq -c foo; echo 'server 10.0.2.99' > /etc/ntpsec/ntp.conf; ntpd -gq; echo $?; echo 'server 203.0.113.121 iburst' > /etc/ntpsec/ntp.conf; date -s '2026-11-21 20:00' > /dev/null; ntpd -q; echo $?; ntpd -gq 2>&1 | sed 's/[0-9][0-9.]*s$/N/'; date +%H:%M; su student -c 'ntpd -q'; ntpq --version; systemctl status ntpsec | sed -n 3p | cut -d' ' -f6-8", "***Socket error; probably ntpd is not running\n***Command `foo' unknown\nntpd: no servers found\n1\n1\nntpd: time set +N\n21:10\nmust be run as root, not uid 1000\nntpq ntpsec-1.2.2\nActive: inactive (dead)\n"],
])("%s", (_what, script, expected) => {
  expect(output(script)).toBe(expected);
});
