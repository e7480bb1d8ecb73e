import { Search } from 'lucide-react'
import { useDeferredValue, useId, useMemo, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Switch.tsx'

/** Something that can be picked as a tool. A key of null: it is there, but no tool can be made of it. */
export interface PickItem {
  key: string | null
  /** A word in front: `GET`. */
  kind?: string
  name: string
  note: string
  tags?: readonly string[]
  isOld?: boolean
}

/** Picks all or some of many: found by words, narrowed by a tag, taken one by one or all that are shown. */
export function PickList({
  label,
  items,
  onBack,
  onPick,
}: {
  label: string
  items: readonly PickItem[]
  onBack: () => void
  onPick: (keys: string[]) => void
}) {
  const id = useId()
  const [words, setWords] = useState('')
  const [tag, setTag] = useState<string | null>(null)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const sought = useDeferredValue(words)
  const tags = useMemo(() => countTags(items), [items])
  const shown = useMemo(() => items.filter((item) => isFound(item, sought, tag)), [items, sought, tag])
  const keys = shown.flatMap(({ key }) => (key === null ? [] : [key]))
  const hasAll = keys.length > 0 && keys.every((key) => picked.has(key))
  const toggleAll = () =>
    setPicked((now) => new Set(hasAll ? [...now].filter((key) => !keys.includes(key)) : [...now, ...keys]))
  const toggle = (key: string) =>
    setPicked((now) => new Set(now.has(key) ? [...now].filter((one) => one !== key) : [...now, key]))
  return (
    <div className="flex flex-col gap-3">
      <div className="relative">
        <Search size={14} aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 text-text-3" />
        <input
          type="search"
          data-autofocus
          aria-label={`Find in ${label.toLowerCase()}`}
          placeholder={`Find in ${items.length} ${label.toLowerCase()}`}
          autoComplete="off"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          className="h-[33px] w-full rounded-lg border border-line bg-surface-2 pr-3 pl-8 text-sm placeholder:text-text-3 hover:border-line-strong [&::-webkit-search-cancel-button]:hidden"
        />
      </div>
      {tags.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a set of toggles, not a part of a form.
        <div role="group" aria-label="Tags" className="flex max-h-[58px] flex-wrap gap-1.5 overflow-y-auto">
          {tags.map(([name, count]) => (
            <button
              key={name}
              type="button"
              aria-pressed={tag === name}
              onClick={() => setTag(tag === name ? null : name)}
              className="h-6 rounded-md border border-line bg-surface-2 px-2 text-2xs text-text-2 hover:border-line-strong hover:text-text-1 aria-pressed:border-running/50 aria-pressed:bg-running/15 aria-pressed:text-running-text"
            >
              {name} <span className="font-mono opacity-80">{count}</span>
            </button>
          ))}
        </div>
      )}
      <div className="overflow-hidden rounded-lg border border-line">
        <label
          htmlFor={id}
          className="flex h-8 items-center gap-2.5 border-b border-line bg-surface-2 px-3 text-xs text-text-2"
        >
          <Checkbox
            id={id}
            aria-label={`All ${keys.length} shown`}
            checked={hasAll ? true : keys.some((key) => picked.has(key)) ? 'indeterminate' : false}
            disabled={keys.length === 0}
            onCheckedChange={toggleAll}
          />
          {shown.length === items.length ? `All ${items.length}` : `${shown.length} of ${items.length}`}
          <span className="ml-auto">{picked.size} picked</span>
        </label>
        <ul aria-label={label} className="m-0 max-h-[38vh] list-none overflow-y-auto p-0">
          {shown.map((item, at) => (
            <li
              key={item.key ?? `no tool ${at}`}
              className="border-line [contain-intrinsic-size:auto_46px] [content-visibility:auto] not-last:border-b"
            >
              <Item item={item} isPicked={item.key !== null && picked.has(item.key)} onToggle={toggle} />
            </li>
          ))}
          {shown.length === 0 && <li className="px-3 py-4 text-xs text-text-2">Nothing here is called “{words}”.</li>}
        </ul>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button variant="primary" disabled={picked.size === 0} onClick={() => onPick(inOrder(items, picked))}>
          {picked.size === 0 ? 'Add tools' : `Add ${picked.size} ${picked.size === 1 ? 'tool' : 'tools'}`}
        </Button>
      </div>
    </div>
  )
}

function Item({ item, isPicked, onToggle }: { item: PickItem; isPicked: boolean; onToggle: (key: string) => void }) {
  const { key, kind, name, note, isOld } = item
  const id = useId()
  return (
    <label
      htmlFor={id}
      className={`flex items-start gap-2.5 px-3 py-2 ${key === null ? 'opacity-60' : 'hover:bg-surface-2'}`}
    >
      <Checkbox
        id={id}
        className="mt-px"
        aria-label={key ?? `${kind ?? ''} ${name}`}
        checked={isPicked}
        disabled={key === null}
        onCheckedChange={() => key !== null && onToggle(key)}
      />
      {kind && (
        <span className="w-14 shrink-0 font-mono text-2xs leading-[18px] font-semibold text-text-2">{kind}</span>
      )}
      <span className="min-w-0 flex-1">
        <span className="block font-mono text-xs leading-[18px] break-all text-text-1">{name}</span>
        {(note || key === null) && (
          <span className="block truncate text-xs text-text-2">
            {key === null ? 'No tool can be made of it. ' : ''}
            {note}
          </span>
        )}
      </span>
      {isOld && <span className="text-2xs leading-[18px] text-waiting-text">deprecated</span>}
      {key !== null && key !== name && (
        <span className="max-w-[38%] shrink-0 truncate font-mono text-2xs leading-[18px] text-text-3">{key}</span>
      )}
    </label>
  )
}

function isFound({ key, kind, name, note, tags = [] }: PickItem, words: string, tag: string | null): boolean {
  if (tag !== null && !tags.includes(tag)) return false
  const text = `${kind ?? ''} ${name} ${key ?? ''} ${note} ${tags.join(' ')}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function countTags(items: readonly PickItem[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const { tags = [] } of items) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
}

const inOrder = (items: readonly PickItem[], picked: ReadonlySet<string>): string[] =>
  items.flatMap(({ key }) => (key !== null && picked.has(key) ? [key] : []))
