// `sshd -T`: every keyword with what counts, for nobody or for the connection of -C (servconf.c, dump_config).
import { KEYWORDS } from "./_keywords.ts";
import { type Person, type ServerConfiguration, splitPlace } from "./_server-configuration.ts";

/** Each part in a line of its own. */
const LINES = new Set(["environment", "environment-names", "lines", "subsystem", "port"]);

export function effectiveLines(configuration: ServerConfiguration, person: Person, given: { readonly ports: readonly string[]; readonly keys: readonly string[] }): readonly string[] {
  const ports = given.ports.length > 0 ? given.ports : configuration.all("port");
  return KEYWORDS.flatMap(({ name, kind, otherwise }) => {
    if (name === "listenaddress") return listenLines(configuration, ports);
    if (name === "debianbanner" || (otherwise === undefined && configuration.given(name, person).length === 0)) return [];
    const values = name === "port" ? ports : name === "hostkey" && given.keys.length > 0 ? [...given.keys, ...configuration.given(name)] : configuration.all(name, person);
    return LINES.has(kind.kind) ? values.map((value) => `${name} ${value}`) : [`${name} ${values[0] ?? otherwise ?? ""}`];
  });
}

function listenLines(configuration: ServerConfiguration, ports: readonly string[]): readonly string[] {
  const places = configuration.given("listenaddress");
  const family = configuration.get("addressfamily") ?? "any";
  if (places.length === 0) return ports.flatMap((port) => [...(family === "inet" ? [] : [`listenaddress [::]:${port}`]), ...(family === "inet6" ? [] : [`listenaddress 0.0.0.0:${port}`])]);
  return places.flatMap((place) => {
    const { address, port } = splitPlace(place);
    return (port === undefined ? ports : [port]).map((one) => `listenaddress ${address.includes(":") ? `[${address}]` : address}:${one}`);
  });
}
