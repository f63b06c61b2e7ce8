/** The `@context` that the specification of Croissant 1.0 recommends (appendix 1), without which readers warn. */
const CROISSANT = [
  'citeAs column extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5 parentField path',
  'recordSet references regex repeated replace separator source subField transform',
]
  .join(' ')
  .split(' ')

export const CONTEXT: Readonly<Record<string, unknown>> = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  ...Object.fromEntries(CROISSANT.map((term) => [term, `cr:${term}`])),
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  rai: 'http://mlcommons.org/croissant/RAI/',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
}

export const CONFORMS_TO = 'http://mlcommons.org/croissant/1.0'
