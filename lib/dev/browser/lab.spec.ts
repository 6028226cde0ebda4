// The lab python-hello as learners live it: the whole of it with the keyboard alone; its typical errors and what is said about each;
// the terminal's own services (copy, paste, links, size, a network that drops).
import { expect, type Page, test } from "@playwright/test";
import { createOwnServer } from "./own-server.ts";
import { createVisitors, placeOf, rows, tabTo, tryLab, type } from "./visitor.ts";

const server = createOwnServer();
const visitors = createVisitors(server.address);

test.beforeAll(async () => await server.start());
test.afterAll(async () => {
  await visitors.close();
  await server.end();
});

const passed = (page: Page, number: number) => page.getByRole("button", { name: new RegExp(`^Étape ${number} .* · Réussie$`) });

/** sudo asks once, then remembers. */
async function givePassword(page: Page): Promise<void> {
  await expect(rows(page)).toContainText(/password for student:\s*$/);
  await page.keyboard.type("student\n");
}

test("the whole lab with the keyboard alone, from the home page to the end", async ({ browser }) => {
  test.setTimeout(300_000);
  const page = await visitors.pageOf(browser, "keyboard");
  await page.goto("/fr");
  await tabTo(page, page.getByRole("button", { name: "Essayer un TP maintenant" }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/fr/labs/python-hello");
  await expect(rows(page)).toContainText(/student@debian:~\$\s*$/);
  await expect(page.locator(".xterm-helper-textarea")).toBeFocused();

  // Nothing below touches the mouse: `type` finds the focus where it is already.
  await type(page, "sudo apt-get update");
  await givePassword(page);
  await type(page, "sudo apt-get install -y docker.io python3");
  await expect(passed(page, 1)).toBeVisible({ timeout: 90_000 });

  await type(page, "mkdir ~/hello && cd ~/hello");
  await expect(passed(page, 2)).toBeVisible();

  await type(page, "nano hello.py");
  await expect(rows(page)).toContainText("GNU nano");
  await page.keyboard.type('print("Hello World !")');
  await page.keyboard.press("Control+o");
  await expect(rows(page)).toContainText("File Name to Write: hello.py");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toContainText("Wrote 1 line");
  await page.keyboard.press("Control+x");
  await type(page, "python3 hello.py");
  await expect(rows(page)).toContainText(/Hello World !\s*student@/);
  await expect(passed(page, 3)).toBeVisible();

  await type(page, "sudo docker search --limit 3 python");
  await expect(rows(page)).toContainText("OFFICIAL");
  await expect(passed(page, 4)).toBeVisible();

  await type(page, "cat > Dockerfile", { reads: true });
  for (const line of ["FROM python:3", "COPY hello.py /hello.py", 'CMD ["python3", "/hello.py"]']) await page.keyboard.type(`${line}\n`);
  await page.keyboard.press("Control+d");
  await expect(passed(page, 5)).toBeVisible();

  // The final dot forgotten: out of the terminal with F6, to the step's button with Tab, and back.
  await type(page, "sudo docker build -t python-hello");
  await expect(rows(page)).toContainText("requires exactly 1 argument");
  await page.keyboard.press("F6");
  await tabTo(page, page.getByRole("button", { name: "Vérifier cette étape" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Il manque le dernier mot")).toBeVisible();
  await tabTo(page, page.locator(".xterm-helper-textarea"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type(" .\n");
  await expect(rows(page)).toContainText("Successfully tagged python-hello:latest", { timeout: 60_000 });
  await expect(passed(page, 6)).toBeVisible();

  await type(page, "sudo docker images");
  await expect(passed(page, 7)).toBeVisible();

  await type(page, "sudo docker run python-hello");
  await expect(rows(page)).toContainText(/Hello World !\s*student@/);
  await expect(passed(page, 8)).toBeVisible();

  await type(page, "sudo docker run -d --name sleeper python-hello sleep 1000");
  await type(page, "clear; sudo docker exec sleeper cat /proc/1/cmdline; echo");
  await expect(rows(page)).toContainText("sleep1000");
  await type(page, "clear; ps -C sleep -o pid,args");
  await expect(rows(page)).toContainText(/\d+\s+sleep 1000/);
  const onHost = /(\d+)\s+sleep 1000/.exec((await rows(page).textContent()) ?? "")?.[1] ?? "none";
  await type(page, `printf '1\\n${onHost}\\n' > pids.txt`);
  await expect(passed(page, 9)).toBeVisible();

  await type(page, "sudo docker rm -f $(sudo docker ps -aq)");
  await expect(passed(page, 10)).toBeVisible();
  await expect(page.getByRole("heading", { name: "TP terminé" })).toBeVisible();
  await page.keyboard.press("F6");
  await tabTo(page, page.getByRole("link", { name: "Retour au parcours" }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/fr/road-map");
  await expect(page.getByText("10 sur 10 étapes")).toBeVisible();
});

/** Opens a step, asks for its check, and expects the reason. */
async function expectReason(page: Page, step: string, reason: string | RegExp): Promise<void> {
  const header = page.getByRole("button", { name: new RegExp(`^Étape \\d+ ${step}`) });
  if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
  const card = page.getByRole("listitem").filter({ has: header });
  await card.getByRole("button", { name: "Vérifier cette étape" }).click();
  await expect(card.getByText("Ce qui manque")).toBeVisible();
  await expect(card.getByText(reason).last()).toBeVisible();
}

test("typical errors each get their own explanation", async ({ browser }) => {
  test.setTimeout(300_000);
  const page = await visitors.pageOf(browser, "wrong");
  await tryLab(page);
  await expect(rows(page)).toContainText(/\$\s*$/);
  await expectReason(page, "Installer", "n’est pas encore installé");
  await type(page, "mkdir ~/Hello");
  await expectReason(page, "Créer", /hello/);
  await type(page, "sudo apt-get install -y docker.io python3");
  await givePassword(page);
  await expect(passed(page, 1)).toBeVisible({ timeout: 90_000 });

  await type(page, "mkdir ~/hello; cd ~/hello; echo 'print(\"Hello world!\")' > hello.py");
  await expectReason(page, "Écrire et tester", "Exécutez-le maintenant");
  await type(page, "python3 hello.py");
  await expectReason(page, "Écrire et tester", /Trouvé\s: Hello world!\. Attendu\s: Hello World !/);
  await expect(page.getByRole("term").filter({ hasText: "Trouvé" })).toBeVisible();

  await type(page, "docker search python");
  await expectReason(page, "Trouver", "Permission refusée");
  await type(page, "sudo systemctl stop docker.socket docker.service");
  await type(page, "sudo docker search python");
  await expectReason(page, "Trouver", "n’a trouvé personne à qui parler");
  await type(page, "sudo systemctl start docker");
  await type(page, "sudo docker search alpine");
  await expectReason(page, "Trouver", "Vous avez cherché alpine");

  await type(page, "printf 'FROM python:3\\nCOPY hello.py /\\nRUN python3 /hello.py\\n' > Dockerfile");
  await expectReason(page, "Écrire le Dockerfile", "pendant la construction de l’image");
  await type(page, "printf 'FROM python:3\\nCOPY hello.py /\\nCMD [\"python3\", \"/hello.py\"]\\n' > Dockerfile");

  await type(page, "sudo docker build -t python-hello");
  await expectReason(page, "Construire", "Il manque le dernier mot");
  await type(page, "sudo docker build -t Python-Hello .");
  await expectReason(page, "Construire", "contient des majuscules");
  await type(page, "cd; sudo docker build -t python-hello .");
  await expectReason(page, "Construire", "où il n’y a pas de Dockerfile");
  await type(page, "sudo docker image");
  await expectReason(page, "Lister", "n’affiche que son mode d’emploi");

  // The same reason in the other language.
  await page.goto("/en/labs/python-hello");
  await expect(rows(page)).toContainText("docker image");
  await page.getByRole("button", { name: /^Step 7 / }).click();
  await page.getByRole("listitem").filter({ hasText: "Step 7" }).getByRole("button", { name: "Check this step" }).click();
  await expect(page.getByText("What is missing").last()).toBeVisible();
});

test("hints open one at a time and stay open", async ({ browser }) => {
  const page = await visitors.pageOf(browser, "hints");
  await tryLab(page);
  await page.getByRole("button", { name: "Voir un indice" }).click();
  await expect(page.getByText("Indice 1 sur 2")).toBeVisible();
  await expect(page.getByText("Indice 2 sur 2")).toBeHidden();
  await page.getByRole("button", { name: "Voir l’indice suivant" }).click();
  await expect(page.getByText("Indice 2 sur 2")).toBeVisible();
  await expect(page.getByRole("button", { name: /Voir/ })).toBeHidden();
  await page.reload();
  await expect(page.getByText("Indice 2 sur 2")).toBeVisible();
});

test("copy, paste, links, and a screen that follows the window", async ({ browser }) => {
  const page = await visitors.pageOf(browser, "clipboard", { permissions: ["clipboard-read", "clipboard-write"] });
  await tryLab(page);
  await type(page, "echo un-mot-a-copier");
  const word = await placeOf(page, "un-mot-a-copier");
  await page.mouse.dblclick(word.x, word.y);
  await page.keyboard.press("Control+Shift+C");
  await expect.poll(async () => await page.evaluate(() => navigator.clipboard.readText())).toBe("un-mot-a-copier");

  // A paste of several lines waits for Enter: bash has switched bracketed paste on.
  await page.evaluate(() => navigator.clipboard.writeText("echo premier\necho second"));
  await page.locator(".xterm-helper-textarea").focus();
  await page.keyboard.press("Control+V");
  await expect(rows(page)).toContainText(/echo premier\s*echo second\s*$/);
  await page.keyboard.press("Enter");
  await expect(rows(page)).toContainText(/premier\s*second\s*student@/);
  await page.evaluate(() => navigator.clipboard.writeText("echo par-le-bouton"));
  await page.getByRole("button", { name: "Coller" }).click();
  await expect(rows(page)).toContainText(/echo par-le-bouton\s*$/);
  await page.keyboard.press("Control+C");

  await type(page, "clear; echo http://mirror.lan/debian; echo https://www.debian.org/doc/");
  const popup = page.waitForEvent("popup");
  for (const address of ["http://mirror.lan/debian", "https://www.debian.org/doc/"]) {
    const { x, y } = await placeOf(page, address);
    await page.mouse.move(x, y);
    await expect(page.locator(".xterm-cursor-pointer")).toBeVisible();
    await page.mouse.click(x, y);
    await page.mouse.move(x, y + 200);
  }
  const opened = await popup;
  await expect.poll(() => opened.url()).toMatch(/debian\.org|chrome-error/);
  expect(page.context().pages()).toHaveLength(2);
  await opened.close();

  const columns = async () => {
    await type(page, "clear; stty size");
    await expect(rows(page)).toContainText(/\d+ \d+\s*student@/);
    return Number(/(\d+)\s*student@/.exec((await rows(page).textContent()) ?? "")?.[1]);
  };
  const wide = await columns();
  await page.setViewportSize({ width: 1100, height: 700 });
  await expect.poll(columns).toBeLessThan(wide);
  await page.getByRole("button", { name: "Texte plus grand" }).click();
  const before = await columns();
  await page.getByRole("button", { name: "Texte plus petit" }).click();
  await expect.poll(columns).toBeGreaterThan(before);
});

test("the network drops in the middle of a command: nothing is lost or shown twice", async ({ browser }) => {
  const page = await visitors.pageOf(browser, "dropped");
  const sockets: { close(): Promise<void> }[] = [];
  await page.routeWebSocket("**/ws/session", (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await tryLab(page);
  await type(page, "clear; for i in 1 2 3 4 5 6 7 8; do echo tick-$i; sleep 0.5; done");
  await expect(rows(page)).toContainText("tick-2");
  await page.context().setOffline(true);
  for (const socket of sockets) await socket.close();
  await expect(page.getByText(/hors ligne|connexion est coupée/).first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(rows(page)).toContainText(/^\s*tick-1\s*tick-2\s*tick-3\s*tick-4\s*tick-5\s*tick-6\s*tick-7\s*tick-8\s*student@debian:~\$\s*$/);
  await type(page, "echo encore-la");
  await expect(rows(page)).toContainText(/encore-la\s*student@/);
});

test("a flood of output ends at a prompt that answers", async ({ browser }) => {
  const page = await visitors.pageOf(browser, "flood");
  await tryLab(page);
  for (let turn = 0; turn < 3; turn++) {
    await type(page, "seq 1 60000");
    await expect(rows(page)).toContainText(/59999\s*60000\s*student@debian:~\$\s*$/, { timeout: 60_000 });
  }
  await type(page, "yes", { reads: true });
  await expect(rows(page)).toContainText(/y\s*y\s*y\s*$/);
  await page.keyboard.press("Control+c");
  await type(page, "echo encore-$((6*7))");
  await expect(rows(page)).toContainText(/encore-42\s*student@/);
});
