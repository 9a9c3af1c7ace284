import { expect, test } from "vitest";
import { startGrammar } from "./grammar";
import { readStartText } from "./start-failure";

test.each(startGrammar.map((entry) => [entry.name, entry] as const))("the runtime's text about %s is told from all others", (_, entry) => {
  const [text, named] = entry.sample;
  const read = readStartText(text);
  expect(read.cause).toBe(entry.cause);
  if (named) expect(read.named).toBe(named);
});

test.each([
  [
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "migrate": executable file not found in $PATH: unknown',
    "start/command-not-found",
  ],
  [
    'container_linux.go:380: starting container process caused: exec: "/bin/tool": stat /bin/tool: no such file or directory: unknown',
    "start/command-not-found",
  ],
  ['container create failed: container_linux.go:380: starting container process caused: exec: "/srv": is a directory', "start/command-not-executable"],
  [
    'OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volume-subpaths/cfg/web/0" to rootfs at "/etc/app.yaml": mount src=/var/lib/kubelet/pods/1/volume-subpaths/cfg/web/0, dst=/etc/app.yaml, dstFd=/proc/thread-self/fd/8, flags=MS_BIND|MS_REC: no such file or directory: unknown',
    "start/mount-type-mismatch",
  ],
  [
    'OCI runtime create failed: container_linux.go:349: starting container process caused "exec: \\"npm\\": executable file not found in $PATH": unknown',
    "start/command-not-found",
  ],
  [
    'container create failed: level=error msg="container_linux.go:366: exec: \\"/bin/app\\": stat /bin/app: no such file or directory"',
    "start/command-not-found",
  ],
  ["mount /dev/sdb: something nobody has seen before", null],
])("%s is %s", (text, cause) => {
  expect(readStartText(text).cause).toBe(cause);
});

test("no text of a runtime makes a pattern slow", () => {
  const hostile = `exec: "${"a".repeat(4000)}`;
  const began = performance.now();
  for (const entry of startGrammar) entry.pattern.exec(hostile);
  for (const entry of startGrammar) entry.pattern.exec('error mounting "'.repeat(250));
  expect(performance.now() - began).toBeLessThan(200);
});
