/** Frameworks and servers of Python and Ruby whose wording nobody else uses. */
import type { Pattern } from "../patterns/pattern";

export const pythonServices: Pattern[] = [
  {
    id: "ray-head-unreachable",
    cause: "dependency/timeout",
    literals: ["connect to gcs", "waiting for gcs", "gcs is not reachable"],
    pattern: String.raw`Failed to connect to GCS(?: within \d+ seconds| at address (?P<address>[\w.-]+:\d+))?|Unable to connect to GCS at (?P<address2>[\w.-]+:\d+)|Timed out while waiting for GCS to become available`,
    confidence: "likely",
    product: true,
    details: { reason: "the head node of the cluster does not answer" },
    positive: "Failed to connect to GCS within 60 seconds. GCS may have been killed.",
    negative: "ready to connect to gcs",
  },
  {
    id: "puma-application-missing",
    cause: "config/file-missing",
    literals: ["no application configured, nothing to run"],
    pattern: String.raw`ERROR: No application configured, nothing to run|^No application configured, nothing to run`,
    confidence: "likely",
    product: true,
    subject: { path: "config.ru" },
    positive: "ERROR: No application configured, nothing to run",
    negative: "there is no application configured, nothing to run here",
  },
  {
    id: "llama-buffer-out-of-memory",
    cause: "accelerator/gpu-memory-exhausted",
    literals: ["cudamalloc failed", "unable to allocate cuda", "hipmalloc failed", "unable to allocate rocm"],
    pattern: String.raw`allocating (?P<requested>[\d.]+ MiB) on device \d+: (?:cuda|hip)Malloc failed: out of memory|unable to allocate (?:CUDA|ROCm)\d* buffer`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 9000.10 MiB on device 1: cudaMalloc failed: out of memory",
    negative: "cudamalloc failed once",
  },
  {
    id: "llama-cpu-buffer",
    cause: "accelerator/model-too-large",
    literals: ["unable to allocate cpu buffer", "failed to allocate cpu buffer", "failed to allocate buffer of size"],
    pattern: String.raw`unable to allocate CPU\w* buffer|failed to allocate CPU\w* buffer of size (?P<requested>\d+)|_alloc_buffer: failed to allocate buffer of size (?P<requested2>\d+)`,
    confidence: "likely",
    product: true,
    fatal: true,
    positive: "llama_model_load: error loading model: unable to allocate CPU buffer",
    negative: "failed to allocate buffer of size",
  },
];
