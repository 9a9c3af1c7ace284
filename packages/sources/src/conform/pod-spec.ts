/** The fields of a pod spec that the model reads. */

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
  name: "name",
  image: "text",
  command: ["text"],
  args: ["text"],
  workingDir: "text",
  ports: [{ name: "text", containerPort: "number", hostPort: "number", protocol: "text" }],
  env: [
    {
      name: "name",
      value: "text",
      valueFrom: { secretKeyRef: keyed, configMapKeyRef: keyed, fieldRef: { fieldPath: "text" }, resourceFieldRef: { resource: "text" } },
    },
  ],
  envFrom: [{ prefix: "text", configMapRef: keyed, secretRef: keyed }],
  resources: { limits: "quantities", requests: "quantities" },
  volumeMounts: [{ name: "name", mountPath: "text", subPath: "text", subPathExpr: "text", readOnly: "flag" }],
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
export const selector = { matchLabels: "texts", matchExpressions: [{ key: "name", operator: "text", values: ["text"] }] } as const;
export const nodeTerms = [
  { matchExpressions: [{ key: "name", operator: "text", values: ["text"] }], matchFields: [{ key: "name", operator: "text", values: ["text"] }] },
] as const;
const podTerms = [{ labelSelector: selector, topologyKey: "text", namespaces: ["text"] }] as const;
const items = [{ key: "name", path: "text" }] as const;
export const claimSpec = {
  accessModes: ["text"],
  resources: { requests: "quantities" },
  storageClassName: "text",
  volumeName: "text",
  volumeMode: "text",
  selector,
} as const;
const volume = {
  name: "name",
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
export const podSpec = {
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
