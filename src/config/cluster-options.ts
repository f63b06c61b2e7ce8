import { z } from 'zod'
import { byteCount } from './bytes.js'
import { option } from './option.js'

/** Options of a scan that other machines work on. */
export const clusterOptions = {
  engine: option(z.enum(['local', 'ray']).default('local'), {
    group: 'Cluster',
    description: 'who reads the data: processes of this machine, or jobs of a Ray cluster (docs/scale.md)',
  }),
  storage: option(z.string().min(1).nullable().default(null), {
    group: 'Cluster',
    description: 'where machines leave states for each other: a folder that all have, or s3://BUCKET/PREFIX',
    placeholder: 'URI',
  }),
  parts: option(z.union([z.literal('auto').transform(() => null), z.int().min(1).max(100_000)]).prefault('auto'), {
    group: 'Cluster',
    description: 'tasks that a pass over the data is cut into, of several pieces each; auto is by the size of the data',
    placeholder: 'auto|N',
  }),
  rayAddress: option(z.string().min(1).nullable().default(null), {
    group: 'Cluster',
    description: "Ray's dashboard, http://HEAD:8265; RAY_ADDRESS when absent",
    placeholder: 'URL',
  }),
  rayJobs: option(z.union([z.literal('auto').transform(() => null), z.int().min(1).max(10_000)]).prefault('auto'), {
    group: 'Cluster',
    description: 'Ray jobs at a time; auto is as many as the cluster has CPUs for',
    placeholder: 'auto|N',
  }),
  rayCommand: option(z.string().min(1).default('credence'), {
    group: 'Cluster',
    description: 'what starts credence on a node',
    placeholder: 'COMMAND',
  }),
  rayCpus: option(z.number().gt(0).max(1024).default(1), {
    group: 'Cluster',
    description: 'CPUs that a Ray job reserves, and processes that it runs',
    placeholder: 'N',
  }),
  rayGpus: option(z.number().min(0).max(64).default(0), {
    group: 'Cluster',
    description: 'GPUs that a Ray job reserves',
    placeholder: 'N',
  }),
  rayMemory: option(z.union([z.literal('auto').transform(() => null), byteCount]).prefault('auto'), {
    group: 'Cluster',
    description: 'memory that a Ray job reserves; auto is none',
    placeholder: 'auto|BYTES',
  }),
  rayRuntimeEnv: option(z.string().min(1).nullable().default(null), {
    group: 'Cluster',
    description: "JSON file with Ray's runtime_env for the jobs, for example the working_dir that holds credence",
    placeholder: 'FILE',
    folder: true,
    words: [],
  }),
  rayEnv: option(z.array(z.string().regex(/^[A-Za-z_]\w*$/)).default([]), {
    group: 'Cluster',
    description: 'variables of this environment that jobs get as well; whoever may see jobs of the cluster sees them',
    placeholder: 'NAME',
  }),
}
