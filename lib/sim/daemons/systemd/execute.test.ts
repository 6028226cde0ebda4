import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { decode, encode } from "../../world/text.ts";

test("a stop that comes before the service's program was started ends it at once", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_251_600_000_000 });
  world.step(world.nowUs + 3_000_000, 1e8);
  const unit = "[Service]\\nExecStartPre=/bin/true\\nExecStart=/bin/sleep infinity\\n";
  const script = `printf '${unit}' > /etc/systemd/system/x.service; systemctl daemon-reload
    for i in 1 2 3 4 5 6; do systemctl start --no-block x; systemctl --no-block restart x; timeout 10 systemctl stop x; echo $?; done; systemctl is-active x; systemctl is-active ssh`;
  const { stdout, stderr } = world.runProgram({ argv: ["bash", "-c", script], directory: "/", stdin: encode(""), limitUs: 100_000_000, maxSteps: 1e9 });
  expect(decode(stdout) + decode(stderr)).toBe("0\n0\n0\n0\n0\n0\ninactive\nactive\n");
});
