// The lab first-machine as learners live it: with the keyboard alone, the console left by the on-screen ^] too, and the picture of a
// machine in the machine, as a drawing and as a list, on a wide screen and at 390 pixels.
import { expect, type Locator, type Page, test } from "@playwright/test";
import { createOwnServer } from "./own-server.ts";
import { createVisitors, rows, tabTo, tryLab, type } from "./visitor.ts";

const server = createOwnServer();
const visitors = createVisitors(server.address);

test.beforeAll(async () => await server.start());
test.afterAll(async () => {
  await visitors.close();
  await server.end();
});

const passed = (page: Page, number: number) => page.getByRole("button", { name: new RegExp(`^Étape ${number} .* · Réussie$`) });
const pictureOf = (page: Page) => page.getByRole("region", { name: "Schéma de la machine" });

/** An emulated guest takes as long to boot here as there. */
async function logIn(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(rows(page)).toContainText(/login:\s*$/, { timeout: 3_000 });
  }).toPass({ timeout: 120_000 });
  await page.keyboard.type("root\n");
  await expect(rows(page)).toContainText(/Password:\s*$/);
  await page.keyboard.type("root\n");
  await expect(rows(page)).toContainText(/root@\S+:~#\s*$/);
}

async function fits(page: Page, what: Locator): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), "the page scrolls sideways").toBe(0);
  const beyond = await what.evaluate((panel) => {
    const right = panel.getBoundingClientRect().right + 1;
    return [...panel.querySelectorAll<HTMLElement>("[aria-hidden] *, li")].filter((one) => one.getBoundingClientRect().width > 0 && one.getBoundingClientRect().right > right).map((one) => one.textContent);
  });
  expect(beyond).toEqual([]);
}

test("the whole lab with the keyboard alone, with the picture beside it", async ({ browser }) => {
  test.setTimeout(420_000);
  const page = await visitors.pageOf(browser, "keyboard");
  await tryLab(page);
  await page.goto("/fr/labs/first-machine");
  await expect(rows(page)).toContainText(/root@debian:~#\s*$/);
  await expect(page.locator(".xterm-helper-textarea")).toBeFocused();

  await type(page, "grep -Ec 'vmx|svm' /proc/cpuinfo; ls /dev/kvm");
  await type(page, "echo qemu > ~/accel.txt");
  await expect(passed(page, 1)).toBeVisible();

  await type(page, "virsh net-start default");
  await type(page, "virsh net-autostart default");
  await expect(passed(page, 2)).toBeVisible();

  await type(page, "qemu-img create -f qcow2 -b /var/lib/libvirt/images/guest.qcow2 -F qcow2 /var/lib/libvirt/images/first.qcow2 1G");
  await expect(passed(page, 3)).toBeVisible();

  await type(page, "virt-install --name first --memory 1024 --vcpus 1 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --network network=default --graphics none --noautoconsole");
  await expect(passed(page, 4)).toBeVisible({ timeout: 60_000 });

  await page.keyboard.press("F6");
  await tabTo(page, page.getByRole("button", { name: "Machine", exact: true }));
  await page.keyboard.press("Enter");
  const drawing = pictureOf(page).locator("[aria-hidden]").first();
  await expect(drawing).toContainText("first");
  await expect(drawing).toContainText("/var/lib/libvirt/images/first.qcow2");
  await expect(drawing).toContainText("default");
  await tabTo(page, page.locator("#terminal-panel-1 .xterm-helper-textarea"));

  await type(page, "virsh console first", { reads: true });
  await expect(rows(page)).toContainText("Escape character is ^]");
  await logIn(page);
  await page.keyboard.type("hostnamectl set-hostname first\n");
  await expect(passed(page, 5)).toBeVisible();
  await page.keyboard.type("exit\n");
  await expect(rows(page)).toContainText(/login:\s*$/);
  // Ctrl-] cannot be typed on many keyboards: the button of the toolbar, reached with Tab.
  await page.keyboard.press("Shift+F6");
  const leave = page.getByRole("button", { name: "Ctrl+], pour quitter une console" });
  await tabTo(page, leave);
  await page.keyboard.press("Enter");
  await expect(rows(page)).toContainText(/root@debian:~#\s*$/);

  await type(page, "virsh autostart first");
  await expect(passed(page, 6)).toBeVisible();

  const outline = pictureOf(page).getByRole("listitem").filter({ hasText: /^first, en marche/ });
  await expect(outline).toBeAttached();
  await type(page, "virsh shutdown first");
  await expect(passed(page, 7)).toBeVisible({ timeout: 60_000 });
  await expect(pictureOf(page).getByRole("listitem").filter({ hasText: /^first, éteinte/ })).toBeAttached();

  await type(page, "virsh start first && virsh destroy first");
  await type(page, "clear; virsh domstate first --reason");
  await expect(rows(page)).toContainText("shut off (destroyed)");
  await expect(passed(page, 8)).toBeVisible();
  await expect(page.getByRole("heading", { name: "TP terminé" })).toBeVisible();
});

test("the picture of host, guest, container, disk and networks: as a list, in both themes, at 390 pixels", async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await visitors.pageOf(browser, "small", { viewport: { width: 390, height: 844 }, locale: "fr-FR" });
  await tryLab(page);
  await page.goto("/fr/labs/first-machine");
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  await type(page, "virsh net-start default; ip netns add bleu");
  await type(page, "qemu-img create -q -f qcow2 -b /var/lib/libvirt/images/guest.qcow2 -F qcow2 /var/lib/libvirt/images/first.qcow2 1G");
  await type(page, "virt-install --name first --memory 1024 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --network network=default --graphics none --noautoconsole");
  await expect(rows(page)).toContainText("Domain creation completed", { timeout: 60_000 });
  await page.getByRole("button", { name: "Machine", exact: true }).click();
  const panel = pictureOf(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByRole("button", { name: "Schéma", exact: true }).click();
    await expect(panel.locator("[aria-hidden]").first()).toContainText("first");
    await fits(page, panel);
    await page.getByRole("button", { name: "Liste", exact: true }).click();
    await expect(panel.getByRole("listitem").filter({ hasText: /^first, en marche/ })).toBeVisible();
    await expect(panel.getByRole("listitem").filter({ hasText: /^disque vda\s: \/var\/lib\/libvirt\/images\/first\.qcow2.*fondé sur \/var\/lib\/libvirt\/images\/guest\.qcow2/ })).toBeVisible();
    await expect(panel.getByRole("listitem").filter({ hasText: /^default, .*virbr0/ })).toBeVisible();
    await expect(panel.getByRole("listitem").filter({ hasText: /^bleu$/ })).toBeVisible();
    await fits(page, panel);
  }
});
