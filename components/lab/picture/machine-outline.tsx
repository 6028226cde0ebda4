"use client";
// The picture of the machine as nested lists: what the drawing shows, in words.
import { useOwnLocale, useWords } from "../../../lib/i18n/use-words.ts";
import type { ContainerPicture, GuestPicture, MachinePicture } from "../../../lib/session/protocol-picture.ts";
import { binarySize } from "../../ui/byte-size.ts";
import { containerFacts, imageFacts, imageName, interfaceFact, machineFacts, networkKind, runningContainers, sharedLayers, stateWords, volumeName } from "./picture-words.ts";

export function MachineOutline({ picture, isGuest = false }: { readonly picture: MachinePicture; readonly isGuest?: boolean }) {
  const t = useWords();
  const locale = useOwnLocale();
  const shared = sharedLayers(picture.images);
  const containers = runningContainers(picture);
  return (
    <ul className="outline-list">
      <li>
        <strong>{picture.name}</strong>, {picture.system}, {machineFacts(t, locale, picture).join(", ")}
        <ul>
          <li>
            {t("picture.kernel", { release: picture.kernel })}
            {containers > 0 && `, ${t("picture.kernelShared", { count: containers })}`}
          </li>
          {picture.networks.length > 0 && (
            <li>
              {t("picture.networks")}
              <ul>
                {picture.networks.map((network) => (
                  <li key={network.id}>
                    <strong>{network.name}</strong>
                    {`, ${[networkKind(t, network), ...(network.interface !== network.name ? [network.interface] : []), ...network.addresses.map((address) => t("picture.hostAddress", { address })), ...(network.up ? [] : [t("picture.down")])].join(", ")}`}
                  </li>
                ))}
              </ul>
            </li>
          )}
          {picture.guests.length > 0 && (
            <li>
              {t("picture.guests")}
              <ul>
                {picture.guests.map((guest) => (
                  <GuestItem key={guest.name} guest={guest} />
                ))}
              </ul>
            </li>
          )}
          {picture.namespaces.length > 0 && (
            <li>
              {t("picture.namespaces")}
              <ul>
                {picture.namespaces.map((namespace) => (
                  <li key={namespace.name}>
                    <strong>{namespace.name}</strong>
                    {namespace.interfaces.length > 0 && (
                      <ul>
                        {namespace.interfaces.map((one) => (
                          <li key={one.name}>{interfaceFact(t, one)}</li>
                        ))}
                      </ul>
                    )}
                  </li>
                ))}
              </ul>
            </li>
          )}
          {picture.docker === "absent" ? (
            !isGuest && <li>{t("picture.dockerAbsent")}</li>
          ) : (
            <>
              {picture.docker === "stopped" && <li>{t("picture.dockerStopped")}</li>}
              <li>
                {picture.containers.length === 0 ? t("picture.noContainers") : t("picture.containers")}
                <ul>
                  {picture.containers.map((container) => (
                    <ContainerItem key={container.id} container={container} />
                  ))}
                </ul>
              </li>
              <li>
                {picture.images.length === 0 ? t("picture.noImages") : t("picture.images")}
                <ul>
                  {picture.images.map((image) => (
                    <li key={image.id}>
                      <strong>{imageName(t, image)}</strong>
                      {[...image.tags.slice(1), ...imageFacts(t, locale, image, shared)].map((fact) => `, ${fact}`)}
                    </li>
                  ))}
                </ul>
              </li>
            </>
          )}
          {picture.volumes.length > 0 && (
            <li>
              {t("picture.volumes")}
              <ul>
                {picture.volumes.map((volume) => (
                  <li key={volume.name}>
                    <strong>{volumeName(volume.name)}</strong>
                    {volume.users.length === 0 ? `, ${t("picture.volumeUnused")}` : volume.users.map((user) => `, ${t("picture.volumeUser", { container: user.container, target: user.target })}`)}
                  </li>
                ))}
              </ul>
            </li>
          )}
        </ul>
      </li>
    </ul>
  );
}

function ContainerItem({ container }: { readonly container: ContainerPicture }) {
  const t = useWords();
  const locale = useOwnLocale();
  return (
    <li>
      <strong>{container.name}</strong>, {stateWords(t, container)}, {container.image}
      <ul>
        {container.attachments.map((one) => (
          <li key={one.network}>{[one.network, one.address].filter((word) => word !== "").join(" ")}</li>
        ))}
        {containerFacts(t, locale, container).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
        {container.processes.map((process) => (
          <li key={process.pid}>
            {process.command}, {t("picture.pidBoth", { inside: String(process.pidInside), outside: String(process.pid) })}
          </li>
        ))}
      </ul>
    </li>
  );
}

function GuestItem({ guest }: { readonly guest: GuestPicture }) {
  const t = useWords();
  const locale = useOwnLocale();
  return (
    <li>
      <strong>{guest.name}</strong>, {t(`picture.guest_${guest.state}`)}, {t("picture.cpus", { count: guest.cpus })}, {t("picture.memory", { size: binarySize(locale, guest.memoryBytes) })}
      <ul>
        {guest.pid > 0 && <li>{t("picture.guestPid", { pid: String(guest.pid) })}</li>}
        {guest.attachments.map((one) => (
          <li key={one.network}>{[one.network, one.address].filter((word) => word !== "").join(" ")}</li>
        ))}
        {guest.disks.map((disk) => (
          <li key={disk.target}>
            {t("picture.disk", { target: disk.target, path: disk.path, format: disk.format, size: binarySize(locale, disk.sizeBytes) })}
            {disk.backing.map((path) => `, ${t("picture.backing", { path })}`)}
          </li>
        ))}
      </ul>
      {guest.inside && <MachineOutline picture={guest.inside} isGuest />}
    </li>
  );
}
