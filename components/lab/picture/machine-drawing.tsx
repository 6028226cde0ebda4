"use client";
// A machine as a drawing: networks are rails on the left, what is attached to them branches off; containers stand on the host's kernel,
// a virtual machine brings its own. The same facts are in machine-outline.tsx for those who do not see it.
import type { ReactNode } from "react";
import { useOwnLocale, useWords } from "../../../lib/i18n/use-words.ts";
import type { ContainerPicture, GuestPicture, ImagePicture, MachinePicture, NamespacePicture, NetworkPicture, VolumePicture } from "../../../lib/session/protocol-picture.ts";
import { binarySize } from "../../ui/byte-size.ts";
import { addresses, containerFacts, imageFacts, imageName, interfaceFact, machineFacts, networkKind, runningContainers, sharedLayers, stateWords, volumeName } from "./picture-words.ts";
import { type RailRow, railRows, type Segment } from "./rails.ts";

const railColours = ["var(--accent)", "var(--copper)", "var(--good)", "var(--line-strong)"] as const;
const shownProcesses = 4;

/** Closer together when there are many. */
function railStep(rails: number): number {
  return rails > 6 ? 10 : 16;
}

export function MachineDrawing({ picture }: { readonly picture: MachinePicture }) {
  const t = useWords();
  const shared = sharedLayers(picture.images);
  return (
    <div className="grid gap-4">
      <Machine picture={picture} />
      {picture.docker !== "absent" && (
        <Section title={t("picture.images")} count={picture.images.length}>
          {picture.images.length === 0 && <p className="text-muted">{t("picture.noImages")}</p>}
          <div className="grid gap-2 @lg:grid-cols-2">
            {picture.images.map((image) => (
              <Image key={image.id} image={image} shared={shared} />
            ))}
          </div>
        </Section>
      )}
      {picture.volumes.length > 0 && (
        <Section title={t("picture.volumes")} count={picture.volumes.length}>
          <div className="grid gap-2 @lg:grid-cols-2">
            {picture.volumes.map((volume) => (
              <Volume key={volume.name} volume={volume} />
            ))}
          </div>
        </Section>
      )}
    </div>
  );
}

function Section({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  return (
    <div>
      <p className="mb-2 text-sm font-bold">
        {title} <span className="font-normal text-muted">{count}</span>
      </p>
      {children}
    </div>
  );
}

/** A whole machine in its box: the host, or a guest inside it. */
function Machine({ picture, isGuest = false }: { readonly picture: MachinePicture; readonly isGuest?: boolean }) {
  const t = useWords();
  const locale = useOwnLocale();
  const containers = runningContainers(picture);
  return (
    <div className="rounded-card border-2 border-line-strong bg-paper p-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-mono text-base font-bold [overflow-wrap:anywhere]">{picture.name}</span>
        <span className="text-sm text-muted">{picture.system}</span>
      </div>
      <p className="text-sm text-muted">{machineFacts(t, locale, picture).join(" · ")}</p>
      <div className="mt-2">
        {railRows(picture).map((row) => (
          <Row key={row.row.key} row={row} rails={picture.networks.length} />
        ))}
      </div>
      {picture.docker === "stopped" && <p className="mt-2 text-sm font-semibold text-copper">{t("picture.dockerStopped")}</p>}
      {picture.docker === "absent" && picture.guests.length === 0 && !isGuest && <p className="mt-2 text-sm text-muted">{t("picture.dockerAbsent")}</p>}
      {picture.docker === "running" && picture.containers.length === 0 && <p className="mt-2 text-sm text-muted">{t("picture.noContainers")}</p>}
      <p className="mt-3 rounded-md bg-accent px-3 py-1.5 text-center text-sm font-semibold text-on-accent">
        {t("picture.kernel", { release: picture.kernel })}
        {containers > 0 && <span className="font-normal"> · {t("picture.kernelShared", { count: containers })}</span>}
      </p>
    </div>
  );
}

function Row({ row: { row, segments }, rails }: { readonly row: RailRow; readonly rails: number }) {
  const step = railStep(rails);
  const width = rails === 0 ? 0 : rails * step + 6;
  return (
    <div className="grid" style={{ gridTemplateColumns: `${width}px minmax(0, 1fr)` }}>
      <Rails segments={segments} width={width} step={step} />
      <div className="py-1">
        {row.kind === "network" && <Network network={row.network} />}
        {row.kind === "container" && <Container container={row.container} />}
        {row.kind === "guest" && <Guest guest={row.guest} />}
        {row.kind === "namespace" && <Namespace namespace={row.namespace} />}
      </div>
    </div>
  );
}

function Rails({ segments, width, step }: { readonly segments: readonly Segment[]; readonly width: number; readonly step: number }) {
  const x = (rail: number) => rail * step + 8;
  const colour = (rail: number) => railColours[rail % railColours.length] ?? railColours[0];
  return (
    <div className="relative">
      <svg width={width} height="100%" className="absolute inset-0 h-full" aria-hidden="true">
        {segments.map(({ rail, above, below }) => (
          <line key={rail} x1={x(rail)} x2={x(rail)} y1={above ? "0" : "50%"} y2={below ? "100%" : "50%"} stroke={colour(rail)} strokeWidth="3" />
        ))}
        {segments.map(
          ({ rail, branch }) =>
            branch && (
              <g key={rail}>
                <line x1={x(rail)} x2={width} y1="50%" y2="50%" stroke="var(--paper)" strokeWidth="7" />
                <line x1={x(rail)} x2={width} y1="50%" y2="50%" stroke={colour(rail)} strokeWidth="3" />
                <circle cx={x(rail)} cy="50%" r="5" fill="var(--paper)" stroke={colour(rail)} strokeWidth="3" />
              </g>
            ),
        )}
      </svg>
    </div>
  );
}

function Network({ network }: { readonly network: NetworkPicture }) {
  const t = useWords();
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 ps-1 text-sm">
      <span className="font-mono font-bold [overflow-wrap:anywhere]">{network.name}</span>
      <span className="text-muted">{networkKind(t, network)}</span>
      {network.interface !== network.name && <span className="font-mono text-xs text-muted">{network.interface}</span>}
      <span className="font-mono text-xs">{network.addresses.join(" ")}</span>
      {!network.up && <span className="text-xs font-semibold text-copper">{t("picture.down")}</span>}
    </p>
  );
}

function Facts({ facts }: { readonly facts: readonly string[] }) {
  if (facts.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-wrap gap-1">
      {facts.map((fact) => (
        <li key={fact} className="rounded bg-sunken px-1.5 py-0.5 text-xs [overflow-wrap:anywhere]">
          {fact}
        </li>
      ))}
    </ul>
  );
}

function Container({ container }: { readonly container: ContainerPicture }) {
  const t = useWords();
  const locale = useOwnLocale();
  const lives = container.state === "running" || container.state === "paused" || container.state === "restarting";
  const own = addresses(container.attachments);
  return (
    <div className={`appears rounded-lg border-2 border-dashed px-3 py-2 ${lives ? "border-line-strong bg-surface" : "border-line bg-transparent"}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-mono text-sm font-bold [overflow-wrap:anywhere]">{container.name}</span>
        <span className={`badge ${container.state === "running" ? "badge-good" : container.oomKilled || container.state === "dead" ? "badge-copper" : ""}`}>{stateWords(t, container)}</span>
      </div>
      <p className="font-mono text-xs text-muted [overflow-wrap:anywhere]">
        {container.image}
        {own !== "" && <span className="text-ink"> · {own}</span>}
      </p>
      <Facts facts={containerFacts(t, locale, container)} />
      {container.processes.length > 0 && (
        <ul className="mt-1.5 grid gap-0.5 text-xs">
          {container.processes.slice(0, shownProcesses).map((process) => (
            <li key={process.pid} className="flex min-w-0 items-baseline gap-1.5">
              <span className="size-2 shrink-0 self-center rounded-full bg-copper" />
              <span className="shrink-0 text-muted">{t("picture.pidBoth", { inside: String(process.pidInside), outside: String(process.pid) })}</span>
              <span className="min-w-0 truncate font-mono">{process.command}</span>
            </li>
          ))}
          {container.processes.length > shownProcesses && <li className="ps-3.5 text-muted">{t("picture.more", { count: container.processes.length - shownProcesses })}</li>}
        </ul>
      )}
    </div>
  );
}

function Namespace({ namespace }: { readonly namespace: NamespacePicture }) {
  const t = useWords();
  return (
    <div className="appears rounded-lg border-2 border-dotted border-line-strong px-3 py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-mono text-sm font-bold [overflow-wrap:anywhere]">{namespace.name}</span>
        <span className="badge">{t("picture.namespace")}</span>
      </div>
      {namespace.interfaces.map((one) => (
        <p key={one.name} className="font-mono text-xs text-muted [overflow-wrap:anywhere]">
          {interfaceFact(t, one)}
        </p>
      ))}
    </div>
  );
}

function Guest({ guest }: { readonly guest: GuestPicture }) {
  const t = useWords();
  const locale = useOwnLocale();
  const { inside } = guest;
  const own = addresses(guest.attachments);
  return (
    <div className={`appears rounded-lg border-2 px-3 py-2 ${guest.state === "running" ? "border-accent bg-surface" : "border-line"}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-mono text-sm font-bold [overflow-wrap:anywhere]">{guest.name}</span>
        <span className={`badge ${guest.state === "running" ? "badge-good" : ""}`}>{t(`picture.guest_${guest.state}`)}</span>
      </div>
      <p className="text-xs text-muted">
        {[t("picture.guest"), t("picture.cpus", { count: guest.cpus }), t("picture.memory", { size: binarySize(locale, guest.memoryBytes) }), ...(guest.pid > 0 ? [t("picture.guestPid", { pid: String(guest.pid) })] : [])].join(" · ")}
        {own !== "" && <span className="font-mono text-ink"> · {own}</span>}
      </p>
      {guest.disks.map((disk) => (
        <p key={disk.target} className="mt-1 flex flex-wrap items-center gap-x-1 font-mono text-xs [overflow-wrap:anywhere]">
          <Cylinder />
          {disk.target} {disk.path} <span className="text-muted">{`${disk.format} ${binarySize(locale, disk.sizeBytes)}`}</span>
          {disk.backing.map((path) => (
            <span key={path}>← {path}</span>
          ))}
        </p>
      ))}
      {inside && (
        <div className="mt-2">
          <Machine picture={inside} isGuest />
        </div>
      )}
    </div>
  );
}

function Image({ image, shared }: { readonly image: ImagePicture; readonly shared: ReadonlySet<string> }) {
  const t = useWords();
  const locale = useOwnLocale();
  const shown = image.layers.slice(-8);
  return (
    <div className="appears flex min-w-0 items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2">
      <svg width="44" height={shown.length * 7 + 2} className="shrink-0" aria-hidden="true">
        {shown.map((layer, place) => (
          <rect
            key={layer}
            x="1"
            y={(shown.length - 1 - place) * 7 + 1}
            width="42"
            height="6"
            rx="1.5"
            fill={shared.has(layer) ? "var(--accent)" : "var(--accent-soft)"}
            stroke="var(--accent)"
          />
        ))}
      </svg>
      <div className="min-w-0">
        <p className="font-mono text-sm font-bold [overflow-wrap:anywhere]">{imageName(t, image)}</p>
        {image.tags.length > 1 && <p className="font-mono text-xs text-muted [overflow-wrap:anywhere]">{image.tags.slice(1).join(" ")}</p>}
        <p className="text-xs text-muted [overflow-wrap:anywhere]">{imageFacts(t, locale, image, shared).join(" · ")}</p>
      </div>
    </div>
  );
}

function Cylinder() {
  return (
    <svg width="14" height="16" viewBox="0 0 14 16" fill="none" stroke="var(--copper)" strokeWidth="1.6" className="shrink-0" aria-hidden="true">
      <ellipse cx="7" cy="3.5" rx="5.5" ry="2.3" />
      <path d="M1.5 3.5v9c0 1.3 2.5 2.3 5.5 2.3s5.5-1 5.5-2.3v-9" />
    </svg>
  );
}

function Volume({ volume }: { readonly volume: VolumePicture }) {
  const t = useWords();
  return (
    <div className="appears flex min-w-0 items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2">
      <Cylinder />
      <div className="min-w-0">
        <p className="truncate font-mono text-sm font-bold">{volumeName(volume.name)}</p>
        <p className="text-xs text-muted [overflow-wrap:anywhere]">{volume.users.length === 0 ? t("picture.volumeUnused") : volume.users.map((user) => t("picture.volumeUser", { container: user.container, target: user.target })).join(", ")}</p>
      </div>
    </div>
  );
}
