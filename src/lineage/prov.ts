/** A chain as PROV-JSON (W3C member submission, 2013): what other programs read lineage in. */
import type { Activity, Entity } from './chain.js'

type Section = Record<string, Record<string, unknown>>

export interface ProvDocument {
  readonly prefix: Readonly<Record<string, string>>
  readonly entity: Section
  readonly activity: Section
  readonly agent: Section
  readonly wasGeneratedBy: Section
  readonly used: Section
  readonly wasDerivedFrom: Section
  readonly wasAssociatedWith: Section
}

const section = (): Section => Object.create(null) as Section

/** Entities are named by their roots, activities by the digests of their records: the same thing has one name. */
export function provDocument(start: Entity): ProvDocument {
  const document: ProvDocument = {
    prefix: { credence: 'urn:credence:', sha256: 'urn:sha256:' },
    entity: section(),
    activity: section(),
    agent: section(),
    wasGeneratedBy: section(),
    used: section(),
    wasDerivedFrom: section(),
    wasAssociatedWith: section(),
  }
  addEntity(document, start)
  return document
}

function addEntity(document: ProvDocument, { name, root, files, bytes, activities }: Entity): string {
  const id = `sha256:${root}`
  document.entity[id] = { 'prov:label': name, 'credence:files': files, 'credence:bytes': bytes }
  for (const activity of activities) addActivity(document, id, activity)
  return id
}

function addActivity(document: ProvDocument, made: string, activity: Activity): void {
  const { operation, startedAtTime, endedAtTime, parameters, parametersSha256, sha256, version, wasDerivedFrom } = activity
  const id = `credence:${operation}-${sha256}`
  const agent = `credence:tool-${version.replace(/[^\w.-]/g, '_')}`
  document.activity[id] = {
    'prov:type': `credence:${operation}`,
    'prov:startTime': startedAtTime,
    'prov:endTime': endedAtTime,
    'credence:parameters': JSON.stringify(parameters),
    'credence:parametersSha256': parametersSha256,
  }
  document.agent[agent] = { 'prov:type': 'prov:SoftwareAgent', 'credence:version': version }
  const add = (part: Section, value: Record<string, unknown>): void => {
    part[`_:r${Object.keys(part).length}`] = value
  }
  document.wasGeneratedBy[`_:g-${sha256}`] = { 'prov:entity': made, 'prov:activity': id, 'prov:time': endedAtTime }
  document.wasAssociatedWith[`_:a-${sha256}`] = { 'prov:activity': id, 'prov:agent': agent }
  for (const source of wasDerivedFrom) {
    const from = addEntity(document, source)
    add(document.used, { 'prov:activity': id, 'prov:entity': from })
    add(document.wasDerivedFrom, { 'prov:generatedEntity': made, 'prov:usedEntity': from, 'prov:activity': id })
  }
}
