// Settings of a service that cannot stand together (service_verify of systemd 252).

export interface ServiceFacts {
  readonly type: string;
  readonly restart: string;
  /** how many commands */
  readonly starts: number;
  readonly stops: number;
  readonly busName: string | undefined;
  readonly hasSuccessAction: boolean;
}

/** A sentence; systemd goes on with "Refusing." Undefined: it can be started. */
export function serviceRefusal({ type, restart, starts, stops, busName, hasSuccessAction }: ServiceFacts): string | undefined {
  const isOneshot = type === "oneshot";
  if (starts === 0 && stops === 0 && !hasSuccessAction) return "Service has no ExecStart=, ExecStop=, or SuccessAction=.";
  if (!isOneshot && starts === 0) return "Service has no ExecStart= setting, which is only allowed for Type=oneshot services.";
  if (!isOneshot && starts > 1) return "Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services.";
  if (isOneshot && (restart === "always" || restart === "on-success")) return "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services.";
  if (type === "dbus" && busName === undefined) return "Service is of type D-Bus but no D-Bus service name has been specified.";
  return undefined;
}
