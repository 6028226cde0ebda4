import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeNtp, encodeNtp, measure, ntpRequest } from "../../daemons/ntp/api.ts";
import { statisticsOf } from "./_sample-statistics.ts";
import { parseSubnet, Subnets } from "./_subnets.ts";
import { sourcesReport, trackingReport } from "./_reports.ts";

describe("chrony", () => {
  test("a packet keeps its microseconds", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2_085_978_495_999_999 }), (us) => {
      expect(decodeNtp(encodeNtp(ntpRequest(6, us)))?.transmitUs).toBe(us);
    }));
    expect(decodeNtp(new Uint8Array(12))).toBeUndefined();
  });

  test("an offset is half of what the two ways differ by", () => {
    const packet = { ...ntpRequest(6, 0), mode: 4, receiveUs: 2_000_300, transmitUs: 2_000_400 };
    expect(measure(packet, 1_000_000, 1_000_700)).toEqual({ offsetSeconds: 1, delaySeconds: 0.0006 });
  });

  test("a line through the samples", () => {
    const samples = [0, 2, 4, 6].map((seconds) => ({ atUs: seconds * 1e6, offsetSeconds: 0.001 + seconds * 1e-6, distanceSeconds: 0.01, delaySeconds: 0 }));
    const { frequencyPpm, offsetSeconds, spanSeconds, samples: count } = statisticsOf(samples, 6e6);
    expect([frequencyPpm.toFixed(3), offsetSeconds.toFixed(6), spanSeconds, count]).toEqual(["1.000", "0.001006", 6, 4]);
    expect(statisticsOf([], 0)).toEqual({ samples: 0, runs: 0, spanSeconds: 0, frequencyPpm: 0, skewPpm: 2000, offsetSeconds: 0, deviationSeconds: 4 });
  });

  test("the narrowest rule decides", () => {
    const subnets = new Subnets();
    expect([subnets.add(true, ["10.0.0.0/8"]), subnets.add(false, ["10.1"]), subnets.add(true, ["10.1.2.3"]), subnets.add(true, ["10.1.2.300"])]).toEqual([true, true, true, false]);
    expect(["10.9.9.9", "10.1.9.9", "10.1.2.3", "192.168.1.1"].map((address) => subnets.allows(address))).toEqual([true, false, true, false]);
    expect(subnets.add(false, ["all"])).toBe(true);
    expect(subnets.empty).toBe(true);
    expect(parseSubnet("192.168")).toEqual({ base: 0xc0a80000, bits: 16 });
  });

  // layouts recorded from chronyc 4.3
  test("tables", () => {
    const statistics = { samples: 28, runs: 18, spanSeconds: 42, frequencyPpm: 0, skewPpm: 0.014, offsetSeconds: 2e-9, deviationSeconds: 219e-9 };
    const source = { kind: "server", name: "localhost", address: "127.0.0.1", selection: "*", stratum: 2, poll: 3, reach: 255, lastSeconds: 8, adjustedSeconds: 533e-9, measuredSeconds: 600e-9, errorSeconds: 2779e-9, options: [], statistics } as const;
    expect(sourcesReport([source, { ...source, selection: "?", stratum: 0, poll: 7, reach: 0, lastSeconds: undefined, adjustedSeconds: 0, measuredSeconds: 0, errorSeconds: 0, name: "127.0.0.9" }], (_, name) => name, false, false)).toBe(
      "MS Name/IP address         Stratum Poll Reach LastRx Last sample               \n===============================================================================\n^* localhost                     2   3   377     8   +533ns[ +600ns] +/- 2779ns\n^? 127.0.0.9                     0   7     0     -     +0ns[   +0ns] +/-    0ns\n",
    );
    expect(trackingReport({ referenceId: 0x7f000001, referenceAddress: "127.0.0.1", stratum: 3, leap: 0, referenceUs: 1_795_336_569_224_693, pendingSeconds: 0.000001026, lastOffsetSeconds: 67e-9, rmsOffsetSeconds: 0.000001551, frequencyPpm: 0.001, residualPpm: 0, skewPpm: 0.016, rootDelaySeconds: 0.000004691, rootDispersionSeconds: 0.000008987, intervalSeconds: 4.1 }, "localhost", false)).toBe(
      "Reference ID    : 7F000001 (localhost)\nStratum         : 3\nRef time (UTC)  : Sun Nov 22 08:36:09 2026\nSystem time     : 0.000001026 seconds fast of NTP time\nLast offset     : +0.000000067 seconds\nRMS offset      : 0.000001551 seconds\nFrequency       : 0.001 ppm fast\nResidual freq   : +0.000 ppm\nSkew            : 0.016 ppm\nRoot delay      : 0.000004691 seconds\nRoot dispersion : 0.000008987 seconds\nUpdate interval : 4.1 seconds\nLeap status     : Normal\n",
    );
  });
});
