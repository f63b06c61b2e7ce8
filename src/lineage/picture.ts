/** A chain as a picture: what was made at the top, what it comes from below; shapes and colours of the PROV notation. */
import { scaleLinear, scalePoint } from 'd3-scale'
import { linkVertical } from 'd3-shape'
import type { Activity, Entity } from './chain.js'
import { html, names, path, type Html } from '../report/html-text.js'
import { amount, bytes } from '../report/summary.js'

const WIDTH = 230
const HEIGHT = 62
const GAP = { across: 26, down: 46 } as const
const MARGIN = 16
const LONGEST = 32
const SHORT = 12

interface Box {
  readonly kind: 'entity' | 'activity'
  readonly lines: readonly [string, string, string]
  readonly state: 'sound' | 'open' | 'broken'
  /** Of leaves, in units of a box: half ones lie between two. */
  readonly place: number
  readonly depth: number
  readonly below: readonly Box[]
}

export function lineagePicture(start: Entity): string {
  const leaves = { count: 0 }
  const top = entityBox(start, 0, leaves)
  const boxes = allOf(top)
  const [wide, deep] = [Math.max(1, leaves.count), Math.max(...boxes.map(({ depth }) => depth)) + 1]
  const width = wide * (WIDTH + GAP.across) - GAP.across + 2 * MARGIN
  const height = deep * (HEIGHT + GAP.down) - GAP.down + 2 * MARGIN
  const x = scaleLinear([0, Math.max(1, wide - 1)], [MARGIN, MARGIN + Math.max(1, wide - 1) * (WIDTH + GAP.across)])
  const rows = scalePoint(
    Array.from({ length: deep }, (_, i) => i),
    [MARGIN, height - MARGIN - HEIGHT],
  )
  const at = ({ place, depth }: Box): [number, number] => [unit(x(place)), unit(rows(depth) ?? MARGIN)]
  const link = linkVertical<unknown, [number, number]>().digits(1)
  const lines = boxes.flatMap((box) =>
    box.below.map((under) => {
      const [[fromX, fromY], [toX, toY]] = [at(box), at(under)]
      const curve = link({ source: [fromX + WIDTH / 2, fromY + HEIGHT], target: [toX + WIDTH / 2, toY - 7] }) ?? ''
      return html`<path class="link" d="${path(curve)}" /><path class="tip" d="${path(`M${toX + WIDTH / 2} ${toY}l-4-8h8z`)}" />`
    }),
  )
  const picture = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${unit(width)} ${unit(height)}"
    width="${unit(width)}"
    height="${unit(height)}"
    role="img"
  >
    <title>What ${start.name} was made from</title>
    <style>
      text {
        font:
          12px system-ui,
          sans-serif;
        fill: #1b1b1b;
      }
      .head {
        font-weight: 600;
      }
      .entity {
        fill: #fffce0;
        stroke: #8a8000;
      }
      .activity {
        fill: #e0e6ff;
        stroke: #3b4aa8;
      }
      .open {
        stroke-dasharray: 5 3;
      }
      .broken {
        stroke: #b00020;
        stroke-width: 3;
      }
      .link {
        fill: none;
        stroke: #555555;
      }
      .tip {
        fill: #555555;
      }
    </style>
    ${lines}${boxes.map((box) => boxShape(box, at(box)))}
  </svg>`
  return `${String(picture)}\n`
}

function boxShape({ kind, lines, state }: Box, [x, y]: [number, number]): Html {
  return html`<rect
      class="${names(kind, state)}"
      x="${x}"
      y="${y}"
      width="${WIDTH}"
      height="${HEIGHT}"
      rx="${kind === 'entity' ? 28 : 3}"
    />
    ${lines.map((line, i) => html`<text class="${names(i === 0 ? 'head' : 'line')}" x="${x + 18}" y="${y + 20 + i * 17}">${line}</text>`)}`
}

function entityBox(entity: Entity, depth: number, leaves: { count: number }): Box {
  const { name, files, bytes: size, root, state, broken, open, activities } = entity
  const below = activities.map((activity) => activityBox(activity, depth + 1, leaves))
  const how = broken.length > 0 ? 'broken' : open.length > 0 ? 'open' : 'sound'
  const words =
    how === 'broken' ? `BROKEN: ${state === 'same' ? 'contradicted' : state}` : state === 'same' ? 'as recorded' : state
  const lines = [ending(name), `${amount(files, 'file')}, ${bytes(size)}, ${words}`, `root ${root.slice(0, SHORT)}`] as const
  return { kind: 'entity', lines, state: how, place: placeOf(below, leaves), depth, below }
}

function activityBox(
  { operation, version, endedAtTime, parametersSha256, wasDerivedFrom }: Activity,
  depth: number,
  leaves: { count: number },
): Box {
  const below = wasDerivedFrom.map((entity) => entityBox(entity, depth + 1, leaves))
  const lines = [
    `credence ${operation}`,
    `${ending(version)}, ${endedAtTime}`,
    `parameters ${parametersSha256.slice(0, SHORT)}`,
  ] as const
  return { kind: 'activity', lines, state: 'sound', place: placeOf(below, leaves), depth, below }
}

/** Over the middle of what is below it; a leaf has a place of its own. */
function placeOf(below: readonly Box[], leaves: { count: number }): number {
  if (below.length === 0) return leaves.count++
  return (below[0]!.place + below.at(-1)!.place) / 2
}

function allOf(box: Box): Box[] {
  return [box, ...box.below.flatMap(allOf)]
}

/** Names differ at their ends. */
function ending(name: string): string {
  return name.length > LONGEST ? `…${name.slice(1 - LONGEST)}` : name
}

function unit(value: number): number {
  return Math.round(value * 10) / 10
}
