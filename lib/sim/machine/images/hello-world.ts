// The one program of the image hello-world.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";

const text = `
Hello from Docker!
This message shows that your installation works.

What happened until you could read it:
 1. The docker client asked the docker daemon for a container.
 2. The daemon had no image "hello-world", or took the one it had pulled
    from the Docker Hub (amd64).
 3. It made a new container of that image and started its one program,
    which writes these lines.
 4. The daemon sent the output to the client, and the client to your
    terminal.

For something more ambitious, start a shell in a container:
 $ docker run -it ubuntu bash

`;

export function* helloWorld(sys: Sys): Blocking<number> {
  yield* sys.write(1, encode(text));
  return 0;
}
