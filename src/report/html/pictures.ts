import type { Report } from '../../model/report.js'
import { html, type Html } from '../html-text.js'
import { FIT_TITLE, fitFigure } from './fit.js'
import { MAP_TITLE, mapFigure } from './map.js'
import { placesFigure } from './places.js'
import { absent } from './plot.js'
import { SOURCES_TITLE, sourcesFigure } from './sources.js'
import { strengthFigure } from './strength.js'

const NOT_SURVEYED = { missing: 'the scan kept nothing to draw it from' }

/** Pictures of the data and of what was found; one that cannot be drawn says why in its place. */
export function picturesSection(report: Report): Html {
  const { findings, pictures } = report
  const { map = NOT_SURVEYED, classes = NOT_SURVEYED, words = NOT_SURVEYED, sources = NOT_SURVEYED } = pictures ?? {}
  return html`<section aria-labelledby="pictures">
    <h2 id="pictures">Pictures</h2>
    <div class="pictures">
      ${'missing' in map ? absent('map', MAP_TITLE, map.missing) : mapFigure(map, findings)} ${strengthFigure(words, findings)}
      ${'missing' in classes ? absent('fit', FIT_TITLE, classes.missing) : fitFigure(classes)} ${placesFigure(report)}
      ${'missing' in sources ? absent('sources', SOURCES_TITLE, sources.missing) : sourcesFigure(sources)}
    </div>
  </section>`
}
