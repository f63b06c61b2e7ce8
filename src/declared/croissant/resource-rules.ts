/** What Croissant asks of files and sets of files. */
import { shown } from '../bounds.js'
import { sha256Of, sizeOf } from '../digest-text.js'
import { at, isKeyed, listOf, textAt, textsOf, type Keyed } from '../values.js'
import { idOf, referenceOf, type CroissantDocument, type Problems, type Resource } from './document.js'

export function checkResources(document: CroissantDocument, problems: Problems): void {
  const { resources, top } = document
  const ids = new Set(resources.map(({ id }) => id))
  const isLive = at(top, 'isLiveDataset') === true
  for (const resource of resources) {
    const { type, node } = resource
    const name = shown(idOf(node) || 'a resource without a name')
    if (textAt(node, '@id') === null) problems.add('id', `${name} of distribution has no @id`)
    if (type === 'other') problems.add('type', `${name} is neither cr:FileObject nor cr:FileSet but ${shown(at(node, '@type'))}`)
    else if (type === 'file') checkFile(resource, name, isLive, problems)
    else if (textsOf(at(node, 'includes'), 1).length === 0) problems.add('includes', `the file set ${name} has no includes`)
    if (type !== 'other' && textsOf(at(node, 'encodingFormat'), 1).length === 0) {
      problems.add('encodingFormat', `${name} has no encodingFormat`)
    }
    for (const container of containersOf(node)) {
      if (container === null) problems.add('reference', `containedIn of ${name} names nothing`)
      else if (!ids.has(container)) problems.add('reference', `${name} is contained in ${shown(container)}, which is not there`)
      else if (container === resource.id) problems.add('reference', `${name} is contained in itself`)
    }
  }
}

function checkFile({ node }: Resource, name: string, isLive: boolean, problems: Problems): void {
  const isContained = containersOf(node).length > 0
  if (!isContained && textAt(node, 'contentUrl') === null) problems.add('contentUrl', `the file ${name} has no contentUrl`)
  const { malformed } = sha256Of(at(node, 'sha256'))
  if (malformed !== null) problems.add('sha256', `sha256 of ${name} is no SHA-256: ${shown(malformed)}`)
  if (!isContained && !isLive && at(node, 'sha256') === undefined && at(node, 'md5') === undefined) {
    problems.add('digest', `the file ${name} has neither sha256 nor md5`)
  }
  const size = at(node, 'contentSize')
  if (size !== undefined && sizeOf(size) === null)
    problems.add('contentSize', `contentSize of ${name} is no size: ${shown(size)}`)
}

/** Identifiers of what a resource is contained in; null for what names none. */
export function containersOf(node: Keyed): (string | null)[] {
  return listOf(at(node, 'containedIn')).map((value) => {
    if (!isKeyed(value)) return referenceOf(value)
    return referenceOf(at(value, 'fileObject')) ?? referenceOf(at(value, 'fileSet')) ?? textAt(value, '@id')
  })
}
