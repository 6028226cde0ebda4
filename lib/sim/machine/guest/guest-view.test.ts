// What checks see of a guest beside its state: who runs it, and how it ended.
import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";

test("a guest that is off tells how it ended, one that runs tells what runs it", () => {
  const world = createWorld({ host: "debian-12-virt", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const after = (command: string): unknown => {
    world.runProgram({ argv: ["bash", "-c", command], limitUs: 300_000_000, maxSteps: 2e8 });
    const guest = world.view().guests.find((one) => one.name === "web");
    return guest && [guest.state, guest.reason, guest.accelerator];
  };
  expect(after("virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network none --graphics none --noautoconsole --quiet; sleep 30")).toEqual(["running", undefined, "tcg"]);
  expect(after("virsh shutdown web; sleep 10")).toEqual(["off", "shutdown", undefined]);
  expect(after("virsh start web; sleep 5; virsh destroy web; sleep 1")).toEqual(["off", "destroyed", undefined]);
  expect(after("virsh start web; sleep 5; virsh managedsave web; sleep 1")).toEqual(["off", "saved", undefined]);
});
