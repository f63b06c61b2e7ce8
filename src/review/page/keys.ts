/** From keys to what they mean. */

export interface KeyActions {
  readonly move: (by: 1 | -1) => void
  readonly moveFinding: (by: 1 | -1) => void
  readonly decide: (digit: 0 | 1 | 2) => void
  readonly decideFinding: (digit: 0 | 1 | 2) => void
  readonly undo: () => void
  readonly focusNote: () => void
  readonly findTrigger: () => void
  readonly focusFilter: () => void
  readonly help: () => void
  readonly leaveField: (field: HTMLElement) => void
}

const DIGITS: Readonly<Record<string, 0 | 1 | 2>> = { Digit1: 0, Digit2: 1, Digit3: 2, Numpad1: 0, Numpad2: 1, Numpad3: 2 }

/** @param isOn whether single keys are to act at all: some people's tools type for them */
export function listenToKeys(actions: KeyActions, isOn: () => boolean): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event
    if (target instanceof HTMLInputElement && target.type !== 'checkbox') {
      if (event.key === 'Escape') actions.leaveField(target)
      return
    }
    if (event.ctrlKey || event.altKey || event.metaKey || !isOn() || document.querySelector('dialog[open]') !== null) return
    const action = actionOf(event, actions)
    if (action === null) return
    event.preventDefault()
    action()
  })
}

function actionOf({ key, code, shiftKey }: KeyboardEvent, actions: KeyActions): (() => void) | null {
  // By place, not by sign: with Shift a digit is another sign on each keyboard.
  const digit = DIGITS[code]
  if (digit !== undefined) {
    return () => {
      if (shiftKey) actions.decideFinding(digit)
      else actions.decide(digit)
    }
  }
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return () => {
        actions.move(1)
      }
    case 'k':
    case 'ArrowUp':
      return () => {
        actions.move(-1)
      }
    case 'n':
      return () => {
        actions.moveFinding(1)
      }
    case 'p':
      return () => {
        actions.moveFinding(-1)
      }
    case 'u':
      return actions.undo
    case 'm':
      return actions.focusNote
    case 't':
      return actions.findTrigger
    case '/':
      return actions.focusFilter
    case '?':
      return actions.help
    default:
      return null
  }
}
