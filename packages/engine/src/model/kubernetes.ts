/**
 * Kubernetes objects as unloop reads them: API shape, every field optional, because a Snapshot is always partial.
 * Field meanings: Kubernetes API reference v1.34.
 */

export interface ObjectMeta {
  name?: string;
  namespace?: string;
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  generation?: number;
  resourceVersion?: string;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  /** Reduced at the door to who wrote when; the field paths are dropped. */
  managedFields?: { manager?: string; operation?: string; time?: string; subresource?: string }[];
}
export interface OwnerReference {
  apiVersion?: string;
  kind: string;
  name: string;
  uid?: string;
  controller?: boolean;
}
export interface KubernetesObject {
  apiVersion?: string;
  kind: string;
  metadata: ObjectMeta;
}

export type Quantity = string | number;
export type IntOrString = string | number;
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
}

export interface KeySelector {
  name?: string;
  key?: string;
  optional?: boolean;
}
export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: {
    secretKeyRef?: KeySelector;
    configMapKeyRef?: KeySelector;
    fieldRef?: { fieldPath?: string };
    resourceFieldRef?: { resource?: string; containerName?: string };
  };
}
export interface EnvFromSource {
  prefix?: string;
  configMapRef?: { name?: string; optional?: boolean };
  secretRef?: { name?: string; optional?: boolean };
}
export interface ProbeHandler {
  httpGet?: { path?: string; port?: IntOrString; scheme?: string; host?: string; httpHeaders?: { name: string; value?: string }[] };
  tcpSocket?: { port?: IntOrString; host?: string };
  exec?: { command?: string[] };
  grpc?: { port?: number; service?: string };
}
export interface Probe extends ProbeHandler {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
  terminationGracePeriodSeconds?: number;
}
export interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  fsGroup?: number;
  readOnlyRootFilesystem?: boolean;
  allowPrivilegeEscalation?: boolean;
  privileged?: boolean;
  capabilities?: { add?: string[]; drop?: string[] };
  seccompProfile?: { type?: string; localhostProfile?: string };
  appArmorProfile?: { type?: string; localhostProfile?: string };
  seLinuxOptions?: { user?: string; role?: string; type?: string; level?: string };
  sysctls?: { name: string; value: string }[];
}
export interface VolumeMount {
  name: string;
  mountPath: string;
  subPath?: string;
  subPathExpr?: string;
  readOnly?: boolean;
}
export interface Container {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  command?: string[];
  args?: string[];
  workingDir?: string;
  ports?: { name?: string; containerPort?: number; hostPort?: number; protocol?: string }[];
  env?: EnvVar[];
  envFrom?: EnvFromSource[];
  resources?: { limits?: Record<string, Quantity>; requests?: Record<string, Quantity> };
  volumeMounts?: VolumeMount[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  lifecycle?: { postStart?: ProbeHandler; preStop?: ProbeHandler & { sleep?: { seconds: number } } };
  securityContext?: SecurityContext;
  restartPolicy?: string;
  restartPolicyRules?: { action?: string; exitCodes?: { operator?: string; values?: number[] } }[];
  terminationMessagePolicy?: string;
}
export interface KeyToPath {
  key: string;
  path?: string;
}
export interface Volume {
  name: string;
  configMap?: { name?: string; optional?: boolean; items?: KeyToPath[]; defaultMode?: number };
  secret?: { secretName?: string; optional?: boolean; items?: KeyToPath[]; defaultMode?: number };
  projected?: {
    sources?: {
      configMap?: { name?: string; optional?: boolean; items?: KeyToPath[] };
      secret?: { name?: string; optional?: boolean; items?: KeyToPath[] };
      serviceAccountToken?: object;
      downwardAPI?: object;
    }[];
  };
  persistentVolumeClaim?: { claimName?: string; readOnly?: boolean };
  emptyDir?: { medium?: string; sizeLimit?: Quantity };
  hostPath?: { path?: string; type?: string };
  ephemeral?: { volumeClaimTemplate?: { spec?: PersistentVolumeClaimSpec } };
  csi?: { driver?: string };
  nfs?: { server?: string; path?: string };
  downwardAPI?: object;
}
export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
  tolerationSeconds?: number;
}
export interface NodeSelectorTerm {
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
  matchFields?: { key: string; operator: string; values?: string[] }[];
}
export interface PodAffinityTerm {
  labelSelector?: LabelSelector;
  topologyKey?: string;
  namespaces?: string[];
}
export interface Affinity {
  nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms?: NodeSelectorTerm[] } };
  podAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[] };
  podAntiAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[] };
}
export interface PodSpec {
  nodeName?: string;
  schedulerName?: string;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  restartPolicy?: string;
  terminationGracePeriodSeconds?: number;
  activeDeadlineSeconds?: number;
  hostNetwork?: boolean;
  dnsPolicy?: string;
  enableServiceLinks?: boolean;
  imagePullSecrets?: { name?: string }[];
  initContainers?: Container[];
  containers?: Container[];
  ephemeralContainers?: Container[];
  volumes?: Volume[];
  nodeSelector?: Record<string, string>;
  affinity?: Affinity;
  tolerations?: Toleration[];
  topologySpreadConstraints?: {
    maxSkew?: number;
    topologyKey?: string;
    whenUnsatisfiable?: string;
    labelSelector?: LabelSelector;
    minDomains?: number;
  }[];
  priorityClassName?: string;
  priority?: number;
  preemptionPolicy?: string;
  runtimeClassName?: string;
  schedulingGates?: { name: string }[];
  securityContext?: SecurityContext;
  overhead?: Record<string, Quantity>;
  resources?: { limits?: Record<string, Quantity>; requests?: Record<string, Quantity> };
}
export interface ContainerStateTerminated {
  exitCode?: number;
  signal?: number;
  reason?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  containerID?: string;
}
export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: ContainerStateTerminated;
}
export interface ContainerStatus {
  name: string;
  state?: ContainerState;
  lastState?: ContainerState;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  image?: string;
  imageID?: string;
  containerID?: string;
}
export interface PodStatus {
  phase?: string;
  reason?: string;
  message?: string;
  nominatedNodeName?: string;
  podIP?: string;
  hostIP?: string;
  startTime?: string;
  qosClass?: string;
  conditions?: Condition[];
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
  ephemeralContainerStatuses?: ContainerStatus[];
}
export interface Pod extends KubernetesObject {
  spec?: PodSpec;
  status?: PodStatus;
}
export interface PodTemplate {
  metadata?: ObjectMeta;
  spec?: PodSpec;
}
/** Deployment, ReplicaSet, StatefulSet, DaemonSet, Job: one loose shape, since the routine reads the same few fields of each. */
export interface Workload extends KubernetesObject {
  spec?: {
    replicas?: number;
    paused?: boolean;
    suspend?: boolean;
    selector?: LabelSelector;
    template?: PodTemplate;
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: IntOrString; maxUnavailable?: IntOrString } };
    updateStrategy?: { type?: string };
    serviceName?: string;
    volumeClaimTemplates?: PersistentVolumeClaim[];
    progressDeadlineSeconds?: number;
    backoffLimit?: number;
    completions?: number;
    parallelism?: number;
    activeDeadlineSeconds?: number;
    schedule?: string;
    concurrencyPolicy?: string;
    jobTemplate?: { spec?: { template?: PodTemplate; backoffLimit?: number; activeDeadlineSeconds?: number } };
  };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    updatedReplicas?: number;
    unavailableReplicas?: number;
    currentReplicas?: number;
    observedGeneration?: number;
    currentRevision?: string;
    updateRevision?: string;
    desiredNumberScheduled?: number;
    currentNumberScheduled?: number;
    numberReady?: number;
    numberUnavailable?: number;
    updatedNumberScheduled?: number;
    active?: number | object[];
    succeeded?: number;
    failed?: number;
    startTime?: string;
    completionTime?: string;
    lastScheduleTime?: string;
    conditions?: Condition[];
  };
}
export interface Event extends KubernetesObject {
  involvedObject?: { kind?: string; namespace?: string; name?: string; uid?: string; fieldPath?: string };
  reason?: string;
  message?: string;
  type?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  source?: { component?: string; host?: string };
  reportingComponent?: string;
  reportingInstance?: string;
}
export interface Node extends KubernetesObject {
  spec?: { unschedulable?: boolean; taints?: { key: string; value?: string; effect?: string; timeAdded?: string }[]; providerID?: string };
  status?: {
    capacity?: Record<string, Quantity>;
    allocatable?: Record<string, Quantity>;
    conditions?: (Condition & { lastHeartbeatTime?: string })[];
    nodeInfo?: { kubeletVersion?: string; containerRuntimeVersion?: string; architecture?: string; operatingSystem?: string; bootID?: string };
    addresses?: { type: string; address: string }[];
    images?: { names?: string[]; sizeBytes?: number }[];
  };
}
export interface Service extends KubernetesObject {
  spec?: {
    type?: string;
    clusterIP?: string;
    externalName?: string;
    selector?: Record<string, string>;
    ports?: { name?: string; port?: number; targetPort?: IntOrString; protocol?: string; nodePort?: number }[];
    publishNotReadyAddresses?: boolean;
  };
}
export interface EndpointSlice extends KubernetesObject {
  addressType?: string;
  ports?: { name?: string; port?: number; protocol?: string }[];
  endpoints?: {
    addresses?: string[];
    conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
    targetRef?: { kind?: string; name?: string; namespace?: string };
    nodeName?: string;
  }[];
}
export interface PersistentVolumeClaimSpec {
  accessModes?: string[];
  resources?: { requests?: Record<string, Quantity> };
  storageClassName?: string;
  volumeName?: string;
  volumeMode?: string;
  selector?: LabelSelector;
}
export interface PersistentVolumeClaim extends KubernetesObject {
  spec?: PersistentVolumeClaimSpec;
  status?: { phase?: string; accessModes?: string[]; capacity?: Record<string, Quantity>; conditions?: Condition[] };
}
export interface PersistentVolume extends KubernetesObject {
  spec?: {
    accessModes?: string[];
    capacity?: Record<string, Quantity>;
    storageClassName?: string;
    volumeMode?: string;
    claimRef?: { namespace?: string; name?: string; uid?: string };
    persistentVolumeReclaimPolicy?: string;
    nodeAffinity?: { required?: { nodeSelectorTerms?: NodeSelectorTerm[] } };
    hostPath?: { path?: string; type?: string };
    local?: { path?: string };
    nfs?: { server?: string; path?: string };
    csi?: { driver?: string; volumeHandle?: string };
  };
  status?: { phase?: string; reason?: string; message?: string };
}
export interface StorageClass extends KubernetesObject {
  provisioner?: string;
  volumeBindingMode?: string;
  reclaimPolicy?: string;
  allowedTopologies?: { matchLabelExpressions?: { key: string; values?: string[] }[] }[];
}
export interface ResourceQuota extends KubernetesObject {
  spec?: { hard?: Record<string, Quantity>; scopes?: string[] };
  status?: { hard?: Record<string, Quantity>; used?: Record<string, Quantity> };
}
export interface LimitRange extends KubernetesObject {
  spec?: {
    limits?: {
      type?: string;
      max?: Record<string, Quantity>;
      min?: Record<string, Quantity>;
      default?: Record<string, Quantity>;
      defaultRequest?: Record<string, Quantity>;
      maxLimitRequestRatio?: Record<string, Quantity>;
    }[];
  };
}
export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}
export interface ServiceAccount extends KubernetesObject {
  imagePullSecrets?: { name?: string }[];
}
export interface Ingress extends KubernetesObject {
  spec?: {
    rules?: { host?: string; http?: { paths?: { path?: string; backend?: { service?: { name?: string; port?: { number?: number; name?: string } } } }[] } }[];
  };
}
export interface NetworkPolicy extends KubernetesObject {
  spec?: { podSelector?: LabelSelector; policyTypes?: string[]; ingress?: object[]; egress?: object[] };
}
