// /proc/slabinfo (slabinfo(5)): the caches of a kernel 6.1 of a small machine, those of processes and files as full as the machine has them.

import type { Kernel } from "../kernel.ts";

type Cache = readonly [name: string, objects: number, objectBytes: number, objectsPerSlab: number, pagesPerSlab: number];

/** Objects at rest; sizes as CONFIG_SLUB lays them out on x86_64. */
const CACHES: readonly Cache[] = [
  ["ext4_groupinfo_4k", 180, 184, 22, 1], ["fsverity_info", 0, 272, 15, 1], ["ip6-frags", 0, 184, 22, 1], ["PINGv6", 0, 1216, 13, 4], ["RAWv6", 26, 1216, 13, 4], ["UDPv6", 48, 1344, 12, 4], ["tw_sock_TCPv6", 0, 248, 16, 1], ["request_sock_TCPv6", 0, 304, 13, 1], ["TCPv6", 26, 2432, 13, 8],
  ["kcopyd_job", 0, 3240, 10, 8], ["dm_uevent", 0, 2888, 11, 8], ["scsi_sense_cache", 64, 128, 32, 1], ["mqueue_inode_cache", 17, 960, 17, 4], ["jbd2_transaction_s", 32, 256, 16, 1], ["jbd2_inode", 128, 64, 64, 1], ["jbd2_journal_handle", 146, 56, 73, 1], ["jbd2_journal_head", 238, 120, 34, 1],
  ["jbd2_revoke_table_s", 512, 16, 256, 1], ["ext4_inode_cache", 9_180, 1184, 27, 8], ["ext4_allocation_context", 56, 144, 28, 1], ["ext4_system_zone", 204, 40, 102, 1], ["ext4_io_end_vec", 256, 32, 128, 1], ["ext4_pending_reservation", 256, 32, 128, 1], ["ext4_extent_status", 7_344, 40, 102, 1], ["mbcache", 146, 56, 73, 1],
  ["kioctx", 28, 576, 14, 2], ["fsnotify_mark", 144, 80, 51, 1], ["dnotify_struct", 128, 32, 128, 1], ["pid_namespace", 23, 136, 30, 1], ["posix_timers_cache", 34, 240, 17, 1], ["ip4-frags", 0, 200, 20, 1], ["xfrm_state", 0, 832, 19, 4], ["ip_fib_trie", 170, 48, 85, 1], ["ip_fib_alias", 146, 56, 73, 1], ["PING", 0, 1024, 16, 4],
  ["RAW", 28, 1152, 14, 4], ["UDP", 56, 1152, 14, 4], ["tw_sock_TCP", 32, 248, 16, 1], ["request_sock_TCP", 26, 304, 13, 1], ["TCP", 28, 2240, 14, 8], ["hugetlbfs_inode_cache", 26, 624, 13, 2], ["dquot", 0, 256, 16, 1], ["ep_head", 512, 16, 256, 1], ["eventpoll_pwq", 504, 72, 56, 1], ["eventpoll_epi", 384, 128, 32, 1],
  ["inotify_inode_mark", 153, 80, 51, 1], ["dax_cache", 21, 768, 21, 4], ["request_queue", 30, 1056, 15, 4], ["blkdev_ioc", 92, 88, 46, 1], ["biovec-max", 72, 4096, 8, 8], ["biovec-128", 32, 2048, 16, 8], ["biovec-64", 48, 1024, 16, 4], ["bio_integrity_payload", 21, 192, 21, 1], ["khugepaged_mm_slot", 144, 112, 36, 1], ["user_namespace", 24, 656, 24, 4],
  ["uid_cache", 64, 128, 32, 1], ["dmaengine-unmap-2", 64, 64, 64, 1], ["sock_inode_cache", 468, 832, 19, 4], ["skbuff_ext_cache", 0, 192, 21, 1], ["skbuff_fclone_cache", 96, 512, 16, 2], ["skbuff_head_cache", 320, 256, 16, 1], ["configfs_dir_cache", 46, 88, 46, 1], ["file_lock_cache", 74, 216, 37, 2], ["file_lock_ctx", 146, 56, 73, 1],
  ["fsnotify_mark_connector", 512, 32, 128, 1], ["buffer_head", 23_400, 104, 39, 1], ["taskstats", 46, 352, 23, 2], ["proc_dir_entry", 1_050, 192, 21, 1], ["pde_opener", 204, 40, 102, 1], ["proc_inode_cache", 3_404, 712, 23, 4], ["seq_file", 136, 120, 34, 1], ["sigqueue", 204, 80, 51, 1], ["bdev_cache", 40, 1600, 20, 8],
  ["shmem_inode_cache", 1_230, 760, 21, 4], ["kernfs_node_cache", 34_112, 128, 32, 1], ["mnt_cache", 150, 320, 25, 2], ["filp", 2_128, 256, 16, 1], ["inode_cache", 16_302, 640, 25, 4], ["dentry", 41_664, 192, 21, 1], ["names_cache", 32, 4096, 8, 8], ["net_namespace", 7, 4224, 7, 8], ["iint_cache", 0, 144, 28, 1],
  ["lsm_file_cache", 2_380, 24, 170, 1], ["key_jar", 64, 256, 16, 1], ["uts_namespace", 37, 432, 18, 2], ["nsproxy", 112, 72, 56, 1], ["vm_area_struct", 5_280, 200, 20, 1], ["mm_struct", 75, 1088, 30, 8], ["fs_cache", 256, 64, 64, 1], ["files_cache", 92, 704, 23, 4], ["signal_cache", 224, 1152, 28, 8], ["sighand_cache", 210, 2112, 15, 8],
  ["task_struct", 175, 6144, 5, 8], ["cred_jar", 840, 192, 21, 1], ["anon_vma_chain", 3_712, 64, 64, 1], ["anon_vma", 2_340, 104, 39, 1], ["pid", 512, 128, 32, 1], ["Acpi-Operand", 1_064, 72, 56, 1], ["Acpi-ParseExt", 78, 104, 39, 1], ["Acpi-State", 102, 80, 51, 1], ["numa_policy", 60, 264, 15, 1],
  ["perf_event", 0, 1304, 25, 8], ["trace_event_file", 2_346, 88, 46, 1], ["ftrace_event_field", 13_005, 48, 85, 1], ["pool_workqueue", 336, 512, 16, 2], ["radix_tree_node", 5_320, 584, 28, 4], ["task_group", 112, 640, 25, 4], ["maple_node", 1_040, 256, 16, 1], ["vmap_area", 1_960, 64, 64, 1],
  ["kmalloc-cg-4k", 112, 4096, 8, 8], ["kmalloc-cg-2k", 96, 2048, 16, 8], ["kmalloc-cg-1k", 192, 1024, 16, 4], ["kmalloc-cg-512", 208, 512, 16, 2], ["kmalloc-cg-256", 64, 256, 16, 1], ["kmalloc-cg-192", 210, 192, 21, 1], ["kmalloc-cg-128", 128, 128, 32, 1], ["kmalloc-cg-64", 640, 64, 64, 1], ["kmalloc-cg-32", 640, 32, 128, 1],
  ["kmalloc-rcl-192", 63, 192, 21, 1], ["kmalloc-rcl-128", 416, 128, 32, 1], ["kmalloc-rcl-96", 1_386, 96, 42, 1], ["kmalloc-rcl-64", 2_304, 64, 64, 1], ["kmalloc-8k", 52, 8192, 4, 8], ["kmalloc-4k", 304, 4096, 8, 8], ["kmalloc-2k", 528, 2048, 16, 8], ["kmalloc-1k", 832, 1024, 16, 4], ["kmalloc-512", 3_936, 512, 16, 2],
  ["kmalloc-256", 1_024, 256, 16, 1], ["kmalloc-192", 1_617, 192, 21, 1], ["kmalloc-128", 1_152, 128, 32, 1], ["kmalloc-96", 2_142, 96, 42, 1], ["kmalloc-64", 5_632, 64, 64, 1], ["kmalloc-32", 8_320, 32, 128, 1], ["kmalloc-16", 7_168, 16, 256, 1], ["kmalloc-8", 6_144, 8, 512, 1], ["kmem_cache_node", 192, 64, 64, 1], ["kmem_cache", 176, 256, 16, 1],
];

/** Objects for each process beyond those at rest, in the caches that hold processes and what they have open. */
const PER_PROCESS = new Map([["task_struct", 1], ["pid", 1], ["cred_jar", 2], ["signal_cache", 1], ["sighand_cache", 1], ["files_cache", 1], ["fs_cache", 1], ["mm_struct", 1], ["vm_area_struct", 40], ["anon_vma", 18], ["anon_vma_chain", 24], ["filp", 6], ["maple_node", 5]]);

export function slabInfoText(kernel: Kernel): string {
  const processes = kernel.processes.size;
  const rows = CACHES.map(([name, atRest, objectBytes, perSlab, pages]) => {
    const active = atRest + processes * (PER_PROCESS.get(name) ?? 0);
    const slabs = Math.ceil(active / perSlab);
    return `${name.padEnd(17)} ${String(active).padStart(6)} ${String(slabs * perSlab).padStart(6)} ${String(objectBytes).padStart(6)} ${String(perSlab).padStart(4)} ${String(pages).padStart(4)} : tunables ${"0".padStart(4)} ${"0".padStart(4)} ${"0".padStart(4)} : slabdata ${String(slabs).padStart(6)} ${String(slabs).padStart(6)} ${"0".padStart(6)}\n`;
  });
  return `slabinfo - version: 2.1\n# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>\n${rows.join("")}`;
}
