import { type FoundPlace, findInFlow } from '@volley/shared/flow/find.ts'
import { replaceAll, replaceOne } from '@volley/shared/flow/findAndReplace.ts'
import { CaseSensitive, ChevronDown, ChevronUp, WholeWord, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useFindStore } from '../state/findStore.ts'
import { currentFlow, useFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { showToolTab } from '../state/toolTab.ts'
import { canvasView } from '../state/view.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { excerpt, keyOfPlace, placeWords } from './findPlaces.ts'

/** Finds words anywhere in the flow, goes from place to place, and puts others there. */
export function FindBar() {
  const { words, replacement, isCaseSensitive, isWholeWord, opened, set, close } = useFindStore()
  const flow = useFlow((document) => document)
  const query = useMemo(() => ({ words, isCaseSensitive, isWholeWord }), [words, isCaseSensitive, isWholeWord])
  const places = useMemo(() => findInFlow(flow, query), [flow, query])
  const [at, setAt] = useState(-1)
  const [said, setSaid] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const current = places[Math.min(at, places.length - 1)]

  // biome-ignore lint/correctness/useExhaustiveDependencies: each opening, also of the open bar, puts the keyboard into the field.
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [opened])

  const goTo = (to: number) => {
    const next = (to + places.length) % Math.max(1, places.length)
    const place = places[next]
    if (!place) return
    setAt(next)
    setSaid('')
    show(place)
  }
  const look = (change: Parameters<typeof set>[0]) => {
    set(change)
    setAt(-1)
    setSaid('')
  }
  const replaceHere = () => {
    if (!current) return goTo(0)
    const replaced = replaceOne(currentFlow(), current, replacement)
    if (!replaced.ok) return setSaid(replaced.error)
    useFlowStore.getState().change(`Replace “${words}”`, () => replaced.value)
    // The next place has moved up to this number, unless what was put in holds the words as well.
    const left = findInFlow(replaced.value, query)
    const next = left[Math.min(left.length > places.length - 1 ? at + 1 : at, left.length - 1)]
    setAt(next ? left.indexOf(next) : -1)
    setSaid('')
    if (next) show(next)
  }
  const replaceEverywhere = () => {
    const replaced = replaceAll(currentFlow(), query, replacement)
    if (!replaced.ok) return setSaid(`Nothing was replaced. ${replaced.error}`)
    useFlowStore.getState().change(`Replace all “${words}”`, () => replaced.value.flow)
    setAt(-1)
    setSaid(replaced.value.count === 1 ? '1 place was replaced.' : `${replaced.value.count} places were replaced.`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      leave()
    } else if (event.key === 'Enter' && event.target === field.current && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      goTo(event.shiftKey ? (at < 0 ? -1 : at - 1) : at + 1)
    }
  }
  const leave = () => {
    close()
    const key = current && keyOfPlace(currentFlow(), current)
    if (key) requestAnimationFrame(() => canvasView()?.focus(key))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: React 19's <search> is not known to every reader yet.
    <div
      role="search"
      aria-label="Find and replace"
      onKeyDown={onKeyDown}
      className="pop absolute top-2 right-2 z-10 flex w-[min(430px,calc(100%-16px))] flex-col gap-1.5 rounded-xl border border-line-strong bg-surface-1 p-2 shadow-float"
    >
      <div className="flex items-center gap-1">
        <TextInput
          ref={field}
          aria-label="Find"
          placeholder="Find in the whole flow"
          value={words}
          onChange={({ target }) => look({ words: target.value })}
        />
        <span role="status" className="min-w-16 shrink-0 text-center text-xs text-text-2">
          {words !== '' && countWords(places, current)}
        </span>
        <IconButton
          size="sm"
          label="Match case"
          icon={<CaseSensitive size={15} />}
          pressed={isCaseSensitive}
          onClick={() => look({ isCaseSensitive: !isCaseSensitive })}
        />
        <IconButton
          size="sm"
          label="Whole words"
          icon={<WholeWord size={15} />}
          pressed={isWholeWord}
          onClick={() => look({ isWholeWord: !isWholeWord })}
        />
        <IconButton
          size="sm"
          label="Previous place"
          icon={<ChevronUp size={15} />}
          disabled={places.length === 0}
          onClick={() => goTo(at < 0 ? -1 : at - 1)}
        />
        <IconButton
          size="sm"
          label="Next place"
          icon={<ChevronDown size={15} />}
          disabled={places.length === 0}
          onClick={() => goTo(at + 1)}
        />
        <IconButton size="sm" label="Close find" icon={<X size={15} />} onClick={leave} />
      </div>
      <div className="flex items-center gap-1">
        <TextInput
          aria-label="Replace with"
          placeholder="Replace with"
          value={replacement}
          onChange={({ target }) => look({ replacement: target.value })}
        />
        <Button size="sm" disabled={places.length === 0} onClick={replaceHere}>
          Replace
        </Button>
        <Button size="sm" disabled={places.length === 0} onClick={replaceEverywhere}>
          Replace all
        </Button>
      </div>
      {said !== '' ? (
        <p role="alert" className="m-0 px-1 text-xs text-text-2">
          {said}
        </p>
      ) : (
        current && <Where place={current} />
      )}
    </div>
  )
}

/** Where one is: what kind of text it is, and the words among their neighbours. */
function Where({ place }: { place: FoundPlace }) {
  const where = useFlow((flow) => placeWords(flow, place))
  const { before, found, after } = excerpt(place)
  return (
    <p className="m-0 flex min-w-0 items-baseline gap-2 px-1 text-xs text-text-2">
      <span className="max-w-[50%] shrink-0 truncate">{where}</span>
      <span className="min-w-0 truncate font-mono text-2xs text-text-3">
        {before}
        <mark className="rounded-sm bg-focus/25 text-text-1">{found}</mark>
        {after}
      </span>
    </p>
  )
}

function countWords(places: readonly FoundPlace[], current: FoundPlace | undefined): string {
  if (places.length === 0) return 'nowhere'
  if (!current) return places.length === 1 ? '1 place' : `${places.length} places`
  return `${places.indexOf(current) + 1} of ${places.length}`
}

function show(place: FoundPlace) {
  const key = keyOfPlace(currentFlow(), place)
  if (key === null) return
  useSessionStore.getState().select([key])
  if (place.owner.is === 'tool') showToolTab(key, place.kind === 'url' || place.kind === 'code' ? 'run' : 'definition')
  canvasView()?.reveal(key)
}
