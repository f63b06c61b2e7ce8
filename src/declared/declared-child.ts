/** Entry point of the child process that reads metadata. */
import { answerRequests } from '../engine/answering.js'
import type { MetadataFile } from './find.js'
import { readMetadata } from './read.js'

answerRequests(async (file: MetadataFile): Promise<unknown> => readMetadata(file))
