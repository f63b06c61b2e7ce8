import type { Job } from './messages.js'
import { loadPlugins } from '../plugins.js'
import type { ScannerDefinition } from '../scanner.js'
import { surveys } from '../survey/index.js'

/** The scanners of a job: functions do not cross processes, so each loads them by the modules' addresses. */
export async function definitionsOf({
  registry,
  plugins,
  scanners,
}: Pick<Job, 'registry' | 'plugins' | 'scanners'>): Promise<ScannerDefinition[]> {
  const own = (await import(registry)) as { scanners: readonly ScannerDefinition[] }
  const all = [...own.scanners, ...(await loadPlugins(plugins, [])), ...surveys]
  return all.filter(({ id }) => scanners.includes(id))
}
