/** Containers of a described pod or pod template. Formats: kubectl describe.go (describeContainers, DescribeProbe). */
import type { Container, ContainerState, ContainerStatus, EnvFromSource, EnvVar, Probe, VolumeMount } from "@unloop/engine/model/kubernetes";
import { parseTime } from "../time";
import { without } from "./shape";
import { type Entry, find, listOf, quantitiesOf, valueOf } from "./tree";

const shells = /(?:^|\/)(?:sh|bash|ash|dash|zsh|ksh)$/;
/** Line breaks inside an argument are lost in describe: after `sh -c` all is one script. */
export function joinScript(words: string[], separator: string): string[] {
  const flag = words.findIndex((word, i) => /^-[a-z]*c$/.test(word) && i > 0 && shells.test(words[i - 1]!));
  return flag >= 0 && words.length > flag + 2 ? [...words.slice(0, flag + 1), words.slice(flag + 1).join(separator)] : words;
}

/** `http-get http://:8080/health delay=0s timeout=1s period=10s #success=1 #failure=3` → the spec. */
export function readProbe(text: string | undefined): Probe | undefined {
  const match =
    /^(http-get|tcp-socket|grpc|exec) ([^]{0,4000}?) {1,2}delay=(\d{1,9})s timeout=(\d{1,9})s period=(\d{1,9})s #success=(\d{1,9}) #failure=(\d{1,9})/.exec(
      text ?? "",
    );
  if (!match) return undefined;
  const [, kind, target, delay, timeout, period, success, failure] = match;
  const times = {
    initialDelaySeconds: Number(delay),
    timeoutSeconds: Number(timeout),
    periodSeconds: Number(period),
    successThreshold: Number(success),
    failureThreshold: Number(failure),
  };
  const number = (port: string): string | number => (/^\d+$/.test(port) ? Number(port) : port);
  if (kind === "http-get") {
    const url = /^(https?):\/\/([^/]{0,253}?):([\w-]{1,15})(\/.*)?$/i.exec(target!);
    if (!url) return undefined;
    return { httpGet: { scheme: url[1]!.toUpperCase(), port: number(url[3]!), path: url[4] ?? "/", ...(url[2] && { host: url[2] }) }, ...times };
  }
  if (kind === "tcp-socket") {
    const at = target!.lastIndexOf(":");
    return { tcpSocket: { port: number(target!.slice(at + 1)), ...(at > 0 && { host: target!.slice(0, at) }) }, ...times };
  }
  if (kind === "grpc") {
    const [, port, service] = /:(\d{1,5}) ?(\S{0,200})/.exec(target!) ?? [];
    return port ? { grpc: { port: Number(port), ...(service && { service }) }, ...times } : undefined;
  }
  return { exec: { command: joinScript(target!.replace(/^\[|\]$/g, "").split(" "), " ") }, ...times };
}

function readEnv(entry: Entry | null): EnvVar[] | undefined {
  if (!entry || entry.value === "<none>") return undefined;
  const found: EnvVar[] = [];
  for (const child of entry.children) {
    // A line of YAML that strayed here would carry a value without the name that tells that it is secret.
    if (!child.key || child.key === "value") continue;
    const value = [child.value, ...child.children.map((line) => line.text)].join("\n");
    const reference = /^<set to the key '([^']{1,253})' (in secret|of config map) '([^']{1,253})'>(?:\s+Optional: (true|false))?/.exec(value);
    const field = /^(?:.{0,300} )?\((v1|[a-z.]{1,60}\/v\d\w{0,9}):((?:metadata|spec|status)\.[^)]{1,300})\)$/.exec(value);
    const resource = /^(?:\S{0,40} )?\(((?:limits|requests)\.[\w./-]{1,80})\)$/.exec(value);
    if (reference) {
      const selector = { name: reference[3]!, key: reference[1]!, optional: reference[4] === "true" };
      found.push({ name: child.key, valueFrom: reference[2] === "in secret" ? { secretKeyRef: selector } : { configMapKeyRef: selector } });
    } else if (field) found.push({ name: child.key, valueFrom: { fieldRef: { fieldPath: field[2]! } } });
    else if (resource) found.push({ name: child.key, valueFrom: { resourceFieldRef: { resource: resource[1]! } } });
    else found.push({ name: child.key, value });
  }
  return found;
}

function readEnvFrom(entry: Entry | null): EnvFromSource[] | undefined {
  const found: EnvFromSource[] = [];
  for (const child of entry?.children ?? []) {
    const match = /^(\S{1,253})\s+(ConfigMap|Secret)(?: with prefix '([^']{0,253})')?(?:\s+Optional: (true|false))?/.exec(child.text);
    if (!match) continue;
    const source = { name: match[1]!, optional: match[4] === "true" };
    found.push({ ...(match[3] && { prefix: match[3] }), ...(match[2] === "Secret" ? { secretRef: source } : { configMapRef: source }) });
  }
  return found.length ? found : undefined;
}

function readMounts(entry: Entry | null): VolumeMount[] | undefined {
  const found: VolumeMount[] = [];
  for (const child of entry?.children ?? []) {
    const match = /^(\S.{0,1024}?) from (\S{1,253}) \((r[ow])(?:,path="([^"]{0,4096})")?\)/.exec(child.text);
    if (match) found.push({ mountPath: match[1]!, name: match[2]!, ...(match[3] === "ro" && { readOnly: true }), ...(match[4] && { subPath: match[4] }) });
  }
  return found.length ? found : undefined;
}

function readPorts(entries: Entry[]): Container["ports"] {
  const list = (text: string | undefined): string[] => text?.split(/, */) ?? [];
  const hosts = list(valueOf(entries, "Host Ports", "Host Port"));
  const ports = list(valueOf(entries, "Ports", "Port")).map((port, i) => {
    const match = /^(\d{1,5})\/(\w{3,4})(?: \(([\w-]{1,15})\))?/.exec(port);
    const host = Number(/^(\d{1,5})\//.exec(hosts[i] ?? "")?.[1] ?? 0);
    return match && { containerPort: Number(match[1]), protocol: match[2]!, ...(match[3] && { name: match[3] }), ...(host && { hostPort: host }) };
  });
  const found = ports.filter((port) => port !== null);
  return found.length ? found : undefined;
}

export function readState(entry: Entry | null): ContainerState | undefined {
  if (!entry) return undefined;
  const reason = valueOf(entry.children, "Reason");
  const message = valueOf(entry.children, "Message");
  const startedAt = parseTime(valueOf(entry.children, "Started")) ?? undefined;
  const texts = { ...(reason && { reason }), ...(message && { message }) };
  if (entry.value === "Waiting") return { waiting: texts };
  if (entry.value === "Running") return { running: { ...(startedAt && { startedAt }) } };
  if (entry.value !== "Terminated") return undefined;
  const finishedAt = parseTime(valueOf(entry.children, "Finished")) ?? undefined;
  const code = valueOf(entry.children, "Exit Code");
  // Describe shows a start in 1970 where no process ran (StartError): the kubelet's zero time, kept as the API has it.
  const neverRan = / 1970 /.test(valueOf(entry.children, "Started") ?? "");
  return {
    terminated: {
      ...texts,
      ...(code && /^-?\d{1,9}$/.test(code) && { exitCode: Number(code) }),
      ...(startedAt ? { startedAt } : neverRan ? { startedAt: "1970-01-01T00:00:00Z" } : {}),
      ...(finishedAt && { finishedAt }),
    },
  };
}

/** The container of one block below `Containers:`. */
export function readContainer(block: Entry): Container {
  const of = block.children;
  const command = joinScript(listOf(find(of, "Command")), "\n");
  const args = listOf(find(of, "Args"));
  const wrapped = command.length > 1 && /^-[a-z]*c$/.test(command.at(-1)!) && args.length > 1;
  const limits = quantitiesOf(find(of, "Limits"));
  const requests = quantitiesOf(find(of, "Requests"));
  return without<Container>({
    name: block.key,
    image: valueOf(of, "Image"),
    command: command.length ? command : undefined,
    args: args.length ? (wrapped ? [args.join("\n")] : joinScript(args, "\n")) : undefined,
    ports: readPorts(of),
    env: readEnv(find(of, "Environment")),
    envFrom: readEnvFrom(find(of, "Environment Variables from")),
    resources: limits || requests ? without({ limits, requests }) : undefined,
    volumeMounts: readMounts(find(of, "Mounts")),
    livenessProbe: readProbe(valueOf(of, "Liveness")),
    readinessProbe: readProbe(valueOf(of, "Readiness")),
    startupProbe: readProbe(valueOf(of, "Startup")),
    securityContext: valueOf(of, "SeccompProfile")
      ? { seccompProfile: without({ type: valueOf(of, "SeccompProfile"), localhostProfile: valueOf(of, "LocalhostProfile") }) }
      : undefined,
    restartPolicy: valueOf(of, "Restart Policy"),
  });
}

/** Its status; null where describe showed none (a pod that no node has, a template). */
export function readContainerStatus(block: Entry): ContainerStatus | null {
  const of = block.children;
  const state = readState(find(of, "State"));
  const lastState = readState(find(of, "Last State"));
  const restarts = valueOf(of, "Restart Count");
  const ready = valueOf(of, "Ready");
  if (!state && !lastState && restarts === undefined) return null;
  return without<ContainerStatus>({
    name: block.key,
    state,
    lastState,
    ready: ready === undefined ? undefined : ready === "True",
    restartCount: restarts !== undefined && /^\d{1,9}$/.test(restarts) ? Number(restarts) : undefined,
    image: valueOf(of, "Image"),
    imageID: valueOf(of, "Image ID"),
    containerID: valueOf(of, "Container ID"),
  });
}
