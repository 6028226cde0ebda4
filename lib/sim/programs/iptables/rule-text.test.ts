// What is read from a command line is written back the way iptables-save writes it.
import { describe, expect, test } from "vitest";
import { BadArgument } from "./_bad-argument.ts";
import { parseRule, ruleText } from "./_rule-text.ts";

const services = new Map([["http", 80], ["https", 443]]);
const round = (line: string) => ruleText(parseRule(line.split(" "), services));

describe("rules", () => {
  test.each([
    ["-p tcp --dport 80 -j ACCEPT", "-p tcp -m tcp --dport 80 -j ACCEPT"],
    ["-s 172.17.0.2 -j DROP", "-s 172.17.0.2/32 -j DROP"],
    ["-s 10.1.2.3/255.0.0.0 -j DROP", "-s 10.0.0.0/8 -j DROP"],
    ["! -i docker0 -p tcp --dport http -j DNAT --to-destination 172.17.0.2:80", "! -i docker0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 172.17.0.2:80"],
    ["-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT", "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"],
    ["-m state --state NEW -j ACCEPT", "-m state --state NEW -j ACCEPT"],
    ["-p icmp --icmp-type echo-request -m limit --limit 5/minute -j ACCEPT", "-p icmp -m icmp --icmp-type 8 -m limit --limit 5/min -j ACCEPT"],
    ["-p tcp -m multiport --dports http,https -j REJECT", "-p tcp -m multiport --dports 80,443 -j REJECT --reject-with icmp-port-unreachable"],
    ["! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER", "! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER"],
    ["-m state --state NEW -p tcp --dport 22 -j ACCEPT", "-p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT"],
    ["-p tcp --tcp-flags ALL NONE -j DROP", "-p tcp -m tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE -j DROP"],
    ["-m iprange ! --src-range 10.0.0.1-10.0.0.9 -m ttl --ttl-lt 5 -j DROP", "-m iprange ! --src-range 10.0.0.1-10.0.0.9 -m ttl --ttl-lt 5 -j DROP"],
    ["-p tcp -m multiport --ports 80,1000:1010 -j ACCEPT", "-p tcp -m multiport --ports 80,1000:1010 -j ACCEPT"],
    ["-m mark --mark 1 -j DROP", "-m mark --mark 0x1 -j DROP"],
  ])("%s", (line, written) => {
    expect(round(line)).toBe(written);
    expect(round(written)).toBe(written);
  });

  test.each([["--dport 80 -j ACCEPT", 'unknown option "--dport"'], ["-p foo -j ACCEPT", 'unknown protocol "foo" specified'], ["-p tcp --dport nosuch -j ACCEPT", "invalid port/service `nosuch' specified"], ["-s 1.2.3.400 -j DROP", "host/network `1.2.3.400' not found"]])("%s is refused", (line, message) => {
    expect(() => round(line)).toThrow(new BadArgument(message));
  });
});
