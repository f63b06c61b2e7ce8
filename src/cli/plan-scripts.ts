/** Scripts that run the tasks of a planned scan. Pure: what stands in them comes from the plan and the command line. */
import { stringify } from 'yaml'

export interface ScriptSetting {
  /** Of the scan's folder. */
  readonly address: string
  readonly trips: number
  readonly parts: number
  /** What starts credence on a machine; goes to the shell as it is. */
  readonly command: string
  readonly image: string
  /** Absolute folder of the scripts and the key. */
  readonly to: string
}

/** File with the scan's key, beside the scripts. */
export const KEY_FILE = 'state-key'

/** @returns names and texts */
export function scriptsFor(kind: string, setting: ScriptSetting): readonly (readonly [name: string, text: string])[] {
  if (kind === 'slurm') return slurm(setting)
  return kind === 'kubernetes' ? kubernetes(setting) : []
}

/** As one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function slurm({ address, trips, parts, command, to }: ScriptSetting): [string, string][] {
  const [folder, key] = [quoted(address), quoted(`${to}/${KEY_FILE}`)]
  const run = `#!/bin/sh
# Submits all trips at once: each waits for the one before. Trips that are not needed find nothing to do.
set -eu
cd ${quoted(to)}
after=
trip=0
while [ "$trip" -lt ${trips} ]; do
    # A trip that cannot be gone on with takes the later ones with it.
    map=$(sbatch --parsable --kill-on-invalid-dep=yes $after map.sbatch "$trip")
    reduce=$(sbatch --parsable --kill-on-invalid-dep=yes --dependency="afterany:\${map%%;*}" reduce.sbatch "$@")
    after="--dependency=afterok:\${reduce%%;*}"
    trip=$((trip + 1))
done
echo "submitted; the report is in the output of the last reduce job that ran"
`
  const map = `#!/bin/sh
#SBATCH --job-name=credence-map
#SBATCH --array=0-${parts - 1}
#SBATCH --cpus-per-task=1
#SBATCH --mem=6G
#SBATCH --requeue
CREDENCE_STATE_KEY=$(cat ${key})
export CREDENCE_STATE_KEY
exec ${command} map ${folder} --trip "$1" --part "$SLURM_ARRAY_TASK_ID" --jobs "\${SLURM_CPUS_PER_TASK:-1}"
`
  const reduce = `#!/bin/sh
#SBATCH --job-name=credence-reduce
#SBATCH --cpus-per-task=4
#SBATCH --mem=16G
CREDENCE_STATE_KEY=$(cat ${key})
export CREDENCE_STATE_KEY
exec ${command} reduce ${folder} --jobs "\${SLURM_CPUS_PER_TASK:-1}" "$@"
`
  return [
    ['run.sh', run],
    ['map.sbatch', map],
    ['reduce.sbatch', reduce],
  ]
}

/** Stands for the number of the trip in the manifest. */
const TRIP = '@TRIP@'

function kubernetes({ address, trips, parts, command, image, to }: ScriptSetting): [string, string][] {
  const name = `${address.split('/').at(-1) ?? 'credence'}-trip-${TRIP}`
  const task = `exec ${command} map ${quoted(address)} --trip ${TRIP} --part "$JOB_COMPLETION_INDEX" --jobs 1`
  const manifest = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      completionMode: 'Indexed',
      completions: parts,
      parallelism: parts,
      // Of each part, so that one that fails again and again does not end the others.
      backoffLimitPerIndex: 3,
      maxFailedIndexes: parts,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'map',
              image,
              command: ['/bin/sh', '-c', task],
              // One secret with CREDENCE_STATE_KEY and, where the storage is an object store, AWS_*.
              envFrom: [{ secretRef: { name: 'credence' } }],
              resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { memory: '6Gi' } },
            },
          ],
        },
      },
    },
  }
  const run = `#!/bin/sh
# Trip by trip: the cluster reads, this machine merges and, in the end, has the report.
# Before: kubectl create secret generic credence --from-literal=CREDENCE_STATE_KEY="$(cat ${KEY_FILE})" [--from-literal=AWS_…]
set -eu
cd ${quoted(to)}
CREDENCE_STATE_KEY=$(cat ${KEY_FILE})
export CREDENCE_STATE_KEY
trip=0
while [ "$trip" -lt ${trips} ]; do
    sed "s/${TRIP}/$trip/g" map.yaml | kubectl apply -f -
    job=${quoted(name.replace(TRIP, ''))}$trip
    until kubectl get job "$job" -o jsonpath='{.status.conditions[?(@.status=="True")].type}' | grep -Eq 'Complete|Failed'; do
        sleep 5
    done
    ${command} reduce ${quoted(address)} "$@" || exit $?
    kubectl delete job "$job"
    trip=$((trip + 1))
done
`
  return [
    ['run.sh', run],
    ['map.yaml', stringify(manifest)],
  ]
}
