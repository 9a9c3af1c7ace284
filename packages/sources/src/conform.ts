/**
 * Objects from files and pastes → the types of the model. A server has checked what it sends; a cut or edited YAML may hold a list where a
 * map belongs. What does not fit is left out, unknown fields stay as they are.
 */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";

/** Text, number, flag, map of texts, anything. A list is a schema in brackets. */
type Schema = "text" | "number" | "flag" | "texts" | "quantities" | "any" | readonly [Schema] | { readonly [field: string]: Schema };
type Fields = Record<string, unknown>;

const keyed = { name: "text", key: "text", optional: "flag" } as const;
const probe = {
  httpGet: { path: "text", port: "any", scheme: "text", host: "text", httpHeaders: [{ name: "text", value: "text" }] },
  tcpSocket: { port: "any", host: "text" },
  exec: { command: ["text"] },
  grpc: { port: "number", service: "text" },
  initialDelaySeconds: "number",
  timeoutSeconds: "number",
  periodSeconds: "number",
  successThreshold: "number",
  failureThreshold: "number",
  terminationGracePeriodSeconds: "number",
} as const;
const security = {
  runAsNonRoot: "flag",
  readOnlyRootFilesystem: "flag",
  allowPrivilegeEscalation: "flag",
  privileged: "flag",
  appArmorProfile: { type: "text", localhostProfile: "text" },
  seLinuxOptions: "texts",
  runAsUser: "number",
  runAsGroup: "number",
  fsGroup: "number",
  capabilities: { add: ["text"], drop: ["text"] },
  seccompProfile: { type: "text", localhostProfile: "text" },
  sysctls: [{ name: "text", value: "text" }],
} as const;
const container = {
  name: "text",
  image: "text",
  command: ["text"],
  args: ["text"],
  workingDir: "text",
  ports: [{ name: "text", containerPort: "number", hostPort: "number", protocol: "text" }],
  env: [
    {
      name: "text",
      value: "text",
      valueFrom: { secretKeyRef: keyed, configMapKeyRef: keyed, fieldRef: { fieldPath: "text" }, resourceFieldRef: { resource: "text" } },
    },
  ],
  envFrom: [{ prefix: "text", configMapRef: keyed, secretRef: keyed }],
  resources: { limits: "quantities", requests: "quantities" },
  volumeMounts: [{ name: "text", mountPath: "text", subPath: "text", subPathExpr: "text", readOnly: "flag" }],
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: { postStart: probe, preStop: probe },
  securityContext: security,
  restartPolicy: "text",
  restartPolicyRules: ["any"],
  imagePullPolicy: "text",
  terminationMessagePolicy: "text",
} as const;
const selector = { matchLabels: "texts", matchExpressions: [{ key: "text", operator: "text", values: ["text"] }] } as const;
const nodeTerms = [
  { matchExpressions: [{ key: "text", operator: "text", values: ["text"] }], matchFields: [{ key: "text", operator: "text", values: ["text"] }] },
] as const;
const podTerms = [{ labelSelector: selector, topologyKey: "text", namespaces: ["text"] }] as const;
const items = [{ key: "text", path: "text" }] as const;
const claimSpec = {
  accessModes: ["text"],
  resources: { requests: "quantities" },
  storageClassName: "text",
  volumeName: "text",
  volumeMode: "text",
  selector,
} as const;
const volume = {
  name: "text",
  downwardAPI: "any",
  configMap: { name: "text", optional: "flag", items },
  secret: { secretName: "text", optional: "flag", items },
  projected: {
    sources: [
      { configMap: { name: "text", optional: "flag", items }, secret: { name: "text", optional: "flag", items }, serviceAccountToken: {}, downwardAPI: {} },
    ],
  },
  persistentVolumeClaim: { claimName: "text", readOnly: "flag" },
  emptyDir: { medium: "text", sizeLimit: "any" },
  hostPath: { path: "text", type: "text" },
  ephemeral: { volumeClaimTemplate: { spec: claimSpec } },
  csi: { driver: "text" },
  nfs: { server: "text", path: "text" },
} as const;
const podSpec = {
  nodeName: "text",
  schedulerName: "text",
  serviceAccountName: "text",
  automountServiceAccountToken: "flag",
  hostNetwork: "flag",
  enableServiceLinks: "flag",
  preemptionPolicy: "text",
  restartPolicy: "text",
  terminationGracePeriodSeconds: "number",
  activeDeadlineSeconds: "number",
  imagePullSecrets: [{ name: "text" }],
  initContainers: [container],
  containers: [container],
  ephemeralContainers: [container],
  volumes: [volume],
  nodeSelector: "texts",
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: nodeTerms } },
    podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: podTerms },
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: podTerms },
  },
  tolerations: [{ key: "text", operator: "text", value: "text", effect: "text", tolerationSeconds: "number" }],
  topologySpreadConstraints: [{ maxSkew: "number", topologyKey: "text", whenUnsatisfiable: "text", labelSelector: selector, minDomains: "number" }],
  priorityClassName: "text",
  priority: "number",
  runtimeClassName: "text",
  schedulingGates: [{ name: "text" }],
  securityContext: security,
  overhead: "quantities",
  resources: { limits: "quantities", requests: "quantities" },
} as const;
const metadata = {
  name: "text",
  namespace: "text",
  uid: "text",
  labels: "texts",
  annotations: "texts",
  creationTimestamp: "text",
  deletionTimestamp: "text",
  ownerReferences: [{ kind: "text", name: "text", uid: "text", controller: "flag" }],
  finalizers: ["text"],
  generation: "number",
  resourceVersion: "text",
  deletionGracePeriodSeconds: "number",
  managedFields: [{ manager: "text", operation: "text", time: "text", subresource: "text" }],
} as const;
const template = { metadata: { labels: "texts", annotations: "texts" }, spec: podSpec } as const;
const conditions = [
  { type: "text", status: "text", reason: "text", message: "text", lastTransitionTime: "text", lastUpdateTime: "text", lastHeartbeatTime: "text" },
] as const;
const ended = { exitCode: "number", signal: "number", reason: "text", message: "text", startedAt: "text", finishedAt: "text", containerID: "text" } as const;
const state = { waiting: { reason: "text", message: "text" }, running: { startedAt: "text" }, terminated: ended } as const;
const statuses = [
  { name: "text", state, lastState: state, ready: "flag", started: "flag", restartCount: "number", image: "text", imageID: "text", containerID: "text" },
] as const;
const workload = {
  spec: {
    replicas: "number",
    paused: "flag",
    suspend: "flag",
    selector,
    template,
    strategy: { type: "text", rollingUpdate: { maxSurge: "any", maxUnavailable: "any" } },
    updateStrategy: { type: "text" },
    serviceName: "text",
    volumeClaimTemplates: [{ metadata, spec: claimSpec }],
    progressDeadlineSeconds: "number",
    backoffLimit: "number",
    completions: "number",
    parallelism: "number",
    activeDeadlineSeconds: "number",
    schedule: "text",
    concurrencyPolicy: "text",
    jobTemplate: { spec: { template, backoffLimit: "number", activeDeadlineSeconds: "number" } },
  },
  status: {
    replicas: "number",
    readyReplicas: "number",
    availableReplicas: "number",
    updatedReplicas: "number",
    unavailableReplicas: "number",
    desiredNumberScheduled: "number",
    currentNumberScheduled: "number",
    numberReady: "number",
    numberUnavailable: "number",
    updatedNumberScheduled: "number",
    currentReplicas: "number",
    observedGeneration: "number",
    active: "any",
    succeeded: "number",
    failed: "number",
    startTime: "text",
    completionTime: "text",
    lastScheduleTime: "text",
    currentRevision: "text",
    updateRevision: "text",
    conditions,
  },
} as const;
const schemas: Record<string, Schema> = {
  Pod: {
    spec: podSpec,
    status: {
      phase: "text",
      reason: "text",
      message: "text",
      nominatedNodeName: "text",
      podIP: "text",
      hostIP: "text",
      startTime: "text",
      qosClass: "text",
      conditions,
      initContainerStatuses: statuses,
      containerStatuses: statuses,
      ephemeralContainerStatuses: statuses,
    },
  },
  Event: {
    involvedObject: { kind: "text", namespace: "text", name: "text", uid: "text", fieldPath: "text" },
    reason: "text",
    message: "text",
    type: "text",
    count: "number",
    firstTimestamp: "text",
    lastTimestamp: "text",
    eventTime: "text",
    series: { count: "number", lastObservedTime: "text" },
    source: { component: "text", host: "text" },
    reportingComponent: "text",
    reportingInstance: "text",
  },
  Node: {
    spec: { unschedulable: "flag", taints: [{ key: "text", value: "text", effect: "text", timeAdded: "text" }], providerID: "text" },
    status: {
      capacity: "quantities",
      allocatable: "quantities",
      conditions,
      nodeInfo: "texts",
      addresses: [{ type: "text", address: "text" }],
      images: [{ names: ["text"], sizeBytes: "number" }],
    },
  },
  Service: {
    spec: {
      type: "text",
      clusterIP: "text",
      externalName: "text",
      selector: "texts",
      ports: [{ name: "text", port: "number", targetPort: "any", protocol: "text", nodePort: "number" }],
    },
  },
  EndpointSlice: {
    addressType: "text",
    ports: [{ name: "text", port: "number", protocol: "text" }],
    endpoints: [
      {
        addresses: ["text"],
        conditions: { ready: "flag", serving: "flag", terminating: "flag" },
        targetRef: { kind: "text", name: "text", namespace: "text" },
        nodeName: "text",
      },
    ],
  },
  PersistentVolumeClaim: { spec: claimSpec, status: { phase: "text", accessModes: ["text"], capacity: "quantities", conditions } },
  PersistentVolume: {
    spec: {
      accessModes: ["text"],
      capacity: "quantities",
      storageClassName: "text",
      claimRef: { namespace: "text", name: "text", uid: "text" },
      nodeAffinity: { required: { nodeSelectorTerms: nodeTerms } },
      hostPath: { path: "text", type: "text" },
      persistentVolumeReclaimPolicy: "text",
      volumeMode: "text",
      local: { path: "text" },
      nfs: { server: "text", path: "text" },
      csi: { driver: "text", volumeHandle: "text" },
    },
    status: { phase: "text", reason: "text", message: "text" },
  },
  StorageClass: {
    provisioner: "text",
    volumeBindingMode: "text",
    reclaimPolicy: "text",
    allowedTopologies: [{ matchLabelExpressions: [{ key: "text", values: ["text"] }] }],
  },
  ResourceQuota: { spec: { hard: "quantities", scopes: ["text"] }, status: { hard: "quantities", used: "quantities" } },
  LimitRange: {
    spec: {
      limits: [{ type: "text", max: "quantities", min: "quantities", default: "quantities", defaultRequest: "quantities", maxLimitRequestRatio: "quantities" }],
    },
  },
  ConfigMap: { data: "texts" },
  ServiceAccount: { imagePullSecrets: [{ name: "text" }] },
  Ingress: {
    spec: { rules: [{ host: "text", http: { paths: [{ path: "text", backend: { service: { name: "text", port: { number: "number", name: "text" } } } }] } }] },
  },
  NetworkPolicy: { spec: { podSelector: selector, policyTypes: ["text"], ingress: ["any"], egress: ["any"] } },
};
for (const kind of ["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "CronJob"]) schemas[kind] = workload;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
/** Names by which the engine looks things up: an item without one is none. */
const required = ["name", "key", "type", "kind"];

function fit(value: unknown, schema: Schema): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema === "any") return value;
  if (schema === "text") return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  if (schema === "number") return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  if (schema === "flag") return typeof value === "boolean" ? value : undefined;
  if (schema === "texts" || schema === "quantities") return isFields(value) ? fitMap(value, schema) : undefined;
  if (Array.isArray(schema)) return Array.isArray(value) ? fitList(value, (schema as readonly [Schema])[0]) : undefined;
  return isFields(value) ? fitFields(value, schema as { readonly [field: string]: Schema }) : undefined;
}
function fitMap(value: Fields, schema: "texts" | "quantities"): Fields {
  let out = value;
  for (const key in value) {
    const one = value[key];
    if (typeof one === "string" || (schema === "quantities" && typeof one === "number")) continue;
    if (out === value) out = { ...value };
    if (typeof one === "number" || typeof one === "boolean") out[key] = String(one);
    else delete out[key];
  }
  return out;
}
function fitList(values: unknown[], schema: Schema): unknown[] {
  const needs = isFields(schema) ? required.find((field) => schema[field] !== undefined) : undefined;
  const fitted = values
    .map((one) => fit(one, schema))
    .filter((one) => one !== undefined && (!needs || needs === "type" || (isFields(one) && typeof one[needs] === "string")));
  return fitted.length === values.length && fitted.every((one, i) => one === values[i]) ? values : fitted;
}
/** The fields of the schema, in its types; the others stay. Copies only what changes. */
function fitFields(value: Fields, schema: { readonly [field: string]: Schema }): Fields {
  let out = value;
  for (const field in schema) {
    const before = value[field];
    if (before === undefined) continue;
    const after = fit(before, schema[field]!);
    if (after === before) continue;
    if (out === value) out = { ...value };
    if (after === undefined) delete out[field];
    else out[field] = after;
  }
  return out;
}

/** Only what the schema knows: a YAML whose indentation was lost still parses, with a password under some other field. */
function keepKnown(value: unknown, schema: Schema): unknown {
  if (typeof schema === "string") return value;
  if (Array.isArray(schema)) return Array.isArray(value) ? value.map((one) => keepKnown(one, (schema as readonly [Schema])[0])) : value;
  if (!isFields(value)) return value;
  const known = schema as { readonly [field: string]: Schema };
  const out: Fields = {};
  for (const field in known) if (value[field] !== undefined) out[field] = keepKnown(value[field], known[field]!);
  return out;
}

/**
 * The object in the model's types; `metadata.name` and `kind` must be there.
 * @param strict leaves out fields that the model does not know, for texts that went through people's hands
 */
export function conform(object: KubernetesObject, strict: boolean): KubernetesObject {
  const schema = { apiVersion: "text", kind: "text", metadata, ...(schemas[object.kind] as object) } as { readonly [field: string]: Schema };
  const fitted = fitFields(object as unknown as Fields, schema);
  return (strict && schemas[object.kind] ? keepKnown(fitted, schema) : fitted) as unknown as KubernetesObject;
}
