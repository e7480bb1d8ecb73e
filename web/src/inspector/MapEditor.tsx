import { withoutKeys } from '@volley/shared/flow/edit.ts'
import { propertiesOf, requiredOf } from '@volley/shared/flow/editParameters.ts'
import type { Edge } from '@volley/shared/flow/flow.ts'
import { fieldAt, schemaType } from '@volley/shared/flow/resultFields.ts'
import { misfit } from '@volley/shared/flow/valueFit.ts'
import { parsePath } from '@volley/shared/lib/path.ts'
import { FlaskConical, X } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useFlow } from '../state/flowStore.ts'
import { goToPlace } from '../state/place.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { sealChange } from './edits.ts'
import { FIELD_DRAG, FieldTree } from './FieldTree.tsx'
import type { KnownResult } from './resultTree.ts'
import { useKnownResult } from './useKnownResult.ts'

type OnMap = (map: Record<string, string>, key?: string) => void

/** What is in hand: a field that waits for its parameter, or a parameter that waits for its field. */
type Hand = { is: 'empty' } | { is: 'field'; path: string } | { is: 'parameter'; name: string }

/**
 * Which parameters of the target take which field of the source's result: pick a field and a parameter in either order, drag one onto
 * the other, or type the path. A parameter that takes nothing is the model's to fill.
 */
export default function MapEditor({ edge, onMap }: { edge: Edge; onMap: OnMap }) {
  const tools = useFlow((flow) => flow.tools)
  const source = tools.find((tool) => tool.name === edge.from)
  const target = tools.find((tool) => tool.name === edge.to)
  const known = useKnownResult(source)
  const [hand, setHand] = useState<Hand>({ is: 'empty' })
  const [said, setSaid] = useState('')
  const map = edge.map ?? {}
  const parameters = target ? propertiesOf(target) : {}
  // A map may name a parameter that is gone: it must be seen to be taken away.
  const names = [...new Set([...Object.keys(parameters), ...Object.keys(map)])]
  if (names.length === 0)
    return <p className="m-0 text-xs text-text-3">{edge.to} has no parameters that a value could fill.</p>

  const put = (name: string, path: string) => {
    onMap({ ...map, [name]: path })
    setHand({ is: 'empty' })
    setSaid(`${name} takes ${path}.`)
  }
  const pickField = (path: string) => {
    if (hand.is === 'parameter') return put(hand.name, path)
    const isDropped = hand.is === 'field' && hand.path === path
    setHand(isDropped ? { is: 'empty' } : { is: 'field', path })
    setSaid(isDropped ? '' : `${path} is picked. Choose the parameter that takes it.`)
  }
  const pickParameter = (name: string) => {
    if (hand.is === 'field') return put(name, hand.path)
    const isDropped = hand.is === 'parameter' && hand.name === name
    setHand(isDropped ? { is: 'empty' } : { is: 'parameter', name })
    setSaid(isDropped ? '' : `${name} is picked. Choose the field that it takes.`)
  }
  const required = new Set(target ? requiredOf(target) : [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape empties the hand, wherever in here the focus is.
    <div
      className="flex flex-col gap-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || hand.is === 'empty') return
        event.stopPropagation()
        setHand({ is: 'empty' })
        setSaid('')
      }}
    >
      <KnownFields
        edge={edge}
        known={known}
        picked={hand.is === 'field' ? hand.path : null}
        onPick={(path) => pickField(path)}
      />
      <ul aria-label={`Parameters of ${edge.to}`} className="m-0 flex list-none flex-col gap-1 p-0">
        {names.map((name) => (
          <MapRow
            key={name}
            name={name}
            schema={parameters[name]}
            isRequired={required.has(name)}
            path={Object.hasOwn(map, name) ? (map[name] ?? '') : null}
            known={known}
            source={edge.from}
            isPicked={hand.is === 'parameter' && hand.name === name}
            inHand={hand.is === 'field' ? hand.path : null}
            onPick={() => pickParameter(name)}
            onPath={(path) => onMap({ ...map, [name]: path }, `map:${name}`)}
            onDropField={(path) => put(name, path)}
            onClear={() => onMap(withoutKeys(map, (key) => key === name))}
          />
        ))}
      </ul>
      <p role="status" className="m-0 text-xs text-running-text empty:hidden">
        {said}
      </p>
    </div>
  )
}

function KnownFields({
  edge,
  known,
  picked,
  onPick,
}: {
  edge: Edge
  known: KnownResult | null
  picked: string | null
  onPick: (path: string) => void
}) {
  if (!known)
    return (
      <div className="flex flex-col items-start gap-1.5 rounded-md border border-dashed border-line-strong p-2 text-xs text-text-2">
        Nothing is known of a result of {edge.from} yet. After a run, or a try, its fields stand here.
        <Button
          size="sm"
          icon={<FlaskConical size={12} aria-hidden />}
          onClick={() => goToPlace({ key: edge.from, tab: 'try', field: 'try' })}
        >
          Try {edge.from}
        </Button>
      </div>
    )
  if (known.tree.fields.length === 0)
    return (
      <p className="m-0 text-xs text-text-2">
        The result of {edge.from} has no fields to take ({known.tree.type}, {known.how}). Without a map the model itself
        may refer to the whole of it.
      </p>
    )
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs text-text-3">
        Result of <b className="font-mono font-semibold text-text-2">{edge.from}</b>, {known.how}
      </span>
      <FieldTree
        label={`Fields of a result of ${edge.from}`}
        fields={known.tree.fields}
        picked={picked}
        onPick={(field) => onPick(field.path)}
      />
    </div>
  )
}

function MapRow({
  name,
  schema,
  isRequired,
  path,
  known,
  source,
  isPicked,
  inHand,
  onPick,
  onPath,
  onDropField,
  onClear,
}: {
  name: string
  schema: unknown
  isRequired: boolean
  path: string | null
  known: KnownResult | null
  source: string
  isPicked: boolean
  inHand: string | null
  onPick: () => void
  onPath: (path: string) => void
  onDropField: (path: string) => void
  onClear: () => void
}) {
  const [isOver, setOver] = useState(false)
  const carries = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(FIELD_DRAG)
  const fault = path === null ? null : rowFault(path, schema, known, source)
  const offered = inHand === null ? null : misfit(fieldType(known, inHand), schema)
  return (
    <li
      data-field={`map.${name}`}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!carries(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!carries(event)) return
        event.preventDefault()
        setOver(false)
        onDropField(event.dataTransfer.getData(FIELD_DRAG))
      }}
      className="rounded-md border border-line bg-surface-1 px-1 py-0.5 data-[over]:border-running"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto] items-center gap-1">
        <button
          type="button"
          aria-pressed={isPicked}
          title={offered ?? undefined}
          onClick={onPick}
          className="flex min-h-6 min-w-0 items-center gap-1.5 rounded-sm px-1 text-left text-xs hover:bg-surface-3 aria-pressed:bg-running/15"
        >
          <span className="min-w-0 truncate font-mono font-semibold">
            {name}
            {isRequired && <span className="text-text-3">*</span>}
          </span>
          {path === null && <span className="shrink-0 font-mono text-2xs text-text-2">{schemaType(schema)}</span>}
          <span className="sr-only">
            {inHand === null ? 'fill from the result' : `take ${inHand}${offered ? `: ${offered}` : ''}`}
          </span>
        </button>
        <span aria-hidden className="text-xs text-text-3">
          ←
        </span>
        {path === null ? (
          <span className={`truncate px-1.5 text-xs ${offered ? 'text-waiting-text' : 'text-text-3'}`}>
            {inHand === null ? (isPicked ? 'choose a field' : 'the model') : offered ? 'does not fit' : `${inHand}?`}
          </span>
        ) : (
          <input
            aria-label={`Value for ${name}`}
            aria-invalid={fault?.isFault || undefined}
            value={path}
            placeholder="path in the result"
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => onPath(target.value)}
            onBlur={sealChange}
            className="h-6 min-w-0 rounded-sm border border-line bg-surface-2 px-1.5 font-mono text-xs text-running-text aria-invalid:border-failed"
          />
        )}
        {path === null ? (
          <span className="size-6" />
        ) : (
          <IconButton size="sm" label={`Let the model fill ${name}`} icon={<X size={12} />} onClick={onClear} />
        )}
      </div>
      {fault && (
        <p className={`m-0 px-1 pb-1 text-2xs ${fault.isFault ? 'text-failed-text' : 'text-waiting-text'}`}>
          {fault.words}
        </p>
      )}
    </li>
  )
}

const fieldType = (known: KnownResult | null, path: string) => (known && fieldAt(known.tree, path)?.type) ?? 'any'

/** What is wrong, or may go wrong, with a path; null where nothing is known against it. */
function rowFault(
  path: string,
  schema: unknown,
  known: KnownResult | null,
  source: string,
): { words: string; isFault: boolean } | null {
  if (schema === undefined) return { words: 'The tool has no such parameter.', isFault: true }
  const parsed = parsePath(path)
  if (!parsed.ok) return { words: `This is no path: ${parsed.error}.`, isFault: true }
  const words = misfit(fieldType(known, path), schema)
  if (words) return { words, isFault: false }
  if (!known || known.tree.fields.length === 0 || fieldAt(known.tree, path)) return null
  // Lists show their first items alone, and what is too deep is not shown.
  const isInside = parsed.value.some((step) => typeof step === 'number' && (step < 0 || step > 2))
  return isInside ? null : { words: `No result of ${source} that is known has this.`, isFault: false }
}
