import { type Blocking, decode } from "../../../kernel/sys.ts";
import { requestChunks } from "../../../daemons/docker/api/client.ts";
import { rfc3339 } from "../../../daemons/docker/api/human.ts";
import { compileTemplate } from "../../kit/go-template/execute-template.ts";
import { fromJson } from "../../kit/go-template/go-value.ts";
import { list, string } from "../../kit/pflag.ts";
import { type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

interface Event {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly timeNano: number;
}

/** 2026-11-21T21:05:25.000000000Z container start ID (image=x, name=y) */
function eventText(event: Event): string {
  const time = rfc3339(event.timeNano / 1000).replace(/(\.\d+)?Z$/, (end) => `.${end.replace(/[.Z]/g, "").padEnd(9, "0")}Z`);
  const attributes = Object.entries(event.Actor.Attributes).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
  return `${time} ${event.Type} ${event.Action} ${event.Actor.ID}${attributes.length === 0 ? "" : ` (${attributes.join(", ")})`}`;
}

export const events = cobra({
  use: "events [OPTIONS]",
  short: "Get real time events from the server",
  args: noArgs,
  flags: { filter: list("filter", "f", "Choose events by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), since: string("since", "", "Also events since a time"), until: string("until", "", "Stop at a time") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      const template = flags.format === "" ? undefined : compileTemplate("", flags.format);
      let rest = "";
      yield* requestChunks(env.sys, "GET", `/events${query({ since: flags.since, until: flags.until, filters: filterQuery(flags.filter) })}`, function* (bytes) {
        rest += decode(bytes);
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines.filter((one) => one !== "")) {
          const event = JSON.parse(line) as Event;
          yield* env.io.out(`${template ? template.execute(fromJson(event)) : eventText(event)}\n`);
        }
      }, env.host);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
