// Block jobs and counters of disks (virsh-domain.c).
import type { Blocking } from "../../../kernel/sys.ts";
import { numberAt, record, textAt } from "../../../daemons/libvirt/api.ts";
import { scaled, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

const waiting = "timeout:string wait async verbose";

/** --verbose, --timeout and --async speak of a job that is waited for. */
function waits(call: VshCall): boolean {
  return call.has("wait") || call.has("timeout") || call.has("pivot") || call.has("keep-overlay") || call.has("finish");
}

function* checkWait(call: VshCall): Blocking<void> {
  yield* call.sys.preempt();
  for (const name of ["verbose", "async"]) if (call.has(name) && !waits(call)) throw new VshError(`missing --wait option`);
  const both = (["pivot", "keep-overlay", "finish"] as const).filter((name) => call.has(name));
  if (both.length > 1) throw new VshError(`Options --${both[0]} and --${both[1]} are mutually exclusive`);
}

const blockcommit = verb("blockcommit", "domain", "merge an overlay into the image below it", `domain:data path:data bandwidth:string base:string shallow top:string active delete ${waiting} pivot keep-overlay keep-relative bytes`, function* (call) {
  const domain = yield* call.domain();
  yield* checkWait(call);
  const path = call.text("path");
  if (call.has("base") && call.has("shallow")) throw new VshError("Options --base and --shallow are mutually exclusive");
  const active = call.has("active") || call.has("pivot") || call.has("keep-overlay");
  const { ready } = { ready: record(yield* call.act("blockCommit", { domain, path, base: call.get("base"), top: call.get("top"), shallow: call.has("shallow"), active, delete: call.has("delete") })).get("ready") === true };
  if (!waits(call)) {
    yield* call.extra(ready ? "Active Block Commit started\n" : "Block Commit started\n");
    return;
  }
  if (call.has("verbose")) yield* call.print("\rBlock commit: [100 %]");
  if (call.has("pivot")) yield* call.act("blockJobEnd", { domain, path, pivot: true }, `failed to pivot job for disk ${path}`);
  else if (call.has("keep-overlay")) yield* call.act("blockJobEnd", { domain, path }, `failed to finish job for disk ${path}`);
  yield* call.print(call.has("pivot") ? "\nSuccessfully pivoted" : call.has("keep-overlay") ? "\nCommit complete, overlay image kept" : ready ? "\nNow in synchronized phase" : "\nCommit complete");
});

const blockpull = verb("blockpull", "domain", "make a disk independent: copy into it what its backing image has", `domain:data path:data bandwidth:string base:string ${waiting} keep-relative bytes`, function* (call) {
  const domain = yield* call.domain();
  yield* checkWait(call);
  yield* call.act("blockPull", { domain, path: call.text("path"), base: call.get("base") });
  if (!waits(call)) {
    yield* call.extra("Block Pull started\n");
    return;
  }
  if (call.has("verbose")) yield* call.print("\rBlock Pull: [100 %]");
  yield* call.print("\nPull complete");
});

const blockcopy = verb("blockcopy", "domain", "mirror a disk to another file", `domain:data path:data dest:string bandwidth:string shallow reuse-external blockdev ${waiting} pivot finish xml:string format:string granularity:string buf-size:string bytes transient-job synchronous-writes print-xml`, function* (call) {
  const domain = yield* call.domain();
  yield* checkWait(call);
  const path = call.text("path");
  let dest = call.get("dest");
  let format = call.get("format");
  if (dest !== undefined && call.has("xml")) throw new VshError("Options --dest and --xml are mutually exclusive");
  if (call.has("xml")) {
    const xml = yield* call.file(call.text("xml"));
    dest = /<source file=['"]([^'"]*)['"]/.exec(xml)?.[1];
    format = /<driver[^>]* type=['"]([^'"]*)['"]/.exec(xml)?.[1];
  }
  if (dest === undefined) throw new VshError("need either --xml or --dest option");
  if (call.has("print-xml")) {
    yield* call.print(`<disk type='file'>\n  <source file='${dest}'/>\n${format === undefined ? "" : `  <driver type='${format}'/>\n`}</disk>\n`);
    return;
  }
  yield* call.act("blockCopy", { domain, path, dest, format, reuse: call.has("reuse-external") });
  if (!waits(call)) {
    yield* call.extra("Block Copy started\n");
    return;
  }
  if (call.has("verbose")) yield* call.print("\rBlock Copy: [100 %]");
  if (call.has("pivot")) yield* call.act("blockJobEnd", { domain, path, pivot: true }, `failed to pivot job for disk ${path}`);
  else if (call.has("finish")) yield* call.act("blockJobEnd", { domain, path }, `failed to finish job for disk ${path}`);
  yield* call.print(call.has("pivot") ? "\nSuccessfully pivoted" : call.has("finish") ? "\nSuccessfully copied" : "\nNow in mirroring phase");
});

const blockjob = verb("blockjob", "domain", "Manage active block operations", "domain:data path:data abort async pivot info raw bytes bandwidth:string", function* (call) {
  const domain = yield* call.domainRecord();
  const name = textAt(domain, "name");
  const path = call.text("path");
  if (call.has("abort") || call.has("async") || call.has("pivot")) {
    yield* call.act("blockJobEnd", { domain: name, path, pivot: call.has("pivot") });
    return;
  }
  if (call.has("bandwidth")) {
    if (scaled(call.text("bandwidth"), 1024 ** 2) === undefined) throw new VshError(`Scaled numeric value '${call.text("bandwidth")}' for <bandwidth> option is malformed or out of range`);
    return;
  }
  const job = record(yield* call.act("blockJobInfo", { domain: name, path }));
  if (job.size === 0) {
    yield* call.extra(`No current block job for ${path}`);
    return;
  }
  if (call.has("raw")) yield* call.print(` type=${textAt(job, "kind")}\n bandwidth=0\n cur=1\n end=1\n`);
  else yield* call.print(`\r${textAt(job, "kind")}: [100 %]\n`);
});

const counters: readonly (readonly [label: string, key: string])[] = [["rd_req", "readRequests"], ["rd_bytes", "readBytes"], ["wr_req", "writeRequests"], ["wr_bytes", "writeBytes"], ["flush_operations", "flushes"], ["rd_total_times", "readNs"], ["wr_total_times", "writeNs"], ["flush_total_times", "flushNs"]];
const longLabels = ["number of read operations", "number of bytes read", "number of write operations", "number of bytes written", "number of flush operations", "total duration of reads (ns)", "total duration of writes (ns)", "total duration of flushes (ns)"];

const domblkstat = verb("domblkstat", "monitor", "counts of what a disk read and wrote", "domain:data device:string human", function* (call) {
  const domain = yield* call.domainRecord();
  const device = call.get("device") ?? "";
  if (numberAt(domain, "id") < 0) throw new VshError("Requested operation is not valid: domain is not running");
  const stats = record(yield* call.act("blockStats", { domain: textAt(domain, "name"), path: device }, `Failed to get block stats for domain '${textAt(domain, "name")}' device '${device}'`));
  if (call.has("human")) {
    yield* call.print(`Device: ${device}\n${counters.map(([, key], index) => ` ${(longLabels[index] ?? "").concat(":").padEnd(30)} ${numberAt(stats, key)}\n`).join("")}`);
    return;
  }
  yield* call.print(counters.map(([label, key]) => `${device} ${label} ${numberAt(stats, key)}\n`).join(""));
});

export const blockJobs: readonly Verb[] = [blockcommit, blockpull, blockcopy, blockjob, domblkstat];
