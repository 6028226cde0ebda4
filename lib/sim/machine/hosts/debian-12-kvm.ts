// debian-12-virt on a server whose hypervisor passes VT-x on: guests run under KVM, and kvm_intel lets them have guests of their own.
import type { HostDescription } from "../host-description.ts";
import debian12Virt from "./debian-12-virt.ts";

const debian12Kvm: HostDescription = {
  ...debian12Virt,
  name: "debian-12-kvm",
  summary: "Debian 12 with libvirt and KVM",
  hardware: {
    ...debian12Virt.hardware,
    cpu: {
      count: 4, vendor: "GenuineIntel", model: "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", family: 6, modelNumber: 79, stepping: 1, mhz: 2399.998, cacheKiB: 16_384, bogomips: 4799.99,
      flags: ("fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss ht syscall nx pdpe1gb rdtscp lm constant_tsc arch_perfmon rep_good nopl xtopology cpuid tsc_known_freq pni pclmulqdq vmx ssse3 fma cx16 "
        + "pcid sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm abm 3dnowprefetch cpuid_fault invpcid_single pti ssbd ibrs ibpb tpr_shadow vnmi flexpriority ept vpid ept_ad fsgsbase tsc_adjust bmi1 avx2 smep "
        + "bmi2 erms invpcid rdseed adx smap xsaveopt arat umip md_clear arch_capabilities").split(" "),
    },
    memoryBytes: 4096 * 1024 ** 2,
    hypervisor: "kvm",
  },
};

export default debian12Kvm;
