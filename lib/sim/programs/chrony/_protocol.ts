// What chronyc asks and chronyd answers: a datagram of JSON each way, on the socket in /run/chrony or on UDP port 323. (The real ones exchange a binary form.)

import type { Tracking } from "./_clock.ts";
import type { Selection } from "./_source.ts";
import type { Statistics } from "./_sample-statistics.ts";

export const COMMAND_PORT = 323;
export const COMMAND_SOCKET = "/run/chrony/chronyd.sock";

export interface SourceReport {
  readonly kind: "server" | "pool" | "peer" | "refclock";
  readonly name: string;
  /** empty: its name is not resolved */
  readonly address: string;
  readonly selection: Selection;
  readonly stratum: number;
  readonly poll: number;
  readonly reach: number;
  readonly lastSeconds: number | undefined;
  readonly adjustedSeconds: number;
  readonly measuredSeconds: number;
  readonly errorSeconds: number;
  readonly options: readonly string[];
  readonly statistics: Statistics;
}

export interface NtpReport {
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly leap: number;
  readonly version: number;
  readonly stratum: number;
  readonly poll: number;
  readonly precision: number;
  readonly rootDelaySeconds: number;
  readonly rootDispersionSeconds: number;
  readonly referenceId: number;
  readonly referenceUs: number;
  readonly offsetSeconds: number;
  readonly delaySeconds: number;
  readonly dispersionSeconds: number;
  readonly transmitted: number;
  readonly received: number;
  readonly valid: number;
}

export interface ClientReport {
  readonly address: string;
  readonly ntp: number;
  readonly ntpDropped: number;
  readonly ntpInterval: number | undefined;
  readonly ntpLastSeconds: number | undefined;
  readonly commands: number;
  readonly commandLastSeconds: number | undefined;
}

export interface Reply {
  /** of chronyc's words: 0 "200 OK" */
  readonly status: Status;
  readonly tracking?: Tracking;
  readonly sources?: readonly SourceReport[];
  readonly activity?: readonly number[];
  readonly ntp?: readonly NtpReport[];
  readonly clients?: readonly ClientReport[];
  readonly counters?: readonly number[];
  readonly name?: string;
  readonly entries?: readonly { readonly atUs: number; readonly offsetSeconds: number }[];
  readonly offsetSeconds?: number;
  readonly allowed?: boolean;
}

export const STATUS_TEXT = {
  ok: "200 OK", allowed: "208 Access allowed", denied: "209 Access denied", failure: "500 Failure", unauthorised: "501 Not authorised", invalid: "502 Invalid command", "no-source": "503 No such source",
  inactive: "505 Facility not enabled in daemon", present: "511 Source already present", "bad-subnet": "507 Bad subnet", "no-rtc": "513 RTC driver not running", "bad-sample": "514 Can't write RTC parameters", "invalid-name": "521 Invalid name",
} as const;
export type Status = keyof typeof STATUS_TEXT;
