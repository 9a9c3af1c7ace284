/**
 * What container runtimes print when a container can not be started: containerd with runc (StartError, RunContainerError), CRI-O with runc or crun
 * and dockershim (CreateContainerError, ContainerCannotRun). Sources: runc 1.0-1.5 libcontainer, containerd 1.6-2.4 internal/cri, CRI-O 1.24-1.36
 * server, kubelet 1.20-1.36 pkg/kubelet. The wrapping differs by version, so only the innermost words are matched.
 */
export interface StartPattern {
  name: string;
  cause: string;
  /** Group 1 is what the cause calls its subject (a path, a user, a volume), where the text names it. */
  pattern: RegExp;
  /** A text that it recognises, and what group 1 then is. */
  sample: [string, string | null];
}

const q = "[`\"‘“']";
const inside = "([^`\"’”']{1,400})";

export const startGrammar: readonly StartPattern[] = [
  {
    name: "limit below what the runtime itself needs",
    cause: "memory/limit-below-runtime",
    pattern: /container init was OOM-killed|set memory limit \d+ too low|minimum memory limit allowed|memory limit too low/,
    sample: ["runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown", null],
  },
  {
    name: "exec format error",
    cause: "start/architecture-mismatch",
    pattern: new RegExp(`(?:exec:?(?: container process)? ${q}?([^\\s:\`"]{1,400})${q}?: )?exec format error`, "i"),
    sample: ['OCI runtime start failed: exec: "/app/server": exec format error: unknown', null],
  },
  {
    name: "postStart or preStop hook",
    cause: "start/hook-failed",
    pattern: /(?:Exec|HTTP|Http|Sleep) lifecycle hook \((.{0,400}?)\) for Container/,
    sample: [
      'Exec lifecycle hook ([/bin/sh -c test -d /data]) for Container "web" in Pod "web-0_shop(7d1)" failed - error: command \'/bin/sh -c test -d /data\' exited with 1: , message: ""',
      "[/bin/sh -c test -d /data]",
    ],
  },
  {
    name: "hook failed",
    cause: "start/hook-failed",
    pattern: /^(?:FailedPostStartHook|PostStartHook failed)$/,
    sample: ["PostStartHook failed", null],
  },
  {
    name: "root although it must not be",
    cause: "start/run-as-non-root",
    pattern: /container has runAsNonRoot and image will run as root/,
    sample: ['Error: container has runAsNonRoot and image will run as root (pod: "web-0_shop(7d1)", container: web)', null],
  },
  {
    name: "runAsUser 0 beside runAsNonRoot",
    cause: "start/run-as-non-root",
    pattern: /container's runAsUser \(?(\d*)\)? ?breaks non-root policy|container's runAsUser breaks non-root policy/,
    sample: ['Error: container\'s runAsUser breaks non-root policy (pod: "web-0_shop(7d1)", container: web)', null],
  },
  {
    name: "user of the image is a name",
    cause: "start/run-as-non-root",
    pattern: /container has runAsNonRoot and image has non-numeric user \(([^)]{1,100})\)/,
    sample: [
      'Error: container has runAsNonRoot and image has non-numeric user (appuser), cannot verify user is non-root (pod: "w_s(1)", container: web)',
      "appuser",
    ],
  },
  {
    name: "user id out of range",
    cause: "start/run-as-non-root",
    pattern: /image has an invalid user id \(([-\d]{1,20})\)/,
    sample: ["Error: container has runAsNonRoot and image has an invalid user id (-5). (Must be 1-(2147483647))", "-5"],
  },
  {
    name: "user that the image does not know",
    cause: "start/run-as-non-root",
    pattern: new RegExp(
      `unable to find (?:user|group) ([^:\\s]{1,100}): no matching entries|no users found for ${q}?([^\\s"]{1,100})|user: unknown user ([^\\s:]{1,100})`,
    ),
    sample: ["failed to create containerd task: unable to find user deploy: no matching entries in passwd file", "deploy"],
  },
  {
    name: "working directory",
    cause: "start/working-directory-missing",
    pattern: new RegExp(
      `(?:chdir to cwd \\(|cannot chdir to |chdir to )${q}?${inside}${q}?\\)?(?: set in config\\.json)?(?: failed)?: (?:no such file|permission denied|not a directory)`,
      "i",
    ),
    sample: [
      'unable to start container process: error during container init: chdir to cwd ("/srv/app") set in config.json failed: no such file or directory: unknown',
      "/srv/app",
    ],
  },
  {
    name: "working directory is a file or can not be made",
    cause: "start/working-directory-missing",
    pattern: new RegExp(
      `(?:failed to mkdir|mkdir|creating) (?:cwd|working directory) ${q}?${inside}${q}?|working directory ${q}?${inside}${q}? is (?:invalid|not)`,
      "i",
    ),
    sample: ["the working directory 'app' is invalid, it needs to be an absolute path", "app"],
  },
  {
    name: "working directory that can not be made",
    cause: "start/working-directory-missing",
    pattern: /error during container init: mkdir (\/[^:\s]{1,400}): (?:not a directory|file exists|permission denied|read-only file system)/,
    sample: ["unable to start container process: error during container init: mkdir /etc/hosts: not a directory: unknown", "/etc/hosts"],
  },
  {
    name: "relative working directory",
    cause: "start/working-directory-missing",
    pattern: /cwd must be an absolute path|Cwd must be an absolute path/i,
    sample: ["OCI runtime create failed: runc create failed: cwd must be an absolute path", null],
  },
  {
    name: "seccomp profile",
    cause: "start/security-denied",
    pattern: /seccomp.{0,300}?open (\/[^\s:"]{1,300}): no such file|seccomp profile "([^"]{1,300})"/i,
    sample: [
      'failed to generate seccomp spec opts: cannot load seccomp profile "/var/lib/kubelet/seccomp/profiles/strict.json": open /var/lib/kubelet/seccomp/profiles/strict.json: no such file or directory',
      "/var/lib/kubelet/seccomp/profiles/strict.json",
    ],
  },
  {
    name: "seccomp",
    cause: "start/security-denied",
    pattern: /(?:cannot load|failed to (?:load|generate|setup)|unable to (?:init|load)|init|setup) seccomp/i,
    sample: ["OCI runtime create failed: runc create failed: unable to start container process: unable to init seccomp: error loading seccomp filter", null],
  },
  {
    name: "AppArmor profile",
    cause: "start/security-denied",
    pattern:
      /apparmor(?:.{0,80}?)profile "?([\w./:-]{1,200})"?|Cannot enforce AppArmor|failed to generate apparmor spec opts|apparmor is not (?:supported|enabled)|unable to apply apparmor profile/i,
    sample: ['failed to generate apparmor spec opts: apparmor profile not found "api-strict"', null],
  },
  {
    name: "SELinux label",
    cause: "start/security-denied",
    pattern:
      /(?:failed to (?:set|relabel|apply)|setting|invalid|write) (?:file |process |selinux )?(?:selinux |exec )?label|selinux (?:relabel|label|is not)|attr\/(?:exec|keycreate): invalid argument/i,
    sample: ["write /proc/self/attr/keycreate: invalid argument", null],
  },
  {
    name: "capabilities",
    cause: "start/security-denied",
    pattern:
      /(?:unable to apply caps|apply caps|unknown capability|unable to (?:set|apply) (?:bounding|ambient) capabilit|invalid capability)[^"]{0,20}"?(CAP_\w{1,40})?/i,
    sample: ['OCI runtime create failed: unknown capability "CAP_NET_EVERYTHING"', "CAP_NET_EVERYTHING"],
  },
  {
    name: "sysctl that is not allowed",
    cause: "start/security-denied",
    pattern: /forbidden sysctl: "?([\w.]{1,100})"?|sysctl "?([\w.]{1,100})"? is not allowed|sysctl "?([\w.]{1,100})"? is not in a separate kernel namespace/,
    sample: ['forbidden sysctl: "kernel.msgmax" not allowlisted', "kernel.msgmax"],
  },
  {
    name: "command without x bit",
    cause: "start/command-not-executable",
    pattern: new RegExp(`exec: ${q}${inside}${q}: (?:permission denied|is a directory)`),
    sample: ['unable to start container process: exec: "/entrypoint.sh": permission denied: unknown', "/entrypoint.sh"],
  },
  {
    name: "crun: command without x bit",
    cause: "start/command-not-executable",
    pattern: new RegExp(
      `(?:open executable|exec container process|executable file|access) ${q}${inside}${q}[^:]{0,40}: (?:Permission denied|Is a directory)|the path ${q}${inside}${q} exists but it is not executable`,
      "i",
    ),
    sample: ["container create failed: open executable `/entrypoint.sh`: Permission denied", "/entrypoint.sh"],
  },
  {
    name: "exec permission denied",
    cause: "start/command-not-executable",
    pattern: /open executable: permission denied|exec (\/[^\s:]{1,400}): permission denied/i,
    sample: ["exec /entrypoint.sh: permission denied", "/entrypoint.sh"],
  },
  {
    name: "command not on the PATH of the image",
    cause: "start/command-not-found",
    pattern: new RegExp(`exec: ${q}${inside}${q}: executable file not found`),
    sample: ['unable to start container process: exec: "bash": executable file not found in $PATH: unknown', "bash"],
  },
  {
    name: "command that is not in the image",
    cause: "start/command-not-found",
    pattern: new RegExp(`exec: ${q}${inside}${q}: (?:stat [^:]{1,400}: )?(?:no such file or directory|not a directory)`),
    sample: ['unable to start container process: exec: "/app/server": stat /app/server: no such file or directory: unknown', "/app/server"],
  },
  {
    name: "crun: command not found",
    cause: "start/command-not-found",
    pattern: new RegExp(`executable file ${q}${inside}${q} not found|(?:stat|open executable) ${q}${inside}${q}: No such file`),
    sample: ["container create failed: executable file `runner` not found in $PATH: No such file or directory", "runner"],
  },
  {
    name: "interpreter of the command",
    cause: "start/command-not-found",
    pattern: /exec user process caused:? "?no such file or directory|exec (\/[^\s:]{1,400}): no such file or directory/,
    sample: ["standard_init_linux.go:228: exec user process caused: no such file or directory", null],
  },
  {
    name: "empty command",
    cause: "start/command-not-found",
    pattern: /exec: "": executable file not found/,
    sample: ['unable to start container process: exec: "": executable file not found in $PATH: unknown', null],
  },
  {
    name: "image without a command",
    cause: "start/command-not-found",
    pattern: /no command specified/i,
    sample: ['failed to generate container "5f1" spec: failed to generate spec: no command specified', null],
  },
  {
    name: "Windows: command not found",
    cause: "start/command-not-found",
    pattern: /CreateProcess: .{0,200}The system cannot find the (?:file|path) specified/,
    sample: ["hcs::System::CreateProcess: failure in a Windows system call: The system cannot find the file specified. (0x2)", null],
  },
  {
    name: "mount target inside a read-only mount",
    cause: "start/mount-type-mismatch",
    pattern: /(?:create mountpoint for|error mounting .{0,300}? to rootfs at) "?(\/[^\s"]{1,300})"?.{0,600}read-only file system/,
    sample: [
      "error during container init: create mountpoint for /etc/app/extra mount: make mountpoint: mkdirat etc/app/extra: read-only file system",
      "/etc/app/extra",
    ],
  },
  {
    name: "file on directory or directory on file",
    cause: "start/mount-type-mismatch",
    pattern: /error mounting "[^"]{1,400}" to rootfs at "([^"]{1,400})"/,
    sample: ['error mounting "/var/lib/kubelet/pods/1/volumes/c" to rootfs at "/etc/nginx/nginx.conf": mount: not a directory', "/etc/nginx/nginx.conf"],
  },
  {
    name: "older runc: mounting",
    cause: "start/mount-type-mismatch",
    pattern:
      /mounting \\?"[^"]{1,400}" to rootfs(?: \\?"[^"]{1,400}")? at \\?"([^"\\]{1,400})\\?"|Are you trying to mount a directory onto a file \(or vice-versa\)/,
    sample: ['rootfs_linux.go:58: mounting "/var/lib/x" to rootfs "/var/lib/y" at "/etc/app.conf" caused "not a directory"', "/etc/app.conf"],
  },
  {
    name: "crun: mount",
    cause: "start/mount-type-mismatch",
    pattern: new RegExp(`mount ${q}[^\`"']{1,400}${q} to ${q}${inside}${q}: (?:Not a directory|Is a directory|No such file)`, "i"),
    sample: ["mount `/var/lib/kubelet/pods/1/volumes/c` to `etc/nginx/nginx.conf`: Not a directory", "etc/nginx/nginx.conf"],
  },
  {
    name: "path of a volume on the node",
    cause: "start/mount-type-mismatch",
    pattern: /failed to (?:mkdir|stat) "([^"]{1,400})": \w{1,10} [^:]{1,400}: (?:file exists|not a directory|no such file or directory)/,
    sample: ['failed to generate container "5f" spec: failed to apply OCI options: failed to mkdir "/mnt/data": mkdir /mnt/data: file exists', "/mnt/data"],
  },
  {
    name: "subPath that is not in its volume",
    cause: "start/mount-type-mismatch",
    pattern: /failed to (?:create subPath directory|prepare subPath) for volumeMount "([^"]{1,100})"/,
    sample: ['Error: failed to prepare subPath for volumeMount "config" of container "web"', "config"],
  },
  {
    name: "subPath that is no relative path",
    cause: "start/mount-type-mismatch",
    pattern: /error SubPath [`"]([^`"]{1,300})[`"]|unable to provision SubPath [`"]([^`"]{1,300})[`"]|SubPath [`"]([^`"]{1,300})[`"] must/,
    sample: ["error SubPath `/etc/app` must not be an absolute path", "/etc/app"],
  },
  {
    name: "container name still taken",
    cause: "start/runtime-failure",
    pattern: /failed to reserve container name|name ".{1,300}" is reserved for|Kubelet may be retrying requests that are timing out in CRI-O/,
    sample: ['failed to reserve container name "web_web-0_shop_1": name "web_web-0_shop_1" is reserved for "5f1"', null],
  },
  {
    name: "runtime did not answer in time",
    cause: "start/runtime-failure",
    pattern:
      /context deadline exceeded|DeadlineExceeded|ttrpc: closed|transport is closing|error while dialing|connection error: desc|failed to start shim|shim (?:reaped|died|exited)|containerd-shim/i,
    sample: ["rpc error: code = DeadlineExceeded desc = context deadline exceeded", null],
  },
  {
    name: "sandbox or cgroup of the pod",
    cause: "start/runtime-failure",
    pattern:
      /sandbox container .{0,100}is not running|no running task found|failed to create (?:containerd )?container: |unable to apply cgroup configuration|failed to write .{0,200}cgroup|cgroup.{0,120}(?:no such file|no space left|not mounted|device or resource busy)|create container log directory for container|cannot find volume "|runtime handler|RuntimeHandler|input\/output error|no space left on device|failed to (?:mount rootfs|create new (?:parent process|snapshot))/,
    sample: ['sandbox container "5f1" is not running', null],
  },
];
