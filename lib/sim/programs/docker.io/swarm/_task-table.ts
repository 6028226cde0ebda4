// The table of docker service ps and docker node ps: tasks by service and slot, former tasks of a slot behind the present one.
import type { Blocking } from "../../../kernel/sys.ts";
import { humanDuration } from "../../../daemons/docker/api/human.ts";
import type { DockerEnv } from "../_docker-env.ts";
import { type Column, ellipsis, type Format, render } from "../_format.ts";
import type { TaskRow } from "./_request.ts";

export function* taskTable(env: DockerEnv, tasks: readonly TaskRow[], flags: { readonly format: string; readonly quiet: boolean; readonly noTrunc: boolean }): Blocking<void> {
  const nowUs = env.sys.clockUs("realtime");
  const ordered = tasks.toSorted((a, b) => (a.ServiceName === b.ServiceName ? a.Slot - b.Slot || b.SinceUs - a.SinceUs || Number(b.DesiredState === "Running") - Number(a.DesiredState === "Running") : a.ServiceName < b.ServiceName ? -1 : 1));
  const first = new Set<string>();
  const names = new Map<string, string>();
  for (const task of ordered) {
    const name = `${task.ServiceName}.${task.Global ? task.NodeID : task.Slot}`;
    names.set(task.ID, first.has(name) && flags.format === "" ? ` \\_ ${name}` : name);
    first.add(name);
  }
  const format: Format<TaskRow> = {
    typeName: "task.taskContext", table: ["ID", "Name", "Image", "Node", "DesiredState", "CurrentState", "Error", "Ports"],
    columns: new Map<string, Column<TaskRow>>([
      ["ID", { header: "ID", value: (task) => (flags.noTrunc ? task.ID : task.ID.slice(0, 12)) }], ["Name", { header: "NAME", value: (task) => names.get(task.ID) ?? "" }], ["Image", { header: "IMAGE", value: (task) => task.Image }], ["Node", { header: "NODE", value: (task) => task.Node }],
      ["DesiredState", { header: "DESIRED STATE", value: (task) => task.DesiredState }], ["CurrentState", { header: "CURRENT STATE", value: (task) => `${task.State} ${humanDuration(nowUs - task.SinceUs).toLowerCase()} ago` }],
      ["Error", { header: "ERROR", value: (task) => (flags.noTrunc ? task.Error : task.Error.length > 30 ? `${ellipsis(task.Error.slice(0, -1), 29)}"` : task.Error) }], ["Ports", { header: "PORTS", value: () => "" }],
    ]),
  };
  yield* env.io.out(render(format, ordered, flags.format, flags.quiet ? "ID" : undefined));
}
