// The images of the simulated Docker Hub, and what `docker search` knows of them. Sizes, tags and dates are believable, descriptions ours.

import type { ImageConfiguration, ImageRecipe, LayerRecipe } from "./image-recipe.ts";
import { busyboxTree } from "./busybox-tree.ts";
import { debianTree, packageFiles } from "./debian-tree.ts";
import { executableOf } from "../rootfs/program-file.ts";
import { fileSum } from "../../daemons/docker/build/tar-sum.ts";
import { sha256Hex } from "../../daemons/sha256.ts";
import { encode } from "../../kernel/sys.ts";

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const nop = (instruction: string): LayerRecipe => ({ createdBy: `/bin/sh -c #(nop)  ${instruction}` });
/** As far as they are known (docker history shows the beginning): those of the images that stand for all. */
const knownSums = new Map([["library/busybox", "de22cdd8658b0f089131b8ac668cc4fab8e4ee8c67d0b67f34406c861d6923f5"], ["library/hello-world", "889183d87b1356cc"], ["debian bookworm", "6183c5fa95ac27a19"]]);
const sumFor = (of: string): string => `${knownSums.get(of) ?? ""}${sha256Hex(encode(of))}`.slice(0, 64);
const add = (of: string, sizeBytes: number, files: LayerRecipe["files"]): LayerRecipe => ({ createdBy: `/bin/sh -c #(nop) ADD file:${sumFor(of)} in / `, sizeBytes, ...(files && { files }) });

const debianLayers = (release: string, sizeBytes: number): readonly LayerRecipe[] => [add(`debian ${release}`, sizeBytes, () => debianTree()), nop('CMD ["bash"]')];

interface Release {
  readonly tags: readonly string[];
  readonly created: string;
}

const bookworm = debianLayers("bookworm", 117_000_000);
const bookwormSlim = debianLayers("bookworm-slim", 74_800_000);

function python(version: string, release: Release, slim: boolean): ImageRecipe {
  const base = slim ? bookwormSlim : bookworm;
  return {
    path: "library/python",
    ...release,
    config: { cmd: ["python3"], env: ["PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", `PYTHON_VERSION=${version}`] },
    layers: [
      ...base,
      nop("ENV LANG=C.UTF-8"),
      nop(`ENV PYTHON_VERSION=${version}`),
      {
        createdBy: "/bin/sh -c apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*",
        sizeBytes: slim ? 48_200_000 : 123_600_000,
        files: () => [
          ...packageFiles(["libexpat1", "python3.11-minimal", "python3-minimal", "python3.11", "python3"]),
          { path: "/usr/local/bin/python", symlink: "/usr/bin/python3" },
          { path: "/usr/local/bin/python3", symlink: "/usr/bin/python3" },
        ],
      },
      nop("WORKDIR /"),
      nop('CMD ["python3"]'),
    ],
  };
}

const entrypoint = '#!/bin/sh\nset -e\nexec "$@"\n';
const nginxPage = "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n<p>The web server of this container works. Put your own pages in /usr/share/nginx/html.</p>\n</body>\n</html>\n";

const httpdConfiguration = 'ServerRoot "/usr/local/apache2"\nListen 80\nUser www-data\nGroup www-data\nServerAdmin you@example.com\n<Directory />\n    AllowOverride none\n    Require all denied\n</Directory>\nDocumentRoot "/usr/local/apache2/htdocs"\n<Directory "/usr/local/apache2/htdocs">\n    Options Indexes FollowSymLinks\n    AllowOverride None\n    Require all granted\n</Directory>\n<IfModule dir_module>\n    DirectoryIndex index.html\n</IfModule>\nErrorLog /proc/self/fd/2\nLogLevel warn\nCustomLog /proc/self/fd/1 common\n';

/** Dependencies that hold files which the image's program reads. */
const BROUGHT: ReadonlyMap<string, readonly string[]> = new Map([["nginx", ["nginx-common"]]]);

function service(path: string, release: Release, name: string, packages: readonly string[], sizeBytes: number, config: ImageConfiguration, extra: LayerRecipe["files"] = () => [], page?: LayerRecipe): ImageRecipe {
  return {
    path,
    ...release,
    config,
    layers: [
      ...bookworm,
      nop(`LABEL maintainer=${name} Docker Maintainers`),
      ...(config.env ?? []).filter((entry) => !entry.startsWith("PATH=")).map((entry) => nop(`ENV ${entry}`)),
      { createdBy: `/bin/sh -c apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")} && rm -rf /var/lib/apt/lists/*`, sizeBytes, files: () => packageFiles([...packages, ...packages.flatMap((name) => BROUGHT.get(name) ?? [])]) },
      { createdBy: `/bin/sh -c #(nop) COPY file:${fileSum({ kind: "file", mode: 0o755, target: "", bytes: encode(entrypoint) }, "docker-entrypoint.sh")} in / `, sizeBytes: 27, files: extra },
      ...(page === undefined ? [] : [page]),
      ...(config.entrypoint ? [nop(`ENTRYPOINT ${JSON.stringify(config.entrypoint).replaceAll(",", " ")}`)] : []),
      ...(config.exposedPorts ?? []).map((port) => nop(`EXPOSE ${port.replace("/tcp", "")}`)),
      ...(config.stopSignal === undefined ? [] : [nop(`STOPSIGNAL ${config.stopSignal}`)]),
      nop(`CMD ${JSON.stringify(config.cmd ?? []).replaceAll(",", " ")}`),
    ],
  };
}

function bare(path: string, release: Release, sizeBytes: number, files: NonNullable<LayerRecipe["files"]>, cmd: string, instruction: "ADD" | "COPY" = "ADD"): ImageRecipe {
  const first = instruction === "ADD" ? add(path, sizeBytes, files) : { createdBy: `/bin/sh -c #(nop) COPY file:${sumFor(path)} in / `, sizeBytes, files };
  return { path, ...release, config: { cmd: [cmd], env: [PATH] }, layers: [first, nop(`CMD [${JSON.stringify(cmd)}]`)] };
}

const hello = (): LayerRecipe["files"] => () => [{ path: "/hello", executable: { ...executableOf("hello-world/hello", "/hello"), interpreter: undefined, needed: [], sizeBytes: 9_600 }, mode: 0o755 }];
const helloFiles = hello() ?? (() => []);

/** Newest created first, as a registry's page would list them. */
export const hubImages: readonly ImageRecipe[] = [
  service("library/nginx", { tags: ["latest", "1.22", "1"], created: "2026-11-11T09:12:40.512034617Z" }, "NGINX", ["nginx", "curl"], 99_100_000, {
    entrypoint: ["/docker-entrypoint.sh"], cmd: ["nginx", "-g", "daemon off;"], env: [PATH, "NGINX_VERSION=1.22.1"], exposedPorts: ["80/tcp"], stopSignal: "SIGQUIT", labels: { maintainer: "NGINX Docker Maintainers" },
  }, () => [{ path: "/docker-entrypoint.sh", text: entrypoint, mode: 0o755 }],
    { createdBy: "/bin/sh -c printf '<!DOCTYPE html>\\n<html>\\n<head>\\n<title>Welcome to nginx!</title>' > /usr/share/nginx/html/index.html && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log", sizeBytes: 2_460, files: () => [{ path: "/usr/share/nginx/html/index.html", text: nginxPage },
    // the image serves its own pages and logs to the container's output
    { path: "/etc/nginx/sites-available/default", text: "server {\n\tlisten 80 default_server;\n\tlisten [::]:80 default_server;\n\troot /usr/share/nginx/html;\n\tindex index.html index.htm;\n\tserver_name localhost;\n\tlocation / {\n\t\ttry_files $uri $uri/ =404;\n\t}\n}\n" },
    { path: "/var/log/nginx/access.log", symlink: "/dev/stdout" }, { path: "/var/log/nginx/error.log", symlink: "/dev/stderr" }] }),
  python("3.11.2", { tags: ["3", "latest", "3.11", "3.11.2", "bookworm", "3-bookworm", "3.11-bookworm"], created: "2026-11-08T10:22:31.204518Z" }, false),
  python("3.11.2", { tags: ["slim", "3-slim", "3.11-slim", "slim-bookworm", "3.11-slim-bookworm"], created: "2026-11-08T10:31:02.881201Z" }, true),
  python("3.11.2", { tags: ["3.12", "3.12-slim", "3.13", "3.13-slim"], created: "2026-11-08T11:02:44.100431Z" }, true),
  { path: "library/debian", tags: ["12", "latest", "bookworm", "12.15", "stable"], created: "2026-11-06T00:00:00Z", config: { cmd: ["bash"], env: [PATH] }, layers: bookworm },
  { path: "library/debian", tags: ["12-slim", "bookworm-slim", "stable-slim"], created: "2026-11-06T00:00:00Z", config: { cmd: ["bash"], env: [PATH] }, layers: bookwormSlim },
  {
    path: "library/ubuntu", tags: ["latest", "24.04", "noble", "22.04", "jammy"], created: "2026-10-29T04:03:17.442301Z", config: { cmd: ["/bin/bash"], env: [PATH], labels: { "org.opencontainers.image.ref.name": "ubuntu", "org.opencontainers.image.version": "24.04" } },
    layers: [
      add("ubuntu noble", 78_100_000, () => debianTree([
        { path: "/etc/os-release", text: 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.3 LTS (Noble Numbat)"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\nUBUNTU_CODENAME=noble\n' },
        { path: "/etc/debian_version", text: "trixie/sid\n" },
        { path: "/etc/issue", text: "Ubuntu 24.04.3 LTS \\n \\l\n\n" },
        { path: "/etc/lsb-release", text: 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=24.04\nDISTRIB_CODENAME=noble\nDISTRIB_DESCRIPTION="Ubuntu 24.04.3 LTS"\n' },
      ])),
      nop('CMD ["/bin/bash"]'),
    ],
  },
  service("library/httpd", { tags: ["latest", "2.4", "2"], created: "2026-10-21T19:44:10.700112Z" }, "Apache", ["apache2"], 61_400_000, { cmd: ["httpd-foreground"], env: ["PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HTTPD_PREFIX=/usr/local/apache2"], exposedPorts: ["80/tcp"], stopSignal: "SIGWINCH", workdir: "/usr/local/apache2" },
    () => [{ path: "/usr/local/apache2/conf/httpd.conf", text: httpdConfiguration }, { path: "/usr/local/apache2/bin/httpd", symlink: "/usr/sbin/apache2" }, { path: "/usr/local/apache2/logs", directory: true }, { path: "/usr/local/apache2/htdocs/index.html", text: "<html><body><h1>It works!</h1></body></html>\n" }, { path: "/usr/local/bin/httpd-foreground", text: "#!/bin/sh\nset -e\nrm -f /usr/local/apache2/logs/httpd.pid\nexec httpd -DFOREGROUND \"$@\"\n", mode: 0o755 }]),
  service("library/redis", { tags: ["latest", "7", "7.0"], created: "2026-10-14T22:10:55.001230Z" }, "Redis", ["redis-server", "redis-tools"], 21_300_000, { entrypoint: ["docker-entrypoint.sh"], cmd: ["redis-server"], env: [PATH, "REDIS_VERSION=7.0.15"], exposedPorts: ["6379/tcp"], volumes: ["/data"], workdir: "/data" },
    () => [{ path: "/usr/local/bin/docker-entrypoint.sh", text: '#!/bin/sh\nset -e\nexec "$@"\n', mode: 0o755 }, { path: "/data", directory: true }]),
  bare("library/alpine", { tags: ["latest", "3", "3.20", "3.19"], created: "2026-10-01T15:22:11.033405Z" }, 1_982_000, () => busyboxTree("alpine"), "/bin/sh"),
  {
    path: "library/registry", tags: ["2", "latest", "2.8", "2.8.3"], created: "2026-10-01T16:12:02.118201Z",
    config: { entrypoint: ["/entrypoint.sh"], cmd: ["/etc/docker/registry/config.yml"], env: [PATH], exposedPorts: ["5000/tcp"], volumes: ["/var/lib/registry"] },
    layers: [
      add("alpine", 1_982_000, () => busyboxTree("alpine")),
      nop('CMD ["/bin/sh"]'),
      { createdBy: "/bin/sh -c #(nop) COPY file:5ad1b4bbd1b0ea7b9b0b3c6b0a3c55c3a1d2f1df3e0ef5b0c2d9dbb2d5c9ba52 in /bin/registry ", sizeBytes: 17_400_000, files: () => [
        { path: "/bin/registry", executable: { ...executableOf("registry/registry", "/bin/registry"), interpreter: undefined, needed: [], sizeBytes: 17_400_000 }, mode: 0o755 },
        { path: "/etc/docker/registry/config.yml", text: "version: 0.1\nlog:\n  fields:\n    service: registry\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n" },
        { path: "/entrypoint.sh", text: '#!/bin/sh\nset -e\ncase "$1" in\n  *.yaml|*.yml) set -- registry serve "$@" ;;\n  serve|garbage-collect|help|-*) set -- registry "$@" ;;\nesac\nexec "$@"\n', mode: 0o755 },
        { path: "/var/lib/registry", directory: true },
      ] },
      nop("VOLUME [/var/lib/registry]"),
      nop("EXPOSE 5000"),
      nop('ENTRYPOINT ["/entrypoint.sh"]'),
      nop('CMD ["/etc/docker/registry/config.yml"]'),
    ],
  },
  bare("library/busybox", { tags: ["latest", "1", "1.35", "stable", "musl", "glibc"], created: "2025-09-20T20:12:42.119002Z" }, 1_982_000, () => busyboxTree("busybox"), "sh"),
  bare("library/hello-world", { tags: ["latest", "linux"], created: "2025-05-21T20:58:03.112245Z" }, 9_600, helloFiles, "/hello", "COPY"),
];

/** What `docker load` had put on the reference host, with the tags that it has there. */
export const preloadedImages: readonly string[] = ["nginx:latest", "python:3", "debian:12", "alpine:latest", "busybox:latest", "hello-world:latest"];

export interface HubRepository {
  readonly name: string;
  readonly description: string;
  readonly stars: number;
  readonly official: boolean;
  readonly automated: boolean;
}

export const hubRepositories: readonly HubRepository[] = [
  { name: "nginx", description: "Web server and reverse proxy, the official build.", stars: 20_412, official: true, automated: false },
  { name: "ubuntu", description: "Ubuntu as a base image: a Debian-based system.", stars: 17_305, official: true, automated: false },
  { name: "alpine", description: "A small base image of about 5 MB, with musl a…", stars: 11_240, official: true, automated: false },
  { name: "redis", description: "Key-value store that lives in memory.", stars: 13_102, official: true, automated: false },
  { name: "python", description: "The Python interpreter and its standard library.", stars: 10_021, official: true, automated: false },
  { name: "debian", description: "Debian as a base image.", stars: 5_130, official: true, automated: false },
  { name: "httpd", description: "The Apache HTTP Server, official build.", stars: 4_815, official: true, automated: false },
  { name: "busybox", description: "One small binary with many Unix tools.", stars: 3_402, official: true, automated: false },
  { name: "registry", description: "The reference registry for images.", stars: 4_120, official: true, automated: false },
  { name: "hello-world", description: "Prints a greeting and ends: a first test of D…", stars: 2_410, official: true, automated: false },
  { name: "pypy", description: "Another implementation of the Python language…", stars: 401, official: true, automated: false },
  { name: "hylang", description: "Hy, a Lisp that runs on Python.", stars: 63, official: true, automated: false },
  { name: "bitnami/python", description: "Python, packaged by a third party.", stars: 29, official: false, automated: false },
  { name: "circleci/python", description: "Python for tests of continuous integration.", stars: 46, official: false, automated: false },
  { name: "cimg/python", description: "Python image for continuous integration.", stars: 9, official: false, automated: false },
  { name: "bitnami/nginx", description: "nginx, packaged by a third party.", stars: 201, official: false, automated: false },
  { name: "nginx/nginx-ingress", description: "Ingress controllers of nginx for Kubernetes.", stars: 112, official: false, automated: false },
  { name: "ubuntu/nginx", description: "nginx on Ubuntu, maintained by Canonical.", stars: 141, official: false, automated: false },
];
