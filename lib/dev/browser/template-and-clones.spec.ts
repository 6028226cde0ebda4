// The lab template-and-clones as learners live it: with the keyboard alone, consoles and here-documents included. An emulated guest takes as long to boot here as there.
import { expect, type Page, test } from "@playwright/test";
import { createOwnServer } from "./own-server.ts";
import { createVisitors, rows, tabTo, tryLab, type } from "./visitor.ts";

const server = createOwnServer();
const visitors = createVisitors(server.address);

test.beforeAll(async () => await server.start());
test.afterAll(async () => {
  await visitors.close();
  await server.end();
});

const slow = { timeout: 120_000 };
const passed = (page: Page, number: number) => page.getByRole("button", { name: new RegExp(`^Étape ${number} .* · Réussie$`) });

/** Commands that work for a while: the prompt comes back behind a word of their own. */
async function typeAndWait(page: Page, command: string, word: string): Promise<void> {
  await type(page, `${command}; echo ${word.slice(0, 2)}''${word.slice(2)}`, { reads: true });
  await expect(rows(page)).toContainText(new RegExp(`${word}\\s*root@debian:~#\\s*$`), slow);
}

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

/** Once the guest answers: its address, for the commands that follow. */
async function waitForGuest(page: Page, name: string): Promise<void> {
  await typeAndWait(page, `clear; until ssh -o StrictHostKeyChecking=accept-new -o ConnectTimeout=3 root@$(virsh -q domifaddr ${name} | grep -o '192[0-9.]*') true 2>/dev/null; do sleep 2; done`, `ready-${name}`);
}

test("the whole lab with the keyboard alone", async ({ browser }) => {
  test.setTimeout(900_000);
  const page = await visitors.pageOf(browser, "keyboard");
  await tryLab(page);
  await page.goto("/fr/labs/template-and-clones");
  await expect(rows(page)).toContainText(/root@debian:~#\s*$/, slow);
  await expect(page.getByRole("heading", { name: "Un modèle et ses clones" })).toBeVisible();

  for (const name of ["web1", "web2"]) await type(page, `virt-clone --original template --name ${name} --auto-clone && virsh start ${name}`);
  await expect(passed(page, 1)).toBeVisible();

  await waitForGuest(page, "web1");
  await type(page, "clear; ssh root@$(virsh -q domifaddr web1 | grep -o '192[0-9.]*') cat /etc/machine-id > ~/same.txt");
  await expect(passed(page, 2)).toBeVisible();

  await typeAndWait(page, "clear; virsh shutdown web1; until virsh domstate web1 | grep -q off; do sleep 1; done", "stopped");
  await type(page, "cp /var/lib/libvirt/images/web1.qcow2 /var/lib/libvirt/images/twin.qcow2; virsh dumpxml web1 > twin.xml");
  await type(page, "clear; sed -i -e '/<uuid>/d' -e 's/<name>web1/<name>twin/' -e 's/web1.qcow2/twin.qcow2/' twin.xml; virsh define twin.xml");
  await type(page, "clear; virsh start web1; virsh start twin");
  await expect(passed(page, 3)).toBeVisible();

  // a hint and a reason, both reached with Tab
  await page.keyboard.press("F6");
  const hint = page.getByRole("button", { name: /indice/i }).first();
  await tabTo(page, hint);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Un invité en marche garde la carte avec laquelle il a été démarré.")).toBeVisible();
  await tabTo(page, page.locator("#terminal-panel-1 .xterm-helper-textarea"));
  await type(page, "clear; virsh destroy twin; virt-xml twin --edit --network mac=52:54:00:00:00:11; virsh start twin");
  await expect(passed(page, 4)).toBeVisible(slow);

  await type(page, "clear; virsh console web2", { reads: true });
  await expect(rows(page)).toContainText("Escape character is ^]");
  await logIn(page);
  await page.keyboard.type("rm /etc/ssh/ssh_host_* /var/lib/dbus/machine-id; ssh-keygen -A; hostnamectl set-hostname web2; truncate -s 0 /etc/machine-id; reboot\n");
  await expect(passed(page, 5)).toBeVisible(slow);
  await page.keyboard.press("Control+BracketRight");
  await expect(rows(page)).toContainText(/root@debian:~#\s*$/);

  await typeAndWait(page, "clear; virsh shutdown web1; until virsh domstate web1 | grep -q off; do sleep 1; done", "stopped");
  await typeAndWait(page, "clear; virt-sysprep -d web1 --hostname web1 --ssh-inject root --firstboot-command 'ssh-keygen -A && systemctl restart ssh'", "prepared");
  await expect(rows(page)).toContainText("Setting the hostname: web1");
  await type(page, "clear; virsh start web1");
  await expect(passed(page, 6)).toBeVisible(slow);

  await typeAndWait(page, "clear; virt-sysprep -d template --truncate /etc/machine-id", "cleaned");
  await expect(passed(page, 7)).toBeVisible();

  await type(page, "clear; cat > user-data <<'END'", { reads: true });
  for (const line of ["#cloud-config", "hostname: app1", "users:", "  - name: deploy", "    ssh_authorized_keys: [KEY]", "write_files:", "  - {path: /etc/app.conf, content: mode=production}", "runcmd:", "  - touch /var/lib/app-ready", "END"]) await page.keyboard.type(`${line}\n`);
  await type(page, "sed -i \"s|KEY|$(cat ~/.ssh/id_ed25519.pub)|\" user-data; cloud-init schema --config-file user-data");
  await expect(rows(page)).toContainText("Valid cloud-config: user-data");
  await type(page, "clear; cloud-localds /var/lib/libvirt/images/app1-seed.iso user-data; virt-clone -o template -n app1 --auto-clone");
  await type(page, "clear; virsh attach-disk app1 /var/lib/libvirt/images/app1-seed.iso sda --type cdrom --config; virsh start app1");
  await expect(passed(page, 8)).toBeVisible(slow);
  await expect(page.getByRole("heading", { name: "TP terminé" })).toBeVisible();
});
