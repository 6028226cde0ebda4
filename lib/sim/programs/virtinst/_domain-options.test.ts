import { expect, test } from "vitest";
import { parseXml } from "../../daemons/libvirt/api/xml.ts";
import { applyToDevice, applyToDomain, matches, parsed } from "./_domain-options.ts";
import { domainOption, domainOptions, suboptionList } from "./_option-table.ts";

const option = (name: string) => {
  const found = domainOption(name);
  if (found === undefined) throw new Error(name);
  return found;
};

test.each([
  ["disk", "<disk/>", "/a.qcow2,bus=virtio,target=vdb,format=qcow2,cache=none,readonly=yes", '<disk>\n  <driver type="qcow2" cache="none"/>\n  <source file="/a.qcow2"/>\n  <target bus="virtio" dev="vdb"/>\n  <readonly/>\n</disk>\n'],
  ["disk", '<disk><target dev="vda"/><readonly/></disk>', "readonly=no,serial=s1", '<disk>\n  <target dev="vda"/>\n  <serial>s1</serial>\n</disk>\n'],
  ["network", '<interface type="network"><source network="default"/></interface>', "bridge=br0,model=e1000", '<interface type="bridge">\n  <source bridge="br0"/>\n  <model type="e1000"/>\n</interface>\n'],
  ["rng", "<rng/>", "/dev/random", '<rng>\n  <backend model="random">/dev/random</backend>\n</rng>\n'],
  ["watchdog", "<watchdog/>", "i6300esb,action=poweroff", '<watchdog model="i6300esb" action="poweroff"/>\n'],
])("--%s changes %s by %s", (name, before, text, after) => {
  const device = parseXml(before);
  applyToDevice(device, option(name), text);
  expect(device.format(0, '"')).toBe(after);
});

test.each([
  ["memory", "memory=256,currentMemory=128", "<memory>262144</memory><currentMemory>131072</currentMemory>"],
  ["vcpus", "2,maxvcpus=4", "<vcpu current='2'>4</vcpu>"],
  ["cpu", "host-passthrough", "<cpu mode='host-passthrough'/>"],
  ["metadata", "title=\"a, b\"", "<title>a, b</title>"],
  ["events", "on_crash=preserve", "<on_crash>preserve</on_crash>"],
])("--%s %s", (name, text, after) => {
  const domain = parseXml("<domain/>");
  applyToDomain(domain, option(name), text);
  expect(domain.format().replace(/\n\s*/g, "")).toBe(`<domain>${after}</domain>`);
});

test("an unknown suboption is named", () => {
  expect(() => parsed(option("disk"), "/a,colour=red,size=1")).toThrow("Error: --disk /a,colour=red,size=1: Unknown --disk options: ['colour']");
});

test("selectors find devices by their properties", () => {
  const disk = parseXml("<disk><source file='/a'/><target dev='vda'/></disk>");
  expect([["target=vda"], ["/a"], ["path=/a,target=vda"], ["target=vdb"], ["readonly=yes"]].map(([text = ""]) => matches(disk, option("disk"), parsed(option("disk"), text)))).toEqual([true, true, true, false, false]);
});

test("every place of every option can be written and read", () => {
  for (const one of domainOptions) expect(suboptionList(one).startsWith(`--${one.name} options:\n  clearxml\n`)).toBe(true);
});
