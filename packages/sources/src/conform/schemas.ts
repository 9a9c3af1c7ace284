/** The fields of each kind that the model reads, and their types. */
import { claimSpec, nodeTerms, podSpec, selector } from "./pod-spec";

/** Text, text without which an item of a list is none, number, flag, map of texts, anything. A list is a schema in brackets. */
export type Schema = "text" | "name" | "number" | "flag" | "texts" | "quantities" | "any" | readonly [Schema] | { readonly [field: string]: Schema };

export const metadata = {
  name: "text",
  namespace: "text",
  uid: "text",
  labels: "texts",
  annotations: "texts",
  creationTimestamp: "text",
  deletionTimestamp: "text",
  ownerReferences: [{ kind: "name", name: "name", uid: "text", controller: "flag" }],
  finalizers: ["text"],
  generation: "number",
  resourceVersion: "text",
  deletionGracePeriodSeconds: "number",
  managedFields: [{ manager: "text", operation: "text", time: "text", subresource: "text" }],
} as const;
const template = { metadata: { labels: "texts", annotations: "texts" }, spec: podSpec } as const;
const conditions = [
  { type: "name", status: "text", reason: "text", message: "text", lastTransitionTime: "text", lastUpdateTime: "text", lastHeartbeatTime: "text" },
] as const;
const ended = { exitCode: "number", signal: "number", reason: "text", message: "text", startedAt: "text", finishedAt: "text", containerID: "text" } as const;
const state = { waiting: { reason: "text", message: "text" }, running: { startedAt: "text" }, terminated: ended } as const;
const statuses = [
  { name: "name", state, lastState: state, ready: "flag", started: "flag", restartCount: "number", image: "text", imageID: "text", containerID: "text" },
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
/** What is read of each kind, beside its metadata. */
export const schemas: Record<string, Schema> = {
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
    spec: { unschedulable: "flag", taints: [{ key: "name", value: "text", effect: "text", timeAdded: "text" }], providerID: "text" },
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
