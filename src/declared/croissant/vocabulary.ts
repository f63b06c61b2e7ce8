/** Terms of vocabularies that Croissant documents use beside its own. */

/** Croissant RAI 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html), in both spellings where tools differ. */
const RAI: ReadonlySet<string> = new Set(
  (
    'dataCollection dataCollectionType dataCollectionMissingData dataCollectionRawData dataCollectionTimeframe ' +
    'dataCollectionTimeFrame dataImputationProtocol dataManipulationProtocol dataDataManipulationProtocol ' +
    'dataPreprocessingProtocol dataAnnotationProtocol dataAnnotationPlatform dataAnnotationAnalysis annotationsPerItem ' +
    'annotatorDemographics machineAnnotationTools dataReleaseMaintenancePlan personalSensitiveInformation dataSocialImpact ' +
    'dataBiases dataLimitations dataUseCases hasSyntheticData'
  )
    .split(' ')
    .map((term) => `rai:${term}`),
)

export function isRaiTerm(key: string): boolean {
  return RAI.has(key)
}

/** Terms of PROV-O (https://www.w3.org/TR/prov-o/) that say where a data set is from. */
export const PROV_ORIGINS = ['prov:wasDerivedFrom', 'prov:hadPrimarySource', 'prov:wasQuotedFrom', 'prov:wasRevisionOf']
